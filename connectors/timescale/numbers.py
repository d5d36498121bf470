"""Numbers in the keys of counters, each given to its text when that is first counted, and kept.

Read in the transaction that counts: one that is undone takes the numbers it gave with it, so none is remembered here.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from psycopg import AsyncCursor

from connectors.timescale.queries import load

QUERIES = load("cells.sql")

Series = tuple[str, str, str]
"""A vector, an axis and a grain."""


class Numbers(NamedTuple):
    """What the key of a row says instead of texts."""

    series: Mapping[Series, int]
    codes: Mapping[str, int]


async def numbers(cursor: AsyncCursor, series: Iterable[Series], codes: Iterable[str]) -> Numbers:
    """The numbers of series and codes; new ones are given theirs. Transactions do so in the same order: none of two
    waits for what the other waits with."""
    return Numbers(await _series(cursor, set(series)), await _codes(cursor, set(codes)))


async def _series(cursor: AsyncCursor, wanted: set[Series]) -> dict[Series, int]:
    known = await _known_series(cursor)
    missing = sorted(wanted - known.keys())
    if missing:
        await cursor.execute(QUERIES["place_series"], [list(column) for column in zip(*missing, strict=True)])
        known = await _known_series(cursor)
    return known


async def _known_series(cursor: AsyncCursor) -> dict[Series, int]:
    await cursor.execute(QUERIES["series"])
    return {(vector, axis, grain): number for vector, axis, grain, number in await cursor.fetchall()}


async def _codes(cursor: AsyncCursor, wanted: set[str]) -> dict[str, int]:
    known = await _known_codes(cursor, wanted)
    missing = sorted(wanted - known.keys())
    if missing:
        await cursor.execute(QUERIES["place_codes"], [missing])
        known |= await _known_codes(cursor, set(missing))
    return known


async def _known_codes(cursor: AsyncCursor, wanted: set[str]) -> dict[str, int]:
    await cursor.execute(QUERIES["codes"], [list(wanted)])
    return dict(await cursor.fetchall())
