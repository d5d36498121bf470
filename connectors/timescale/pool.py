"""Connections of a worker: each with the staging tables that batches are copied into."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import orjson
from psycopg import AsyncConnection
from psycopg.types.json import set_json_dumps, set_json_loads
from psycopg_pool import AsyncConnectionPool

from connectors.timescale.errors import reachable
from connectors.timescale.queries import load

STAGING = load("staging.sql")


async def _configure(connection: AsyncConnection) -> None:
    set_json_loads(orjson.loads, connection)
    set_json_dumps(orjson.dumps, connection)
    for statement in STAGING.values():
        await connection.execute(statement)
    await connection.commit()


def make_pool(url: str, size: int) -> AsyncConnectionPool:
    """A pool of at most `size` connections, not yet open; lost ones are replaced, broken ones found before use."""
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=size,
        open=False,
        configure=_configure,
        check=AsyncConnectionPool.check_connection,
        timeout=5.0,
        kwargs={"application_name": "nhip"},
    )


@asynccontextmanager
async def opened(pool: AsyncConnectionPool, url: str) -> AsyncIterator[AsyncConnectionPool]:
    """An open pool, closed at the end. Raises Unreachable: no answer within ten seconds, or no tables of ours."""
    try:
        with reachable(url), _said_once():
            await pool.open(wait=True, timeout=10.0)
            async with pool.connection() as connection:
                await connection.execute("SELECT FROM nhip.partition LIMIT 1")
        yield pool
    finally:
        await pool.close()


@contextmanager
def _said_once() -> Iterator[None]:
    """Without the pool's warnings of each attempt: Unreachable says it, and what to do."""
    log = logging.getLogger("psycopg.pool")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


def make_reader_pool(url: str) -> AsyncConnectionPool:
    """A pool for boards: read-only, and no statement longer than five seconds."""
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=2,
        open=False,
        check=AsyncConnectionPool.check_connection,
        timeout=5.0,
        kwargs={
            "application_name": "nhip boards",
            "autocommit": True,
            "options": "-c default_transaction_read_only=on -c statement_timeout=5000",
        },
    )
