"""Positions of partitions, kept in the database (streams/positions.py says what they decide)."""

from collections.abc import Mapping

from psycopg import AsyncCursor
from psycopg_pool import AsyncConnectionPool

from connectors.timescale.errors import translated
from connectors.timescale.queries import load
from streams.contracts import Stream
from streams.positions import Loss, Position, Refusal, Start, decide

QUERIES = load("partitions.sql")


class PostgresPositions:
    """The keeper of positions; `streams` maps each topic's name to its stream."""

    def __init__(self, pool: AsyncConnectionPool, streams: Mapping[str, Stream]) -> None:
        self._pool = pool
        self._streams = streams

    async def assigned(self, topic: str, partition: int, beginning: int, end: int, cluster_id: str) -> int | None:
        """Where to read on, or None to leave the partition alone; a loss or a refusal is stored before this returns."""
        with translated():
            async with self._pool.connection() as connection, connection.cursor() as cursor:
                stream = self._streams[topic].name
                await cursor.execute(QUERIES["begin"], [topic, partition, stream, cluster_id, beginning, end])
                await cursor.execute(QUERIES["adopted"], [cluster_id, beginning, end, topic, partition])
                return await self._decide(cursor, topic, partition, beginning, end, cluster_id)

    async def _decide(
        self, cursor: AsyncCursor, topic: str, partition: int, beginning: int, end: int, cluster_id: str
    ) -> int | None:
        await cursor.execute(QUERIES["find"], [topic, partition])
        row = await cursor.fetchone()
        match decide(Position(*row) if row else None, beginning, end, cluster_id):
            case Start(offset):
                return offset
            case Loss(first, following):
                await cursor.execute(QUERIES["record_loss"], [topic, partition, first, following])
                await cursor.execute(QUERIES["move"], [following, topic, partition])
                return following
            case Refusal(reason):
                if row is not None and row[2] is None:
                    await cursor.execute(QUERIES["pause"], [reason, True, topic, partition])
                return None
