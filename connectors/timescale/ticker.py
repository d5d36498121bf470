"""The ticker: one process of any number looks at everything every 500 ms, decides, and writes what has changed.

It is elected by an advisory lock of the connection it works on: whoever loses the connection loses both, at once, and
the next one takes over.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import orjson
from psycopg import AsyncConnection

from connectors.timescale import catalogue
from connectors.timescale.alert_book import AlertBook
from connectors.timescale.arrivals import Counting
from connectors.timescale.errors import translated
from connectors.timescale.looking import Dossiers, House, Partitions, Reports
from connectors.timescale.outbox import Outbox
from connectors.timescale.pings import read_pings
from connectors.timescale.queries import load
from streams.days import microseconds, moment
from streams.freshness import Span
from streams.health.fold import System
from streams.health.now import LastPing
from streams.pipeline import fresh_streams
from streams.scene import Decider, Decision, Scene
from streams.words import Words

log = logging.getLogger(__name__)

QUERIES = load("ticker.sql")

EVERY_SECONDS = 0.5

LOCK = 7_064_112_390_163_221_361
"""Any number, always the same: whoever holds this advisory lock is the ticker."""

Observe = Callable[[Scene, float], None]
"""Told of each tick: what was looked at, and the seconds it took."""


class Ticker:
    """Ticks on one connection for as long as that lasts. What was read or written stays known between ticks."""

    def __init__(
        self,
        connection: AsyncConnection,
        deciders: Sequence[Decider],
        observe: Observe,
        outbox: Outbox,
        ring: Callable[[], None],
    ) -> None:
        """`ring` is called once something has changed that people hear of, and is written."""
        self._connection = connection
        self._deciders = deciders
        self._observe = observe
        self._outbox = outbox
        self._ring = ring
        self._versions: dict[str, int] = {}
        self._systems: dict[str, System] = {}
        self._pings: dict[str, Mapping[str, LastPing]] = {}
        self._alerts = AlertBook()
        self._written: dict[tuple[str, str], Decision] = {}
        self._partitions, self._reports, self._dossiers = Partitions(), Reports(), Dossiers()
        self._counting, self._house = Counting(), House()

    async def run(self, stop: asyncio.Event) -> None:
        """Wait to be elected, then tick, until `stop` is set. Raises Transient when the connection is lost."""
        with translated():
            if not await self._elected(stop):
                return
            log.info("this process is the ticker")
            await self._remember()
            while not stop.is_set():
                began = time.monotonic()
                await self.tick(began)
                await _pause(stop, EVERY_SECONDS - (time.monotonic() - began))

    async def _elected(self, stop: asyncio.Event) -> bool:
        while not stop.is_set():
            cursor = await self._connection.execute(QUERIES["elect"], [LOCK])
            row = await cursor.fetchone()
            await self._connection.commit()
            if row is not None and row[0]:
                return True
            await _pause(stop, EVERY_SECONDS)
        return False

    async def _remember(self) -> None:
        """What the ticker before this one has written last."""
        cursor = await self._connection.execute(QUERIES["decisions"])
        self._written = {(row[0], row[1]): _decision(row) for row in await cursor.fetchall()}
        await self._connection.commit()

    async def tick(self, began: float) -> None:
        """Look, decide, write: one transaction."""
        async with self._connection.transaction():
            scene = await self._look()
            decided = [decision for decider in self._deciders for decision in decider(scene)]
            await self._write({(decision.kind, decision.id): decision for decision in decided}, scene.observed)
            looked = await self._alerts.keep(self._connection, scene, decided)
            filled = await self._outbox.fill(self._connection, scene, looked)
        if filled or looked.changes:
            self._ring()
        self._observe(scene, time.monotonic() - began)

    async def _look(self) -> Scene:
        async with self._connection.cursor() as cursor:
            await cursor.execute(QUERIES["clock"])
            ((now,),) = await cursor.fetchall()
            await cursor.execute(QUERIES["observed"])
            span = await cursor.fetchone()
            await self._catch_up()
            known = await catalogue.current(cursor)
            await self._reports.look(self._connection, known, microseconds(now))
            await self._dossiers.look(self._connection, known, microseconds(now))
            await self._house.look(self._connection, known, microseconds(now))
        cursor = await self._connection.execute(QUERIES["planned"])
        planned: dict[str, int] = dict(await cursor.fetchall())
        partitions = await self._partitions.look(self._connection, microseconds(now))
        fresh = fresh_streams(partitions, microseconds(now))
        arrivals = await self._counting.look(self._connection, known, fresh, microseconds(now))
        return Scene(
            microseconds(now), Span(*span) if span else None, known, self._systems, self._pings, partitions,
            self._reports.unanswered, self._reports.sightings, self._dossiers.unfinished,
            arrivals, self._counting.usual_sightings, planned_until=planned,
            dead_channels=self._house.dead_channels, database_bytes=self._house.database_bytes,
        )  # fmt: skip

    async def _catch_up(self) -> None:
        """Read the systems that have changed since the last look, with the last ping of each of their checks."""
        cursor = await self._connection.execute(QUERIES["versions"])
        versions: dict[str, int] = dict(await cursor.fetchall())
        changed = [subject for subject, version in versions.items() if self._versions.get(subject) != version]
        if changed:
            cursor = await self._connection.execute(QUERIES["folds"], [changed])
            folds = {subject: (version, System.from_json(fold)) for subject, version, fold in await cursor.fetchall()}
            self._systems |= {subject: fold for subject, (_, fold) in folds.items()}
            self._pings |= await read_pings(self._connection, {subject: fold for subject, (_, fold) in folds.items()})
            self._versions |= {subject: version for subject, (version, _) in folds.items()}
        for gone in self._versions.keys() - versions.keys():
            del self._versions[gone], self._systems[gone]
            self._pings.pop(gone, None)

    async def _write(self, decided: dict[tuple[str, str], Decision], observed: Span | None) -> None:
        changed = [decision for key, decision in decided.items() if self._written.get(key) != decision]
        if changed:
            rows = orjson.dumps([_row(decision) for decision in changed]).decode()
            await self._connection.execute(QUERIES["put_decisions"], [rows])
        over = sorted(self._written.keys() - decided.keys())
        if over:
            await self._connection.execute(
                QUERIES["end_decisions"], [list(column) for column in zip(*over, strict=True)]
            )
        await self._connection.execute(QUERIES["keep_tick"], [moment(observed.upper) if observed else None])
        self._written = decided


def _decision(row: Sequence[Any]) -> Decision:
    kind, id, state, since, vi, en, data = row
    return Decision(kind, id, state, since, Words(vi, en), data)


def _row(decision: Decision) -> dict[str, Any]:
    """The columns of `nhip.decision` by name."""
    row = decision._asdict()
    row["reason_vi"], row["reason_en"] = row.pop("reason")
    return row


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), max(seconds, 0))
