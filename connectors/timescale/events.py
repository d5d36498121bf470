"""Storing events: copied into a staging table, then inserted where their identity is new."""

from collections.abc import Iterator, Sequence

from psycopg import AsyncCursor

from connectors.timescale.copying import copy_rows, stamp
from connectors.timescale.queries import load
from streams.batch import StoredEvents
from streams.contracts import HEALTH, Stream
from streams.days import moment
from streams.deadletters import Reason, Refusal
from streams.decoding import Accepted, dead_letter
from streams.fetch import Fetch

QUERIES = load("events.sql")


async def store(cursor: AsyncCursor, stream: Stream, fetch: Fetch, accepted: list[Accepted]) -> StoredEvents:
    """Insert new events; find exact repetitions, and conflicts: other content under an identity that stands."""
    if not accepted:
        return StoredEvents([], 0, [])
    if stream is HEALTH:  # both in the order of their key: transactions with the same events wait in one direction only
        ordered = sorted(accepted)
        await copy_rows(cursor, QUERIES["copy_health"], rows(ordered, fetch))
        within = [moment(ordered[0].time), moment(ordered[-1].time)]
    else:
        ordered = sorted(accepted, key=lambda item: (item.identity, item.offset))
        await copy_rows(cursor, QUERIES["copy_subjects"], rows(ordered, fetch))
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
            refusal = Refusal(Reason.CONFLICT, detail)
            conflicts.append(dead_letter(records[item.offset], item.appended_at, refusal))
    new = [item for item in accepted if item.offset not in found]
    return StoredEvents(new, len(found) - len(conflicts), conflicts)


def rows(ordered: list[Accepted], fetch: Fetch) -> Iterator[str]:
    """COPY rows: what the event says, then where it stood."""
    stamped, ending = None, ""
    for item in ordered:
        if item.appended_at is not stamped:
            stamped, ending = item.appended_at, f"\t{stamp(item.appended_at)}\n"
        yield f"{item.row}\t{fetch.partition}\t{item.offset}{ending}"
