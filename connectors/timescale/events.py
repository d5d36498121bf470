"""Storing events: copied straight into their table where all are new, else inserted where their identity is."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from struct import Struct

from psycopg import AsyncCursor
from psycopg.errors import UniqueViolation

from connectors.timescale.binary import EPOCH_MICROSECONDS, copy_binary
from connectors.timescale.queries import load
from streams.batch import StoredEvents
from streams.contracts import DOSSIERS, HEALTH, REPORTS, Stream
from streams.days import microseconds, moment
from streams.deadletters import Reason, Refusal
from streams.decoding import Accepted, dead_letter
from streams.fetch import Fetch

QUERIES = load("events.sql")


_by_identity = attrgetter("identity")  # the same identity twice stays in the order of offsets, in which events come

ORDER = {REPORTS: _by_identity, DOSSIERS: _by_identity, HEALTH: None}  # None: by time, then identity
"""That of their key: transactions with the same events wait for each other in one direction only."""


async def store(
    cursor: AsyncCursor, stream: Stream, fetch: Fetch, accepted: list[Accepted], *, straight: bool
) -> StoredEvents:
    """Insert new events; find exact repetitions, and conflicts: other content under an identity that stands.

    `straight` tries whether all are new, which is cheaper where it is likely.
    """
    if not accepted:
        return StoredEvents([], 0, [])
    ordered = sorted(accepted, key=ORDER[stream])
    encoded = list(rows(ordered, fetch))
    if straight and await _all_new(cursor, stream, encoded):
        return StoredEvents(accepted, 0, [])
    await copy_binary(cursor, QUERIES[f"stage_{stream.name}"], encoded)
    await cursor.execute(QUERIES[f"insert_{stream.name}"])
    if cursor.rowcount == len(accepted):
        return StoredEvents(accepted, 0, [])
    within = [moment(ordered[0].time), moment(ordered[-1].time)] if stream is HEALTH else []
    await cursor.execute(QUERIES[f"repeated_{stream.name}"], within)
    return _sorted_out(accepted, fetch, await cursor.fetchall())


async def _all_new(cursor: AsyncCursor, stream: Stream, encoded: list[bytes]) -> bool:
    """Copy straight into the table. An identity that is known undoes it, and tells of no more than itself."""
    try:
        async with cursor.connection.transaction():
            await copy_binary(cursor, QUERIES[f"copy_{stream.name}"], encoded)
    except UniqueViolation:
        return False
    return True


def _sorted_out(accepted: list[Accepted], fetch: Fetch, repeated: Sequence[tuple[int, bool, str, str]]) -> StoredEvents:
    found = {offset: (same, stands, came) for offset, same, stands, came in repeated}
    records = {record.offset: record for record in fetch.records if record.offset in found}
    conflicts = []
    for item in accepted:
        same, stands, came = found.get(item.offset, (True, "", ""))
        if not same:
            detail = f"source and id are known with other content: hash {stands} stands, {came} was sent"
            refusal = Refusal(Reason.CONFLICT, detail)
            conflicts.append(dead_letter(records[item.offset], item.appended_at, refusal))
    new = [item for item in accepted if item.offset not in found]
    return StoredEvents(new, len(found) - len(conflicts), conflicts)


def rows(ordered: list[Accepted], fetch: Fetch) -> Iterator[bytes]:
    """COPY rows, each in two pieces: what the event says, and where it stood."""
    partition, stamped, appended = fetch.partition, None, 0
    for item in ordered:
        if item.appended_at is not stamped:
            stamped, appended = item.appended_at, microseconds(item.appended_at) - EPOCH_MICROSECONDS
        yield item.row
        yield _POSITION(4, partition, 8, item.offset, 8, appended)


_POSITION = Struct(">iiiqiq").pack
"""The last three columns, each with its length: the partition, the offset and when it was appended."""
