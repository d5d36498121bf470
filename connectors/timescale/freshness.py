"""How fresh the data is: kept by workers every second, so that a board can tell silence from blindness."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from psycopg_pool import AsyncConnectionPool

from connectors.timescale.errors import translated
from connectors.timescale.queries import load
from streams.agents import Transient

log = logging.getLogger(__name__)

QUERIES = load("partitions.sql")

EVERY_SECONDS = 1.0

Complete = Callable[[], list[tuple[str, int, datetime]]]
"""The partitions with nothing left to read: topic, partition, and when they were polled."""


async def keep_fresh(pool: AsyncConnectionPool, complete: Complete) -> None:
    """Store up to when each partition is complete, until cancelled. A database that is away is tried again."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        rows = sorted(complete())
        if not rows:
            continue
        try:
            with translated():
                async with pool.connection() as connection:
                    await connection.execute(
                        QUERIES["keep_fresh"], [list(column) for column in zip(*rows, strict=True)]
                    )
        except Transient as error:
            log.warning("freshness not stored: %s", error)
