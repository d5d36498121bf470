"""Alerts as people see them, and what they do to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import psycopg

from connectors.timescale.queries import load
from streams.people.actor import Actor

QUERIES = load("alerts.sql")


class Alert(NamedTuple):
    """One alert as it stands; it is open while it is firing, acknowledged or suppressed."""

    id: str
    rule: str
    labels: dict[str, str]
    severity: str
    state: str
    since: datetime
    reason_vi: str
    reason_en: str
    evidence: dict[str, Any]
    episode: int
    relapses: int
    fired_at: datetime | None
    resolved_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    suppressed_by: str | None
    silenced_until: datetime | None
    silenced_by: str | None


class Step(NamedTuple):
    """Something that became of an alert; `who` where it was a person, whose note is in their language."""

    episode: int
    step: str
    at: datetime
    who: str | None
    note: str | None
    note_vi: str | None


class After(NamedTuple):
    """The last alert of the page before."""

    since: datetime
    id: str


def page(
    states: Sequence[str] | None, agencies: Sequence[str] | None, after: After | None, most: int
) -> dict[str, Any]:
    """The parameters of the query `list`."""
    return {
        "states": list(states) if states else None,
        "agencies": None if agencies is None else list(agencies),
        "after": after.since if after else None,
        "after_id": after.id if after else None,
        "most": most,
    }


def listed(connection: psycopg.Connection, states: Sequence[str] | None, most: int) -> list[Alert]:
    """Alerts, the newest first."""
    return [Alert(*row) for row in connection.execute(QUERIES["list"], page(states, None, None, most))]


def found(connection: psycopg.Connection, id: str) -> Alert | None:
    """One alert."""
    row = connection.execute(QUERIES["find"], [id]).fetchone()
    return Alert(*row) if row else None


def hand(id: str, action: str, actor: Actor, note: str | None, until: datetime | None) -> list[Any]:
    """The parameters of the query `hand`."""
    return [id, action, actor.who, note, until, actor.via, actor.address]


def act(
    connection: psycopg.Connection, id: str, action: str, actor: Actor, note: str | None, until: datetime | None = None
) -> bool:
    """Acknowledge (`ack`), `resolve` or `silence` an alert that is open, or `comment` on any; False where it is not."""
    return connection.execute(QUERIES["hand"], hand(id, action, actor, note, until)).fetchone() is not None


def history(connection: psycopg.Connection, id: str) -> list[Step]:
    """Everything that became of an alert, in order."""
    return [Step(*row) for row in connection.execute(QUERIES["history"], [id])]
