"""Dead letters as operators see them."""

from datetime import datetime
from typing import NamedTuple

import psycopg

from connectors.timescale.queries import load

QUERIES = load("dead_letters.sql")


class Address(NamedTuple):
    """Where a record stood; written `topic/partition/offset`."""

    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}/{self.offset}"


class Letter(NamedTuple):
    """One dead letter without its bytes."""

    address: Address
    stream: str
    reason: str
    path: str
    detail: str
    source: str | None
    event_id: str | None
    recorded_at: datetime
    retried_at: datetime | None


def newest(connection: psycopg.Connection, reason: str | None, stream: str | None, limit: int) -> list[Letter]:
    """The newest dead letters, dropped ones left out."""
    rows = connection.execute(QUERIES["list"], {"reason": reason, "stream": stream, "limit": limit})
    return [Letter(Address(*row[:3]), *row[3:]) for row in rows]


def find(connection: psycopg.Connection, address: Address) -> tuple[Letter, bytes | None, bytes | None] | None:
    """One dead letter with its key and value, None when there is none at that address."""
    row = connection.execute(QUERIES["show"], address).fetchone()
    raw = connection.execute(QUERIES["raw"], address).fetchone()
    return (Letter(Address(*row[:3]), *row[3:]), *raw) if row and raw else None


def mark_retried(connection: psycopg.Connection, address: Address) -> None:
    """Note that the record was sent again."""
    connection.execute(QUERIES["mark_retried"], address)


def drop(connection: psycopg.Connection, address: Address) -> None:
    """Erase key and value and list it no more; the row stays, so that counts still agree."""
    connection.execute(QUERIES["drop"], address)
