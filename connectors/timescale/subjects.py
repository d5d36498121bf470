"""Folding reports and dossiers: lock the touched subjects, read their events, write state and differences of cells."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import orjson
from psycopg import AsyncCursor

from connectors.timescale.copying import copy_rows, escaped, stamp
from connectors.timescale.queries import load
from streams.agents import Transient
from streams.catalogue import Catalogue
from streams.contracts import Stream
from streams.contracts.registry import body_of
from streams.decoding import Accepted
from streams.flows import Cell, Cells, cells, difference
from streams.occurrences import Occurrence, Stored
from streams.subjects import LIFE_CYCLES, SubjectState

QUERIES = load("subjects.sql")


async def fold(cursor: AsyncCursor, stream: Stream, shard: int, new: list[Accepted]) -> None:
    """Bring the states and cells of every subject that has new events up to date."""
    events: dict[str, list[Occurrence]] = defaultdict(list)
    for item in new:
        events[item.subject].append(item.content)
    known = await _lock(cursor, stream, sorted(events))
    if known:
        events.update(await _read(cursor, stream, known))
    folded: dict[str, tuple[SubjectState, Cells]] = {}
    changes: Counter[Cell] = Counter()
    for subject, occurrences in events.items():
        state, flows = LIFE_CYCLES[stream].fold(occurrences, Catalogue.default())
        counted = cells(flows)
        folded[subject] = state, counted
        changes.update(difference(counted, known.get(subject, {})))
    await _write(cursor, stream, folded, list(known))
    await add_cells(cursor, shard, changes)


async def _lock(cursor: AsyncCursor, stream: Stream, subjects: list[str]) -> dict[str, Cells]:
    """The subjects that have a state, locked in sorted order, with the cells they count in."""
    await cursor.execute(QUERIES[f"lock_{stream.name}"], [subjects])
    return {subject: unpack(packed) for subject, packed in await cursor.fetchall()}


async def _read(cursor: AsyncCursor, stream: Stream, subjects: Iterable[str]) -> dict[str, list[Occurrence]]:
    """All events of subjects, the new ones among them. A subject without a state has no others than the new ones."""
    await cursor.execute(QUERIES[f"read_{stream.name}"], [list(subjects)])
    events: dict[str, list[Occurrence]] = defaultdict(list)
    for subject, *columns in await cursor.fetchall():
        events[subject].append(occurrence(stream, *columns))
    return events


def occurrence(stream: Stream, event_type: str, time: object, source: str, event_id: str, data: str) -> Stored:
    """An event as the fold takes it, from its stored columns."""
    return Stored(event_type, time, source, event_id, body_of(stream, event_type).model_validate_json(data))  # type: ignore[arg-type]


async def _write(
    cursor: AsyncCursor, stream: Stream, folded: Mapping[str, tuple[SubjectState, Cells]], known: list[str]
) -> None:
    await copy_rows(cursor, QUERIES["copy_states"], _rows(folded))
    if known:
        await cursor.execute(QUERIES[f"update_{stream.name}"], [known])
    if len(known) < len(folded):
        await cursor.execute(QUERIES[f"insert_{stream.name}"], [known])
        if cursor.rowcount < len(folded) - len(known):
            raise Transient("another partition began with the same subject: its events must be read first")


def _rows(folded: Mapping[str, tuple[SubjectState, Cells]]) -> Iterator[str]:
    for subject in sorted(folded):
        state, counted = folded[subject]
        yield (
            f"{escaped(subject)}\t{state.state}\t{escaped(state.agency)}\t{escaped(state.kind)}\t"
            f"{stamp(state.received_at)}\t{stamp(state.changed_at)}\t{stamp(state.due_at)}\t{stamp(state.ended_at)}\t"
            f"{stamp(state.overdue_at)}\t{{{','.join(state.flags)}}}\t{escaped(pack(counted))}\n"
        )


def pack(counted: Cells) -> str:
    """Cells as the JSON kept beside a state, in their order."""
    return orjson.dumps([[*cell, n] for cell, n in sorted(counted.items())]).decode()


def unpack(packed: Iterable[list[Any]]) -> dict[Cell, int]:
    """The other way round."""
    return {
        Cell(measure, tuple(place), date.fromisoformat(cohort), date.fromisoformat(day)): n
        for measure, place, cohort, day, n in packed
    }


async def add_cells(cursor: AsyncCursor, shard: int, changes: Mapping[Cell, int]) -> None:
    """Add differences to cells in sorted order, so that no two transactions wait for each other in a circle."""
    rows: Counter[tuple[str, str, str, date, date]] = Counter()
    for (measure, (agency, kind, *_), cohort, day), n in changes.items():
        rows[measure, agency, kind, cohort, day] += n
    ordered = sorted((row, n) for row, n in rows.items() if n)
    if not ordered:
        return
    columns = [list(column) for column in zip(*(row for row, _ in ordered), strict=True)]
    await cursor.execute(QUERIES["add_cells"], [shard, *columns, [n for _, n in ordered]])
