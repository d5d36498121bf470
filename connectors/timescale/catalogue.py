"""Catalogues by version: the one in force, and those that states were folded with."""

import psycopg
from psycopg import AsyncCursor

from connectors.timescale.queries import load as queries
from streams.catalogue import Catalogue
from streams.errors import NhipError

QUERIES = queries("catalogue.sql")

_seen: dict[str, Catalogue] = {}
"""What this process has read: a version is a hash of its content, so it never changes."""


class UnknownVersion(NhipError):
    """States were folded with a catalogue that is not stored."""


async def current(cursor: AsyncCursor) -> Catalogue:
    """The catalogue in force, as the open transaction sees it; the default one where none was loaded."""
    await cursor.execute(QUERIES["in_force"])
    row = await cursor.fetchone()
    if row is None:
        return Catalogue.default()
    (version,) = row
    if version not in _seen:
        await cursor.execute(QUERIES["content"], [version])
        _remember(version, await cursor.fetchone())
    return _seen[version]


def in_force(connection: psycopg.Connection) -> Catalogue:
    """The same for commands."""
    row = connection.execute(QUERIES["in_force"]).fetchone()
    return stored(connection, row[0]) if row else Catalogue.default()


def stored(connection: psycopg.Connection, version: str) -> Catalogue:
    """The catalogue of a version that was once in force. Raises UnknownVersion."""
    if version not in _seen:
        _remember(version, connection.execute(QUERIES["content"], [version]).fetchone())
    return _seen[version]


def load(connection: psycopg.Connection, catalogue: Catalogue) -> Catalogue | None:
    """Put a catalogue in force; the one that was before, None if it was this one. Safe to repeat.

    A transaction that has begun goes on with the catalogue it has read, and stores its version.
    """
    with connection.transaction():
        connection.execute(QUERIES["lock"])
        row = connection.execute(QUERIES["in_force"]).fetchone()
        if row and row[0] == catalogue.version:
            return None
        before = in_force(connection)
        connection.execute(QUERIES["keep"], [catalogue.version, catalogue.name, catalogue.model_dump_json()])
        connection.execute(QUERIES["put_in_force"], [catalogue.version])
        connection.execute(QUERIES["name_entries"])
    return before


def is_empty(connection: psycopg.Connection) -> bool:
    """Whether nothing has been folded yet: then no catalogue comes too late."""
    row = connection.execute(QUERIES["is_empty"]).fetchone()
    return row is None or bool(row[0])


def _remember(version: str, row: tuple[str] | None) -> None:
    if row is not None:
        _seen[version] = Catalogue.read_back(version, row[0])
    elif version == Catalogue.default().version:
        _seen[version] = Catalogue.default()
    else:
        raise UnknownVersion(f"catalogue {version} is not stored; `nhip rebuild` folds with the one in force")
