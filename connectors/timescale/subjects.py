"""Folding reports and dossiers: lock the touched subjects, read their events, write state and differences of cells."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import orjson
from psycopg import AsyncCursor

from connectors.timescale import catalogue as catalogues
from connectors.timescale import cells, restatements
from connectors.timescale.copying import copy_rows, escaped, stamp
from connectors.timescale.packing import pack, unpack
from connectors.timescale.queries import load
from streams.agents import Transient
from streams.catalogue import Catalogue
from streams.contracts import DOSSIERS, Stream
from streams.decoding import Accepted
from streams.flows import NOTHING, Ahead, Cell, Contribution, add, contribution, difference
from streams.occurrences import Occurrence, Stored
from streams.plain_subjects import read_back
from streams.subjects import LIFE_CYCLES, SubjectState

QUERIES = load("subjects.sql")

Folded = dict[str, tuple[SubjectState, Contribution]]


async def fold(cursor: AsyncCursor, stream: Stream, new: list[Accepted]) -> None:
    """Bring the states and cells of every subject that has new events up to date."""
    events: dict[str, list[Occurrence]] = defaultdict(list)
    for item in new:
        events[item.subject].append(item.content)
    came = dict(events)
    known = await _lock(cursor, stream, sorted(events))
    if known:
        events.update(await _read(cursor, stream, known))
    await _store(cursor, stream, known, events, lambda subject: _cause(came[subject]))


def _cause(events: list[Occurrence]) -> str:
    """What the ledger of restatements says of events that have just come."""
    return ", ".join(f"{event.type} {event.id} of {event.source}" for event in events)


async def refold(cursor: AsyncCursor, stream: Stream, subjects: list[str]) -> None:
    """Fold subjects again with the catalogue in force, beside workers; the state of what has no events is deleted."""
    known = await _lock(cursor, stream, subjects)
    events = await _read(cursor, stream, subjects)
    strays = known.keys() - events.keys()
    if strays:
        await cursor.execute(QUERIES[f"delete_{stream.name}"], [list(strays)])
    kept = {subject: known[subject] for subject in known.keys() - strays}
    await _store(cursor, stream, kept, events, lambda _: "nhip rebuild, with another catalogue")


async def _store(
    cursor: AsyncCursor,
    stream: Stream,
    known: Mapping[str, Contribution],
    events: Mapping[str, list[Occurrence]],
    cause: Callable[[str], str],
) -> None:
    catalogue = await catalogues.current(cursor)
    folded: Folded = {}
    changes: dict[Cell, int] = {}
    ahead: dict[Ahead, int] = {}
    fold = LIFE_CYCLES[stream].fold
    for subject, occurrences in events.items():
        state, flows = fold(occurrences, catalogue)
        counts, counted = contribution(flows, state.changed_at), known.get(subject, NOTHING)
        folded[subject] = state, counts
        add(changes, difference(counts.cells, counted.cells))
        add(ahead, difference(counts.ahead, counted.ahead))
    closed = await restatements.closed_until(cursor) if stream is DOSSIERS else None
    if closed is not None:
        changed = {
            subject: (known.get(subject, NOTHING).cells, counts.cells) for subject, (_, counts) in folded.items()
        }
        await restatements.restate(cursor, closed, changed, cause)
    await _write(cursor, stream, folded, list(known), catalogue)
    await cells.add(cursor, stream, changes, ahead)


async def _lock(cursor: AsyncCursor, stream: Stream, subjects: list[str]) -> dict[str, Contribution]:
    """The subjects that have a state, locked in sorted order, with what they contribute so far."""
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
    return Stored(event_type, time, source, event_id, read_back(stream, event_type, data))  # type: ignore[arg-type]


async def _write(cursor: AsyncCursor, stream: Stream, folded: Folded, known: list[str], catalogue: Catalogue) -> None:
    await copy_rows(cursor, QUERIES["copy_states"], _rows(folded, catalogue.version))
    if known:
        await cursor.execute(QUERIES[f"update_{stream.name}"], [known])
    if len(known) < len(folded):
        await cursor.execute(QUERIES[f"insert_{stream.name}"], [known])
        if cursor.rowcount < len(folded) - len(known):
            raise Transient("another partition began with the same subject: its events must be read first")


def _rows(folded: Folded, version: str) -> Iterator[str]:
    for subject in sorted(folded):
        state, counts = folded[subject]
        yield (
            f"{escaped(subject)}\t{state.state}\t{escaped(state.agency)}\t{escaped(state.kind)}\t"
            f"{stamp(state.received_at)}\t{stamp(state.changed_at)}\t{stamp(state.due_at)}\t{stamp(state.ended_at)}\t"
            f"{stamp(state.overdue_at)}\t{{{','.join(state.flags)}}}\t{escaped(pack(counts))}\t{version}\t"
            f"{escaped(orjson.dumps(state.detail).decode())}\n"
        )
