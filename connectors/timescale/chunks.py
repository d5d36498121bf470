"""The days of pings that have a chunk: a batch that makes one takes the lock for it before it stores any event."""

from collections.abc import Iterable

from psycopg import AsyncCursor

from connectors.timescale.queries import load
from streams.decoding import Accepted

QUERIES = load("events.sql")
MICROSECONDS = 24 * 3600 * 1_000_000
"""In a day in UTC, which is what a chunk spans (hypertables.sql)."""


class Chunks:
    """What one transaction adds to the days that are known to have a chunk.

    TimescaleDB locks the hypertable when the first row of a chunk comes, until the end of the transaction. Taken in the
    middle of a batch, that lock and the events of the batch make two batches with the same events wait for each other.
    """

    def __init__(self, known: set[int]) -> None:
        self._known = known
        self._made: set[int] = set()

    async def lock(self, cursor: AsyncCursor, accepted: Iterable[Accepted]) -> None:
        """Let nobody else make chunks until the transaction ends, unless every event's day has one."""
        self._made = {item.time // MICROSECONDS for item in accepted} - self._known
        if self._made:
            await cursor.execute(QUERIES["lock_chunks"])

    def committed(self) -> None:
        """The chunks are there, for this process to know. A chunk dropped later costs a retry at worst."""
        self._known |= self._made
