"""The floor of a stream: up to where its events were pruned, and nothing is folded any more."""

from datetime import datetime

import psycopg
from psycopg import AsyncCursor

from connectors.timescale.queries import load
from streams.contracts import HEALTH, Stream
from streams.contracts.types import EARLIEST

QUERIES = load("floor.sql")


async def floor(cursor: AsyncCursor, stream: Stream) -> datetime:
    """Where the floor stands, and stays until this transaction ends. Pings alone are pruned."""
    if stream is not HEALTH:
        return EARLIEST
    await cursor.execute(QUERIES["read"], [stream.name])
    row = await cursor.fetchone()
    return row[0] if row else EARLIEST


def floor_now(connection: psycopg.Connection, stream: Stream) -> datetime:
    """The same for commands."""
    row = connection.execute(QUERIES["read"], [stream.name]).fetchone()
    return row[0] if row else EARLIEST
