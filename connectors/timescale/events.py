"""Storing events: copied into a staging table, then inserted where their identity is new."""

from collections.abc import Iterator, Sequence

from psycopg import AsyncCursor

from connectors.timescale.copying import NULL, copy_rows, escaped, stamp
from connectors.timescale.queries import load
from streams.batch import StoredEvents
from streams.contracts import HEALTH, Event, Stream
from streams.contracts.health import PingBody
from streams.deadletters import DeadLetter, Reason, Refusal
from streams.decoding import Accepted
from streams.fetch import Fetch
from streams.health.beats import SYSTEM

QUERIES = load("events.sql")

_COLUMNS = frozenset({"system_id", "check_id", "status", "latency_ms", "interval_s", "grace_s"})
"""Fields of a ping that have a column of their own; the others go into `data` when there are any."""


async def store(cursor: AsyncCursor, stream: Stream, fetch: Fetch, accepted: list[Accepted]) -> StoredEvents:
    """Insert new events; find exact repetitions, and conflicts: other content under an identity that stands."""
    if not accepted:
        return StoredEvents([], 0, [])
    if stream is HEALTH:  # by identity, so that two transactions with the same events cannot lock each other out
        ordered = sorted(accepted)
        await copy_rows(cursor, QUERIES["copy_health"], health_rows(ordered, fetch))
        within = [ordered[0].event.time, ordered[-1].event.time]
    else:
        ordered = sorted(accepted, key=lambda item: (item.identity, item.offset))
        await copy_rows(cursor, QUERIES["copy_subjects"], subject_rows(ordered, fetch))
        within = []
    await cursor.execute(QUERIES[f"insert_{stream.name}"])
    if cursor.rowcount == len(accepted):
        return StoredEvents(accepted, 0, [])
    await cursor.execute(QUERIES[f"repeated_{stream.name}"], within)
    return _sorted_out(accepted, fetch, await cursor.fetchall())


def _sorted_out(accepted: list[Accepted], fetch: Fetch, repeated: Sequence[tuple[int, bool, str, str]]) -> StoredEvents:
    found = {offset: (same, stands, came) for offset, same, stands, came in repeated}
    records = {record.offset: record for record in fetch.records if record.offset in found}
    conflicts = []
    for item in accepted:
        same, stands, came = found.get(item.offset, (True, "", ""))
        if not same:
            detail = f"source and id are known with other content: hash {stands} stands, {came} was sent"
            record = records[item.offset]
            conflicts.append(
                DeadLetter(
                    item.offset,
                    Refusal(Reason.CONFLICT, detail),
                    record.key,
                    record.value,
                    item.appended_at,
                    item.event.source,
                    item.event.id,
                )
            )
    new = [item for item in accepted if item.offset not in found]
    return StoredEvents(new, len(found) - len(conflicts), conflicts)


def subject_rows(accepted: list[Accepted], fetch: Fetch) -> Iterator[str]:
    """Reports and dossiers as COPY rows."""
    for _, identity, offset, event, appended_at in accepted:
        yield (
            f"{identity}\t{escaped(event.subject)}\t{event.type}\t{stamp(event.time)}\t{escaped(event.source)}\t"
            f"{escaped(event.id)}\t{escaped(event.data.stored())}\t{fetch.partition}\t{offset}\t{appended_at}\n"
        )


def health_rows(accepted: list[Accepted], fetch: Fetch) -> Iterator[str]:
    """Health events as COPY rows, their time in microseconds: dates take longer to write than all the rest."""
    stamped, ending = None, ""
    for time, identity, offset, event, appended_at in accepted:
        if appended_at is not stamped:
            stamped, ending = appended_at, f"\t{stamp(appended_at)}\n"
        subject, body = event.subject, event.data
        if "\\" in subject:  # identifiers have no control characters; this is all there is to escape
            subject = escaped(subject)
        columns = _ping_columns(body) if isinstance(body, PingBody) else _maintenance_columns(event)
        yield f"{time}\t{identity}\t{subject}\t{columns}\t{fetch.partition}\t{offset}{ending}"


def _ping_columns(body: PingBody) -> str:
    check, latency, interval, grace = body.check_id, body.latency_ms, body.interval_s, body.grace_s
    if "\\" in check:
        check = escaped(check)
    rest = NULL
    if not body.model_fields_set <= _COLUMNS:
        known = body.model_fields_set - (body.__pydantic_extra__ or {}).keys()
        found = body.model_dump_json(exclude_none=True, include=known - _COLUMNS)
        rest = NULL if found == "{}" else escaped(found)  # a field that is null says as much as one that is not there
    return (
        f"{check}\t{body.status}\t{NULL if latency is None else latency}\t{NULL if interval is None else interval}\t"
        f"{NULL if grace is None else grace}\t{rest}"
    )


def _maintenance_columns(event: Event) -> str:
    status = event.type.removeprefix("vn.nhip.health.")
    check = getattr(event.data, "check_id", None) or SYSTEM
    return f"{escaped(check)}\t{status}\t{NULL}\t{NULL}\t{NULL}\t{escaped(event.data.stored())}"
