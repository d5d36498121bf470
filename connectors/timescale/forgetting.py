"""The bytes of dead letters are kept for a week: nobody has scrubbed them, and they may name people."""

import asyncio
import logging
from datetime import timedelta

from psycopg_pool import AsyncConnectionPool

from connectors.timescale.errors import translated
from connectors.timescale.queries import load
from streams.agents import Transient

log = logging.getLogger(__name__)

QUERIES = load("dead_letters.sql")

KEEP = timedelta(days=7)
EVERY_SECONDS = 3600.0


async def forget(pool: AsyncConnectionPool) -> None:
    """Erase them every hour, until cancelled. A database that is away is tried again."""
    while True:
        try:
            if erased := await erase(pool):
                log.info("erased the bytes of %d dead letters older than %d days", erased, KEEP.days)
        except Transient as error:
            log.warning("old dead letters not erased: %s", error)
        await asyncio.sleep(EVERY_SECONDS)


async def erase(pool: AsyncConnectionPool) -> int:
    """Erase key and value of dead letters older than a week: how many. The rows stay, with reason and identity."""
    with translated():
        async with pool.connection() as connection:
            return (await connection.execute(QUERIES["erase"], [KEEP])).rowcount
