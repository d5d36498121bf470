"""Connections of commands: one, with a clear error when the database is away or not set up."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import psycopg

from connectors.timescale.errors import reachable


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection]:
    """A connection that commits when the block ends well. Raises Unreachable, without the password in its text."""
    with reachable(url), psycopg.connect(url, connect_timeout=10, application_name="nhip") as connection:
        yield connection


@asynccontextmanager
async def connected_async(url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """The same for what doors and commands share, which is written for an event loop."""
    with reachable(url):
        async with await psycopg.AsyncConnection.connect(
            url, connect_timeout=10, application_name="nhip"
        ) as connection:
            yield connection
