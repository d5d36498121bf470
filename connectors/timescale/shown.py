"""One subject with its whole history, for `nhip show`: what came, and what was made of it."""

from datetime import UTC, datetime
from typing import Any

import orjson
import psycopg

from connectors.timescale.catalogue import in_force
from connectors.timescale.queries import load
from connectors.timescale.subjects import occurrence
from streams.contracts import DOSSIERS, REPORTS, Stream
from streams.dossiers import story as dossiers
from streams.occurrences import Stored
from streams.reports import story as reports

QUERIES = load("shown.sql")

Document = dict[str, Any]
"""What is shown: texts, moments and numbers by name, and lists of such documents."""


def dossier(connection: psycopg.Connection, subject: str) -> Document | None:
    """A dossier's states, due dates, waits, verdicts and events; None when no event of it is stored."""
    events, came = _events(connection, DOSSIERS, subject)
    if not events:
        return None
    return {"dossier": subject} | dossiers.story(events, in_force(connection), datetime.now(UTC)) | {"events": came}


def report(connection: psycopg.Connection, subject: str) -> Document | None:
    """A report's state, clocks, waits, states as intervals and events; None when no event of it is stored."""
    events, came = _events(connection, REPORTS, subject)
    if not events:
        return None
    return {"report": subject} | reports.story(events, in_force(connection), datetime.now(UTC)) | {"events": came}


def _events(connection: psycopg.Connection, stream: Stream, subject: str) -> tuple[list[Stored], list[Document]]:
    """The events of a subject as its fold takes them, and as they are shown: in the order of their time."""
    rows = connection.execute(QUERIES[f"events_{stream.name}"], [subject]).fetchall()
    events = [occurrence(stream, *row[:5]) for row in rows]
    came = [
        {
            "time": event.time,
            "type": event.type.removeprefix(stream.type_prefix),
            "source": event.source,
            "id": event.id,
            "data": orjson.loads(event.data.stored()),
            "position": f"{stream.topic}/{partition}/{offset}",
            "appended_at": appended_at,
        }
        for event, (*_, partition, offset, appended_at) in zip(events, rows, strict=True)
    ]
    return events, came
