"""Subjects as the gateway tells of them: one with its history in pages, and lists in the order of their ids."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

import psycopg

from connectors.timescale import shown
from connectors.timescale.shown import NEWEST, QUERIES, Document, Ping
from streams.contracts import DOSSIERS, REPORTS
from streams.days import day_start
from streams.errors import WrongUse
from streams.identity import identity

DOOR: shown.Door = "gate_"

Agencies = Collection[str] | None
"""Those of which something may be told, None for all."""

Listed = tuple[list[Document], str | None]
"""A page of a list, and the cursor of the next one."""


def report(connection: psycopg.Connection, id: str, agencies: Agencies, limit: int, cursor: str) -> Document | None:
    """What `nhip show report` tells, with a page of its events and without free text; None for one that is not known
    or stands with another agency. Raises WrongUse for a cursor that no page has given."""
    seen = _may_see(connection, REPORTS.name, id, agencies)
    return _paged(shown.report(connection, id, DOOR), limit, cursor) if seen else None


def dossier(connection: psycopg.Connection, id: str, agencies: Agencies, limit: int, cursor: str) -> Document | None:
    """The same of a dossier."""
    seen = _may_see(connection, DOSSIERS.name, id, agencies)
    return _paged(shown.dossier(connection, id, DOOR), limit, cursor) if seen else None


def system(connection: psycopg.Connection, id: str, since: date, limit: int, cursor: str) -> Document | None:
    """What `nhip show system` tells, from the day `since` on, with a page of its pings, the newest first."""
    with connection.transaction():  # cursors on the server live in one
        found = shown.system(connection, id, DOOR, day_start(since), _ping(cursor), limit + 1)
    if found is None:
        return None
    pings = found.get("events", [])
    more = len(pings) > limit
    last = f"{pings[limit - 1]['time'].isoformat()}~{pings[limit - 1]['id']}" if more else None
    return found | {"events": pings[:limit], "next": last}


def listed(
    connection: psycopg.Connection, kind: str, agencies: Agencies, state: str | None, limit: int, cursor: str
) -> Listed:
    """`reports` or `dossiers` with those agencies, or `systems`: up to `limit` after the id `cursor`."""
    query = QUERIES[kind if agencies is None else f"{kind}_of"]
    asked = {"agencies": sorted(agencies or ()), "after": cursor, "state": state, "most": limit + 1}
    answer = connection.execute(query, asked)
    names = [column.name for column in answer.description or ()]
    rows: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in answer]
    return rows[:limit], rows[limit - 1]["id"] if len(rows) > limit else None


def _may_see(connection: psycopg.Connection, stream: str, id: str, agencies: Agencies) -> bool:
    if agencies is None:
        return True
    row = connection.execute(QUERIES["standing"], [stream, id]).fetchone()
    return row is not None and row[0] in agencies


def _paged(found: Document | None, limit: int, cursor: str) -> Document | None:
    """With the events after the one whose identity is the cursor."""
    if found is None:
        return None
    names = [identity(event["source"], event["id"]) for event in found["events"]]
    if cursor and cursor not in names:
        raise _no_such_cursor()
    begin = names.index(cursor) + 1 if cursor else 0
    more = begin + limit < len(names)
    return found | {
        "events": found["events"][begin : begin + limit],
        "next": names[begin + limit - 1] if more else None,
    }


def _ping(cursor: str) -> Ping:
    """The ping that a cursor names."""
    if not cursor:
        return NEWEST
    time, _, name = cursor.partition("~")
    try:
        found = Ping(datetime.fromisoformat(time), UUID(name).hex)
    except ValueError:
        raise _no_such_cursor() from None
    if found.time.tzinfo is None:
        raise _no_such_cursor()
    return found


def _no_such_cursor() -> WrongUse:
    return WrongUse("cursor: give `next` of the page before")
