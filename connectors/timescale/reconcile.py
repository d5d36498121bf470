"""Holding a list of dossiers against ours: staged in the database, joined there, compared row by row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import psycopg

from connectors.backfill.portal import Listed, Unread
from connectors.timescale.queries import load
from streams.reconciliation import Difference, Standing, compare

QUERIES = load("reconcile.sql")


@dataclass(slots=True)
class Reading:
    """What was read of a list: rows, those that cannot be compared, and the days of receipt that it covers."""

    rows: int = 0
    unread: list[Unread] = field(default_factory=list)
    repeated: int = 0
    first: datetime | None = None
    last: datetime | None = None


def stage(connection: psycopg.Connection, rows: Iterable[Listed | Unread]) -> Reading:
    """Copy a list into a temporary table of the open transaction; of a dossier listed twice the first row counts."""
    reading, seen = Reading(), set[str]()
    connection.execute(QUERIES["stage"])
    with connection.cursor() as cursor, cursor.copy(QUERIES["copy"]) as copy:
        for row in rows:
            reading.rows += 1
            if isinstance(row, Unread):
                reading.unread.append(row)
            elif row.dossier in seen:
                reading.repeated += 1
            else:
                seen.add(row.dossier)
                copy.write_row((row.dossier, *row.standing[:3]))
                _cover(reading, row.received_at)
    connection.execute(QUERIES["analyse"])
    return reading


def _cover(reading: Reading, received_at: datetime | None) -> None:
    if received_at is not None:
        reading.first = min(reading.first or received_at, received_at)
        reading.last = max(reading.last or received_at, received_at)


def differences(connection: psycopg.Connection, reading: Reading, now: datetime) -> Iterator[Difference]:
    """What differs, in the order of ids, in bounded memory."""
    with connection.cursor(name="pairs") as cursor:
        for (
            dossier,
            is_listed,
            status,
            due_at,
            ended_at,
            is_ours,
            state,
            our_due,
            our_end,
            overdue_at,
        ) in cursor.execute(QUERIES["pairs"], [reading.first, reading.last]):
            overdue = overdue_at is not None and overdue_at <= now
            yield from compare(
                dossier,
                Standing(status, due_at, ended_at) if is_listed else None,
                Standing(int(state), our_due, our_end, overdue) if is_ours else None,
                now,
            )
