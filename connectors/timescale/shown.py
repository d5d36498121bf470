"""One subject with its whole history, for `nhip show` and the gateway: what came, and what was made of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

import orjson
import psycopg

from connectors.timescale.catalogue import stored
from connectors.timescale.kpi import catalogue_in_force
from connectors.timescale.observed import read as read_spans
from connectors.timescale.queries import load
from connectors.timescale.recount import histories
from connectors.timescale.subjects import occurrence
from streams.catalogue import Catalogue
from streams.contracts import DOSSIERS, HEALTH, REPORTS, Stream
from streams.contracts.types import EARLIEST, LATEST
from streams.days import microseconds, moment
from streams.dossiers import story as dossiers
from streams.health.story import story
from streams.occurrences import Stored
from streams.reports import story as reports

QUERIES = load("shown.sql")

Document = dict[str, Any]
"""What is shown: texts, moments and numbers by name, and lists of such documents."""


Door = Literal["", "gate_"]
"""By which queries events are read: those of the console, or those of the gateway, which free text does not pass."""


def dossier(connection: psycopg.Connection, subject: str, door: Door = "") -> Document | None:
    """A dossier's states, due dates, waits, verdicts and events; None when no event of it is stored."""
    events, came = _events(connection, DOSSIERS, subject, door)
    if not events:
        return None
    told = dossiers.story(events, _catalogue(connection, DOSSIERS, subject), datetime.now(UTC))
    return {"dossier": subject} | told | {"events": came}


def report(connection: psycopg.Connection, subject: str, door: Door = "") -> Document | None:
    """A report's state, clocks, waits, states as intervals and events; None when no event of it is stored."""
    events, came = _events(connection, REPORTS, subject, door)
    if not events:
        return None
    told = reports.story(events, _catalogue(connection, REPORTS, subject), datetime.now(UTC))
    return {"report": subject} | told | {"events": came}


class Ping(NamedTuple):
    """The place of a ping among those of its system: its time and its identity, 32 hex digits."""

    time: datetime
    identity: str


NEWEST = Ping(LATEST, "f" * 32)
"""Beyond every ping there is."""

PINGS = 50
"""Of a system, whose pings are many, the last ones are shown."""

_NOW = (
    "state", "since", "reason", "parent", "heartbeat_at", "latency_ms", "cert_days", "queue_length", "decided_at",
)  # fmt: skip
_PING = ("time", "check", "status", "latency_ms", "interval_s", "grace_s", "data", "position")


def system(
    connection: psycopg.Connection,
    subject: str,
    door: Door = "",
    since: datetime = EARLIEST,
    before: Ping = NEWEST,
    many: int = PINGS,
) -> Document | None:
    """A system's present state, what it was from when to when, outages and last pings; None when it is not known.

    What is told of the past begins with `since`; the pings are the last `many` before one.
    """
    decided, now = _decided(connection, subject), datetime.now(UTC)
    history = next(histories(connection, now, since, of=subject), None)
    if history is None:
        return decided
    spans = read_spans(connection, "health")
    first = max(history.first, microseconds(since))
    return (
        (decided or {"system": subject})
        | story(history.checks, history.maintenance, history.terms, spans, first, now)
        | {"events": _pings(connection, subject, door, before, many)}
    )


def _pings(connection: psycopg.Connection, subject: str, door: Door, before: Ping, many: int) -> Sequence[Document]:
    rows = connection.execute(QUERIES[f"{door}pings"], [HEALTH.topic, subject, *before, many])
    return [{"id": identity} | dict(zip(_PING, (time, *rest), strict=True)) for time, identity, *rest in rows]


def _decided(connection: psycopg.Connection, subject: str) -> Document | None:
    """What the ticker says of it now; None when it has never said anything."""
    row = connection.execute(QUERIES["system_now"], [subject]).fetchone()
    if row is None:
        return None
    *values, checks = row
    told = [{"check": name} | check | _moments(check, "since", "heartbeat") for name, check in checks.items()]
    return {"system": subject} | dict(zip(_NOW, values, strict=True)) | {"checks": told}


def _moments(document: Document, *names: str) -> Document:
    return {name: None if document[name] is None else moment(document[name]) for name in names}


def _catalogue(connection: psycopg.Connection, stream: Stream, subject: str) -> Catalogue:
    """The one that the subject's state and figures were made with, so that what is shown agrees with them."""
    row = connection.execute(QUERIES["standing"], [stream.name, subject]).fetchone()
    return stored(connection, row[1]) if row and row[1] else catalogue_in_force(connection)


def _events(
    connection: psycopg.Connection, stream: Stream, subject: str, door: Door
) -> tuple[list[Stored], list[Document]]:
    """The events of a subject as its fold takes them, and as they are shown: in the order of their time."""
    rows = connection.execute(QUERIES[f"{door}history"], [stream.name, subject]).fetchall()
    events = [occurrence(stream, *row[:5]) for row in rows]
    came = [
        {
            "time": event.time,
            "type": event.type.removeprefix(stream.type_prefix),
            "source": event.source,
            "id": event.id,
            "data": orjson.loads(data),
            "position": f"{stream.topic}/{partition}/{offset}",
            "appended_at": appended_at,
        }
        for event, (*_, data, partition, offset, appended_at) in zip(events, rows, strict=True)
    ]
    return events, came
