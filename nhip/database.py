"""Connections of commands: one, with a clear error when the database is away or not set up."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from connectors.timescale.errors import reachable


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection]:
    """A connection that commits when the block ends well. Raises Unreachable, without the password in its text."""
    with reachable(url), psycopg.connect(url, connect_timeout=10, application_name="nhip") as connection:
        yield connection
