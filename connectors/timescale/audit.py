"""The audit of what people do: written in the transaction that does it, never changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from connectors.timescale.queries import load
from streams.people.actor import Actor

QUERIES = load("audit.sql")

State = Mapping[str, Any] | None
"""What a thing was, or is; None where it was not there."""


class Entry(NamedTuple):
    """Who did what, when, from where, and what it was before and after."""

    at: datetime
    who: str
    via: str
    address: str | None
    action: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


async def note(
    connection: AsyncConnection, actor: Actor, action: str, subject: str, before: State, after: State
) -> None:
    """Add an entry; `subject` is kind/id, `action` kind.what."""
    states = [None if state is None else Jsonb(dict(state)) for state in (before, after)]
    await connection.execute(QUERIES["note"], [*actor, action, subject, *states])


async def listed(
    connection: AsyncConnection, most: int, subject: str | None = None, who: str | None = None
) -> list[Entry]:
    """The newest first, those on alerts too; of one subject or person if one is named."""
    cursor = await connection.execute(QUERIES["list"], {"most": most, "subject": subject, "who": who})
    return [Entry(*row) for row in await cursor.fetchall()]
