"""Writing counters: differences expanded to the rows of every axis and grain, added in sorted order."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from struct import Struct

from psycopg import AsyncCursor

from connectors.timescale.binary import bigints, civil_date, copy_binary, text
from connectors.timescale.copying import array, copy_rows, escaped, stamp
from connectors.timescale.queries import load
from streams.contracts import Stream
from streams.flows import Ahead, Cell
from streams.lanes import unpacked
from streams.rollup import NO_COHORT, Group, Span, leaves, spans, unplaced

QUERIES = load("cells.sql")


async def add(cursor: AsyncCursor, stream: Stream, cells: Mapping[Cell, int], ahead: Mapping[Ahead, int]) -> None:
    """Add differences. Rows are locked in the order of their keys, so no two transactions wait in a circle; they stay
    locked until the end of the transaction, so this comes last (docs/decisions/0005-cells.md)."""
    if not cells and not ahead:
        return
    lanes = await _lanes(cursor, cells)
    await copy_binary(cursor, QUERIES["copy_cells"], _cells(spans(stream.name, leaves(cells, lanes))))
    await copy_rows(cursor, QUERIES["copy_ahead"], _ahead(ahead))
    await cursor.execute(QUERIES["add_cells"])
    await cursor.execute(QUERIES["add_ahead"])


async def _lanes(cursor: AsyncCursor, cells: Iterable[Cell]) -> dict[str, int]:
    """The lane of every measure; new ones are given one, by one transaction at a time."""
    lanes = await _known(cursor)
    missing = unplaced((cell.measure for cell in cells), lanes)
    if missing:
        await cursor.execute(QUERIES["lock_measures"])
        await cursor.execute(QUERIES["place_measures"], [missing])
        lanes = await _known(cursor)
    return lanes


async def _known(cursor: AsyncCursor) -> dict[str, int]:
    await cursor.execute(QUERIES["lanes"])
    return dict(await cursor.fetchall())


def _cells(found: Iterable[tuple[Span, Mapping[Group, int]]]) -> Iterator[bytes]:
    """COPY rows: the columns of a span, those of a group, the counters. The same come again and again."""
    for (vector, grain, cohort, day), counts in found:
        span = b"".join((_COLUMNS, text(vector), text(grain), civil_date(cohort), civil_date(day)))
        for group, n in counts.items():
            if n:
                yield span + _group(group) + _counters(n)


_COLUMNS = Struct(">h").pack(8)


@lru_cache(maxsize=16_384)
def _group(group: Group) -> bytes:
    axis, within, who = group
    return text(axis) + text(within) + text(who)


@lru_cache(maxsize=16_384)
def _counters(packed: int) -> bytes:
    return bigints(unpacked(packed))


def _ahead(found: Mapping[Ahead, int]) -> Iterator[str]:
    for (measure, place, cohort, moment), n in found.items():
        yield f"{measure}\t{escaped(array(place))}\t{cohort or NO_COHORT}\t{stamp(moment)}\t{n}\n"
