"""Folding reports and dossiers: lock the touched subjects, read their events, write state and differences of cells."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from struct import Struct

import orjson
from psycopg import AsyncCursor
from psycopg.errors import UniqueViolation

from connectors.timescale import catalogue as catalogues
from connectors.timescale import cells, restatements
from connectors.timescale.binary import copy_binary, jsonb, moment, repeated, text, texts
from connectors.timescale.packing import pack, unpack
from connectors.timescale.queries import load
from streams.agents import Transient
from streams.contracts import DOSSIERS, Stream
from streams.decoding import Accepted
from streams.flows import NOTHING, Contribution, contribution
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
    fold = LIFE_CYCLES[stream].fold
    for subject, occurrences in events.items():
        state, flows = fold(occurrences, catalogue)
        folded[subject] = state, contribution(flows, state.changed_at)
    closed = await restatements.closed_until(cursor) if stream is DOSSIERS else None
    if closed is not None:
        changed = {
            subject: (known.get(subject, NOTHING).cells, counts.cells) for subject, (_, counts) in folded.items()
        }
        await restatements.restate(cursor, closed, changed, cause)
    await _write(cursor, stream, folded, known, catalogue.version)
    await cells.add(cursor, stream, [counts for _, counts in folded.values()], taken=known.values())


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
    return Stored(event_type, time, source, event_id, read_back(stream, event_type, data))  # type: ignore[arg-type]  # text


async def _write(
    cursor: AsyncCursor, stream: Stream, folded: Folded, known: Mapping[str, Contribution], version: str
) -> None:
    """New states are copied straight into their table, which costs half; known ones are staged and then updated."""
    rows = {subject: _row(subject, *folded[subject], version) for subject in sorted(folded)}
    new = [row for subject, row in rows.items() if subject not in known]
    if new:
        try:
            await copy_binary(cursor, QUERIES[f"copy_{stream.name}"], new)
        except UniqueViolation as error:
            message = "another partition began with the same subject: its events must be read first"
            raise Transient(message) from error
    if known:
        await copy_binary(cursor, QUERIES["copy_states"], [rows[subject] for subject in known])
        await cursor.execute(QUERIES[f"update_{stream.name}"], [list(known)])


def _row(subject: str, state: SubjectState, counts: Contribution, version: str) -> bytes:
    """A state as a COPY row."""
    return b"".join(
        (
            _COLUMNS, text(subject), repeated(state.state), repeated(state.agency), repeated(state.kind),
            moment(state.received_at), moment(state.changed_at), moment(state.due_at), moment(state.ended_at),
            moment(state.overdue_at), texts(state.flags), jsonb(pack(counts)), repeated(version),
            jsonb(orjson.dumps(state.detail)),
        )
    )  # fmt: skip


_COLUMNS = Struct(">h").pack(13)
