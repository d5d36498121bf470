"""API keys as operators make and end them; the key itself is never stored."""

from datetime import datetime, timedelta
from typing import NamedTuple

import psycopg

from connectors.timescale.queries import load

QUERIES = load("keys.sql")


class Terms(NamedTuple):
    """What a key may do: `agencies` None without limit, `expires_at` None for ever."""

    scopes: list[str]
    agencies: list[str] | None
    sandbox: bool
    expires_at: datetime | None


class Key(NamedTuple):
    """A key as it is listed."""

    name: str
    scopes: list[str]
    agencies: list[str] | None
    sandbox: bool
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None


def create(connection: psycopg.Connection, name: str, hashed: bytes, terms: Terms) -> bool:
    """Keep a new key by its hash; False where the name is taken, also by a revoked key: logs name keys."""
    return connection.execute(QUERIES["create"], [name, hashed, *terms]).fetchone() is not None


def listed(connection: psycopg.Connection) -> list[Key]:
    """All keys, revoked ones too, by name."""
    return [Key(*row) for row in connection.execute(QUERIES["list"])]


def rotate(connection: psycopg.Connection, name: str, hashed: bytes, overlap: timedelta) -> bool:
    """Give a key a new secret; the former one lets in for the overlap. False where there is no such live key."""
    return connection.execute(QUERIES["rotate"], [overlap, hashed, name]).fetchone() is not None


def revoke(connection: psycopg.Connection, name: str) -> bool:
    """End a key, its former secret too. False where there is no such live key."""
    return connection.execute(QUERIES["revoke"], [name]).fetchone() is not None
