"""The outbox: messages are put in by the transaction that decides them, and taken out with leases, once or more."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from connectors.timescale.alert_book import Look
from connectors.timescale.errors import translated
from connectors.timescale.queries import load
from streams.alerts.life_cycle import SECOND, Alert
from streams.alerts.links import LASTS, Grant, token
from streams.alerts.message import Where, message
from streams.alerts.notices import Notice, notice
from streams.alerts.routing import dispatches, plan
from streams.days import moment
from streams.scene import Scene

QUERIES = load("outbox.sql")

LEASE_SECONDS = 20.0
"""Longer than an attempt may take. Who is killed over a message leaves it to others for so long."""

GIVEN_UP, KEPT = timedelta(days=7), timedelta(days=30)
TIDIED_AT_ONCE = 10_000

Row = tuple[str, str, str, str, str, str]


class Addresses(NamedTuple):
    """Where messages lead: `board`, before an alert's id, and `act`, before a one-time link that `secret` signs."""

    board: str | None = None
    act: str | None = None
    secret: bytes = b""


NOWHERE = Addresses()


class Outbox:
    """Puts in what has become due for the channels that are set up."""

    def __init__(self, channels: Collection[str], addresses: Addresses = NOWHERE) -> None:
        self._channels = channels
        self._addresses = addresses
        self._put: frozenset[str] = frozenset()

    async def fill(self, connection: AsyncConnection, scene: Scene, look: Look) -> bool:
        """Messages of alerts that fire, of reminders and escalation, and of what is over, each once: were there any?"""
        if not self._channels:
            return False
        ways = plan(scene.catalogue, self._channels, scene.now)
        due = {dispatch.key: (dispatch, alert) for alert in look.told for dispatch in dispatches(alert, ways)}
        rows = [
            self._row(key, dispatch.channel, alert, Notice.FIRING, scene, dispatch.on_duty)
            for key, (dispatch, alert) in due.items()
            if key not in self._put
        ]
        for before, after in look.changes:
            if before is not None and notice(before, after) is Notice.RESOLVED:
                cursor = await connection.execute(QUERIES["told"], [after.id, _firing(before)])
                for (channel,) in await cursor.fetchall():
                    key = f"{after.id}:{_firing(before)}:resolved:{channel}"
                    rows.append(self._row(key, channel, after, Notice.RESOLVED, scene, None))
        if rows:
            await connection.execute(QUERIES["put"], [list(column) for column in zip(*rows, strict=True)])
        self._put = frozenset(due)
        return bool(rows)

    def _row(self, key: str, channel: str, alert: Alert, said: Notice, scene: Scene, on_duty: str | None) -> Row:
        board = self._addresses.board
        person = next((person for person in scene.catalogue.people if person.id == on_duty), None)
        act = self._act(key, alert, person.name if person else channel, scene.now) if said is Notice.FIRING else None
        where = Where(f"{board}{alert.id}" if board else None, act)
        words = message(alert, said, scene.catalogue, where)
        body = {
            "key": key,
            "notice": said,
            "alert": document(alert),
            "message": {language: said._asdict() for language, said in words.items()},
            "on_duty": {"name": person.name, "phone": person.phone} if person else None,
            "link": where.board,
            "acknowledge": act,
        }
        return key, channel, alert.id, _firing(alert), said.value, orjson.dumps(body).decode()

    def _act(self, key: str, alert: Alert, who: str, now: int) -> str | None:
        """A one-time link that acknowledges."""
        if self._addresses.act is None:
            return None
        grant = Grant(alert.id, alert.episode, "ack", who, key, now // SECOND + LASTS)
        return f"{self._addresses.act}{token(grant, self._addresses.secret)}"


class Letter(NamedTuple):
    """A message to one channel, taken by one sender for LEASE_SECONDS; `attempts` with this one."""

    key: str
    body: dict[str, Any]
    attempts: int
    created_at: datetime


def mail_pool(url: str) -> AsyncConnectionPool:
    """Connections of senders; none while there is nothing to send with."""
    return AsyncConnectionPool(
        url,
        min_size=0,
        max_size=4,
        open=False,
        check=AsyncConnectionPool.check_connection,
        timeout=5.0,
        kwargs={"application_name": "nhip senders", "autocommit": True},
    )


class Mail:
    """The outbox as senders see it. Everything raises Transient while the database is away."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def lease(self, channel: str, most: int) -> list[Letter]:
        """Messages that are due, the oldest first; nobody else gets them for LEASE_SECONDS."""
        rows = await self._rows("lease", [LEASE_SECONDS, channel, most])
        return sorted((Letter(*row) for row in rows), key=lambda letter: (letter.created_at, letter.key))

    async def delivered(self, keys: list[str]) -> None:
        await self._do("delivered", [keys])

    async def later(self, keys: list[str], seconds: float, fault: str) -> None:
        """Try again after so many seconds."""
        await self._do("later", [seconds, fault, keys])

    async def failed(self, keys: list[str], reason: str) -> None:
        """Give up: trying again would change nothing."""
        await self._do("failed", [reason, keys])

    async def tidy(self) -> int:
        """Give up what nobody took within GIVEN_UP, and delete what was KEPT long enough: how many.

        What was said of an alert that is still open stays, since by it nothing is said twice.
        """
        await self._do("give_up", [GIVEN_UP])
        await self._do("forget_links", [KEPT])
        deleted = 0
        while some := await self._rows("tidy", [KEPT, TIDIED_AT_ONCE]):
            deleted += len(some)
        return deleted

    async def active(self) -> list[tuple[Any, ...]]:
        """What Alertmanager is to show: id, rule, labels, severity, since, fired, resolved, reasons."""
        return await self._rows("active", [])

    async def alive(self) -> bool:
        """Whether the ticker looks, and sees canaries."""
        return bool((await self._rows("alive", []))[0][0])

    async def _rows(self, name: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        with translated():
            async with self._pool.connection() as connection:
                return await (await connection.execute(QUERIES[name], parameters)).fetchall()

    async def _do(self, name: str, parameters: list[Any]) -> None:
        with translated():
            async with self._pool.connection() as connection:
                await connection.execute(QUERIES[name], parameters)


def document(alert: Alert) -> Mapping[str, Any]:
    """An alert as receivers get it."""
    times = {"since": alert.since, "fired_at": alert.fired_at, "resolved_at": alert.resolved_at}
    return {
        "id": alert.id,
        "rule": alert.rule,
        "labels": alert.labels,
        "severity": alert.severity,
        "state": alert.state,
        "reason": alert.reason._asdict(),
        "evidence": alert.evidence,
        "episode": alert.episode,
        "relapses": alert.relapses,
    } | {name: None if time is None else moment(time) for name, time in times.items()}


def _firing(alert: Alert) -> str:
    return f"{alert.episode}.{alert.relapses}"
