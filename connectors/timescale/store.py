"""The one transaction of DESIGN on PostgreSQL: what each of its steps does to the database."""

from asyncio import Semaphore
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from psycopg import AsyncCursor
from psycopg_pool import AsyncConnectionPool

from connectors.timescale import erasure, events, health, observed, subjects
from connectors.timescale.chunks import Chunks
from connectors.timescale.errors import translated
from connectors.timescale.floor import floor
from connectors.timescale.queries import load
from streams.batch import Outcome, Partition, Skipped, StoredEvents
from streams.contracts import HEALTH, REPORTS, Stream
from streams.deadletters import DeadLetter
from streams.decoding import Accepted, Decoded
from streams.fetch import Fetch

QUERIES = load("partitions.sql")

AT_ONCE = 3
"""Batches of a store in the database at once: while one is folded, others are written. Rows that a batch changed are
cleaned up when all that ran beside it have ended, so that with six an event costs a sixth more (ADR 0005)."""


class PostgresTransaction:
    """An open transaction; streams/batch.py calls its steps in their order."""

    def __init__(self, cursor: AsyncCursor, chunks: Chunks, repeating: set[tuple[str, int]]) -> None:
        self._cursor = cursor
        self._chunks = chunks
        self._repeating = repeating

    async def lock_partition(self, topic: str, partition: int) -> Partition:
        """Lock a partition's row for the rest of the transaction: two processes cannot apply it at once."""
        await self._cursor.execute(QUERIES["lock"], [topic, partition])
        row = await self._cursor.fetchone()
        if row is None:
            raise Skipped(f"{topic}:{partition} has no stored position: it was never assigned")
        return Partition(*row)

    async def floor(self, stream: Stream) -> datetime:
        """Up to where the stream is pruned; it moves no further before this transaction ends."""
        return await floor(self._cursor, stream)

    async def store_events(self, stream: Stream, fetch: Fetch, accepted: list[Accepted]) -> StoredEvents:
        """Insert what is new; tell repetitions from conflicts."""
        if stream is HEALTH:
            await self._chunks.lock(self._cursor, accepted)
        source = fetch.topic, fetch.partition
        stored = await events.store(self._cursor, stream, fetch, accepted, straight=source not in self._repeating)
        (self._repeating.discard if len(stored.new) == len(accepted) else self._repeating.add)(source)
        return stored

    async def fold(self, stream: Stream, new: list[Accepted]) -> None:
        """Bring states, cells and intervals up to date with the new events."""
        if not new:
            return
        if stream is HEALTH:
            await health.fold_systems(self._cursor, new)
        else:
            await subjects.fold(self._cursor, stream, new)
            if stream is REPORTS:
                await erasure.erase(self._cursor, new)

    async def keep_dead_letters(self, stream: Stream, fetch: Fetch, letters: Sequence[DeadLetter]) -> None:
        """Keep refused records with reason and raw bytes."""
        rows = [
            (
                fetch.topic, fetch.partition, letter.offset, stream.name, letter.refusal.reason.value,
                letter.refusal.path, letter.refusal.detail.replace("\0", "\\0"), letter.source, letter.event_id,
                letter.key, letter.value, letter.appended_at,
            )
            for letter in letters
        ]  # fmt: skip
        if rows:
            await self._cursor.executemany(QUERIES["keep_dead_letter"], rows)

    async def keep_observed(self, fetch: Fetch, canaries: Collection[int]) -> None:
        """Add to the partition's observed time."""
        await observed.keep(self._cursor, fetch, canaries)

    async def advance(self, stream: Stream, fetch: Fetch, decoded: Decoded, outcome: Outcome) -> None:
        """Store the position after the fetch, and count."""
        await self._cursor.execute(
            QUERIES["advance"],
            {
                "topic": fetch.topic,
                "partition": fetch.partition,
                "after": fetch.after,
                "end": fetch.end,
                "newest": decoded.newest,
                "records": outcome.records,
                "stored": outcome.stored,
                "duplicates": outcome.duplicates,
                "conflicts": outcome.conflicts,
                "refused": len(outcome.refused),
                "unknown_fields": outcome.unknown_fields,
                "canaries": len(decoded.canaries),
            },
        )


class PostgresStore:
    """Transactions from a pool; see streams/batch.py for the order of their steps.

    Each stream has a store of its own: one that waits for a lock, as of `nhip rebuild`, holds up no other.
    """

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool
        self._turns = Semaphore(AT_ONCE)
        self._days: set[int] = set()
        self._repeating: set[tuple[str, int]] = set()  # partitions whose last batch held known identities

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[PostgresTransaction]:
        """Commit when the block ends, roll back when it raises. Raises Transient or Refused for database errors."""
        chunks = Chunks(self._days)
        with translated():
            async with self._turns, self._pool.connection() as connection, connection.cursor() as cursor:
                yield PostgresTransaction(cursor, chunks, self._repeating)
        chunks.committed()

    async def pause(self, topic: str, partition: int, reason: str) -> None:
        """Persist that a partition is not to be applied, until an operator lets it go on."""
        with translated():
            async with self._pool.connection() as connection:
                await connection.execute(QUERIES["pause"], [reason, False, topic, partition])
