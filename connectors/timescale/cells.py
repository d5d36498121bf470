"""Writing counters: differences expanded to the rows of every axis and grain, added in sorted order."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from struct import Struct

from psycopg import AsyncCursor

from connectors.timescale.binary import bigints, civil_date, copy_binary, integer
from connectors.timescale.copying import array, copy_rows, escaped, stamp
from connectors.timescale.numbers import Numbers, numbers
from connectors.timescale.queries import load
from streams.contracts import Stream
from streams.flows import Ahead, Contribution, to_come
from streams.lanes import unpacked
from streams.rollup import NO_COHORT, Group, Leaf, Span, axes, leaves, spans, unplaced

QUERIES = load("cells.sql")


async def add(
    cursor: AsyncCursor, stream: Stream, added: Collection[Contribution], taken: Collection[Contribution] = ()
) -> None:
    """Add what subjects contribute, and take back what they did. Rows are locked in the order of their keys, so no two
    transactions wait in a circle; they stay locked until the end of the transaction, so this comes last
    (docs/decisions/0005-cells.md)."""
    changed = await _leaves(cursor, stream, added, taken)
    found = list(spans(stream.name, changed))
    of = await _numbers(cursor, stream, changed, found)
    await copy_binary(cursor, QUERIES["copy_cells"], _cells(axes(stream.name), found, of))
    await copy_rows(cursor, QUERIES["copy_ahead"], _ahead(to_come(added, taken)))
    await cursor.execute(QUERIES["add_cells"])
    await cursor.execute(QUERIES["add_ahead"])


async def _leaves(
    cursor: AsyncCursor, stream: Stream, added: Collection[Contribution], taken: Collection[Contribution]
) -> dict[Leaf, int]:
    """Changes by their lanes; measures without one are given theirs, by one transaction at a time."""
    lanes = await _known(cursor)
    try:
        return leaves(stream.name, added, taken, lanes)
    except KeyError:
        missing = unplaced((*added, *taken), lanes)
        await cursor.execute(QUERIES["lock_measures"])
        await cursor.execute(QUERIES["place_measures"], [missing])
        return leaves(stream.name, added, taken, await _known(cursor))


async def _known(cursor: AsyncCursor) -> dict[str, int]:
    await cursor.execute(QUERIES["lanes"])
    return dict(await cursor.fetchall())


Found = tuple[Span, Mapping[Group, int]]


async def _numbers(cursor: AsyncCursor, stream: Stream, changed: Iterable[Leaf], found: Iterable[Found]) -> Numbers:
    kept = {(vector, grain) for (vector, grain, _, _), _ in found}
    series = ((vector, axis, grain) for vector, grain in kept for axis in axes(stream.name))
    places = {place for _, place, _, _ in changed}
    return await numbers(cursor, series, ("", *chain.from_iterable(places)))


def _cells(on: Iterable[str], found: Iterable[Found], of: Numbers) -> Iterator[bytes]:
    """COPY rows: the columns of a span on an axis, those of a group, the counters. The same come again and again."""

    @cache
    def named(group: Group) -> bytes:
        return integer(of.codes[group.within]) + integer(of.codes[group.who])

    for (vector, grain, cohort, day), counts in found:
        dated = civil_date(cohort) + civil_date(day)
        spanned = {axis: _COLUMNS + integer(of.series[vector, axis, grain]) + dated for axis in on}
        for group, n in counts.items():
            if n:
                yield spanned[group.axis]
                yield named(group)
                yield _counters(n)


_COLUMNS = Struct(">h").pack(6)


@lru_cache(maxsize=16_384)
def _counters(packed: int) -> bytes:
    return bigints(unpacked(packed))


def _ahead(found: Mapping[Ahead, int]) -> Iterator[str]:
    for (measure, place, cohort, moment), n in found.items():
        if n:
            yield f"{measure}\t{escaped(array(place))}\t{cohort or NO_COHORT}\t{stamp(moment)}\t{n}\n"
