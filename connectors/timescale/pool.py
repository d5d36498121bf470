"""Connections of a worker: each with the staging tables that batches are copied into."""

import orjson
from psycopg import AsyncConnection
from psycopg.types.json import set_json_dumps, set_json_loads
from psycopg_pool import AsyncConnectionPool

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
        timeout=10.0,
        kwargs={"application_name": "nhip"},
    )
