"""What comes in, counted by the ticker in spans of five minutes, and what is usual, kept by SQL."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

import orjson
from psycopg import AsyncConnection

from connectors.timescale.queries import load
from streams.arrivals import BUCKET, COMPLAINTS, HOUR, Arrivals, Usual, flows, hour_of_week, is_special
from streams.catalogue import Catalogue
from streams.days import civil_day, moment

QUERIES = load("arrivals.sql")

DAY = 24 * HOUR


class Mark(NamedTuple):
    """The totals of the day at the end of a span, of the streams that were known to be stored up to it."""

    at: int
    totals: dict[str, int]


class Counting:
    """Counts at the end of every span, and keeps what was counted of the last day."""

    def __init__(self) -> None:
        self._mark: Mark | None = None
        self._counts: dict[str, dict[int, int]] | None = None
        self._usual: dict[str, dict[int, Usual]] = {}
        self._spots: dict[tuple[str, str], float] = {}
        self._hour: int | None = None

    @property
    def usual_sightings(self) -> dict[tuple[str, str], float]:
        """Reports an hour at this hour of the day, by category and place."""
        return self._spots

    async def look(
        self, connection: AsyncConnection, catalogue: Catalogue, fresh: Collection[str], now: int
    ) -> Arrivals:
        """Count what has come by now, if a span has just ended; `fresh` are the streams that are stored up to now."""
        end = now // BUCKET * BUCKET
        if self._counts is None:
            self._counts = await self._read(connection, now)
        if self._mark is None or self._mark.at != end:
            await self._count(connection, catalogue, fresh, end)
        if self._hour != now // HOUR:
            await self._begin_hour(connection, now)
        return Arrivals(end, self._counts, self._usual)

    async def _count(self, connection: AsyncConnection, catalogue: Catalogue, fresh: Collection[str], end: int) -> None:
        """The difference to the totals at the beginning of the span; without those the span is not counted."""
        known = {flow: systems for flow, systems in flows(catalogue).items() if _stream(flow) in fresh}
        before, begin = self._mark, end - BUCKET
        first, last = civil_day(moment(begin)), civil_day(moment(end))
        totals = await self._totals(connection, end)
        self._mark = Mark(end, {flow: totals.get(flow, 0) for flow in known})
        if before is None or before.at != begin:
            return
        until = totals if first == last else await self._totals(connection, begin)
        counts = [
            {"flow": flow, "n": max(until.get(flow, 0) - before.totals[flow], 0), "systems": list(known[flow])}
            for flow in sorted(known.keys() & before.totals.keys())
        ]
        content = {
            "at": moment(begin), "special": is_special(catalogue, begin), "counts": orjson.dumps(counts).decode()
        }  # fmt: skip
        await connection.execute(QUERIES["keep"], content)
        for one in counts:
            spans = self._counts.setdefault(str(one["flow"]), {}) if self._counts is not None else {}
            spans[begin] = int(str(one["n"]))
            for old in [at for at in spans if at < end - DAY]:
                del spans[old]

    async def _begin_hour(self, connection: AsyncConnection, now: int) -> None:
        hour = now // HOUR * HOUR - HOUR
        ended = {"hour": moment(hour), "hour_of_week": hour_of_week(hour)}
        await connection.execute(QUERIES["keep_usual"], ended)
        await connection.execute(QUERIES["forget"], [moment(hour)])
        usual: dict[str, dict[int, Usual]] = defaultdict(dict)
        cursor = await connection.execute(QUERIES["usual"])
        for flow, slot, *rest in await cursor.fetchall():
            usual[flow][slot] = Usual(*rest)
        cursor = await connection.execute(QUERIES["sightings"], {"now": moment(now)})
        self._spots = {(category, place): n for category, place, n in await cursor.fetchall()}
        self._usual, self._hour = dict(usual), now // HOUR

    async def _totals(self, connection: AsyncConnection, at: int) -> dict[str, int]:
        cursor = await connection.execute(QUERIES["totals"], {"day": civil_day(moment(at))})
        return dict(await cursor.fetchall())

    async def _read(self, connection: AsyncConnection, now: int) -> dict[str, dict[int, int]]:
        found: dict[str, dict[int, int]] = defaultdict(dict)
        cursor = await connection.execute(QUERIES["counts"], [moment(now - DAY)])
        for flow, at, n in await cursor.fetchall():
            found[flow][at] = n
        return dict(found)


def _stream(flow: str) -> str:
    return "reports" if flow.startswith(COMPLAINTS) else flow.partition(":")[0]
