"""`nhip verify`: everything recomputed from the events, in one snapshot, and compared with what is stored."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from connectors.timescale.comparison import Report, merged
from connectors.timescale.queries import load
from connectors.timescale.recount import rows, subjects
from connectors.timescale.subjects import unpack
from connectors.timescale.verify_systems import verify_systems
from streams.contracts import Stream
from streams.days import civil_day
from streams.flows import Cell, cells
from streams.indicators.registry import INDICATORS
from streams.indicators.terms import Indicator, counts_in
from streams.subjects import LIFE_CYCLES, SubjectState

QUERIES = load("recount.sql")
KPI = load("kpi.sql")
ERASURE = load("erasure.sql")

DAYS_OF_INDICATORS = 7
"""Indicators of the last days are compared through SQL; the cells they are made of, all of them."""


def verify(connection: psycopg.Connection) -> Report:
    """Compare states, cells, intervals, days, checkpoints, indicators and counts with what the events say."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    report = Report()
    with connection.transaction():
        for stream in LIFE_CYCLES:
            counted = _subjects(connection, stream, report)
            _cells(connection, stream, counted, report)
            _indicators(connection, stream, counted, report)
        verify_systems(connection, report)
        _counts(connection, report)
        for (subject,) in connection.execute(ERASURE["unerased"]):
            report.compare("erased", subject, "text or no tombstone", "neither")
    return report


def _subjects(connection: psycopg.Connection, stream: Stream, report: Report) -> Counter[Cell]:
    counted: Counter[Cell] = Counter()
    stored = ((row[0], _state(row), unpack(row[-1])) for row in rows(connection, f"{stream.name[:-1]}_states"))
    fresh = ((subject, state, dict(cells(flows))) for subject, state, flows in subjects(connection, stream))
    for subject, was, now in merged(stored, fresh):
        report.compare(f"{stream.name[:-1]} state", subject, was, now)
        counted.update(now[2] if now else {})
    return counted


def _state(row: tuple[Any, ...]) -> SubjectState:
    state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, flags, _ = row[1:]
    return SubjectState(state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, tuple(flags))


def _cells(connection: psycopg.Connection, stream: Stream, counted: Counter[Cell], report: Report) -> None:
    stored = {row[:-1]: row[-1] for row in rows(connection, "cells", [f"{stream.name}.%"])}
    fresh: Counter[tuple[str, str, str, date, date]] = Counter()
    for (measure, (agency, kind, *_), cohort, day), n in counted.items():
        fresh[measure, agency, kind, cohort, day] += n
    for cell in stored.keys() | {cell for cell, n in fresh.items() if n}:
        report.compare("cell", cell, stored.get(cell, 0), fresh[cell])


def _indicators(connection: psycopg.Connection, stream: Stream, counted: Counter[Cell], report: Report) -> None:
    now = datetime.now(UTC)
    today = civil_day(now)
    for indicator in (i for i in INDICATORS.values() if i.stream == stream.name):
        for first in (today - timedelta(days) for days in range(1, DAYS_OF_INDICATORS + 1)):
            past = first + timedelta(1)
            answer = connection.execute(KPI["indicator"], [indicator.name, first, past, now]).fetchall()
            sums = tuple(sum(row[side] or 0 for row in answer) for side in (2, 3))
            report.compare("indicator", f"{indicator.name} {first}", sums, _sums(indicator, counted, first, past))


def _sums(indicator: Indicator, counted: Counter[Cell], first: date, past: date) -> tuple[int, ...]:
    sides = (indicator.numerator, indicator.denominator or ())
    return tuple(
        sum(term.sign * n for term in terms for cell, n in counted.items() if counts_in(term, cell, first, past))
        for terms in sides
    )


def _counts(connection: psycopg.Connection, report: Report) -> None:
    events: dict[str, int] = dict(connection.execute(QUERIES["events_by_stream"]).fetchall())
    letters: dict[str, int] = dict(connection.execute(QUERIES["dead_letters_by_stream"]).fetchall())
    for stream, records, stored, duplicates, refused in connection.execute(QUERIES["counts"]):
        report.compare("events stored", stream, stored, events.get(stream, 0))
        report.compare("dead letters", stream, refused, letters.get(stream, 0))
        report.compare("records", stream, records, stored + duplicates + refused)
