"""`nhip verify`: everything recomputed from the events, in one snapshot, and compared with what is stored."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from connectors.timescale.comparison import Report, merged
from connectors.timescale.packing import unpack
from connectors.timescale.queries import load
from connectors.timescale.recount import rows, subjects
from connectors.timescale.recounted import Recounted
from connectors.timescale.verify_systems import verify_systems
from streams.contracts import Stream
from streams.days import civil_day
from streams.flows import NOTHING, Ahead, Cell, contribution
from streams.indicators.registry import INDICATORS
from streams.indicators.terms import Indicator, counts_in
from streams.lanes import packed, unpacked
from streams.rollup import NO_COHORT, Row
from streams.subjects import LIFE_CYCLES, SubjectState

QUERIES = load("recount.sql")
KPI = load("kpi.sql")
ERASURE = load("erasure.sql")
FLOOR = load("floor.sql")

DAYS_OF_INDICATORS = 7
"""Indicators of the last days are compared through SQL; the cells they are made of, all of them."""


def verify(connection: psycopg.Connection) -> Report:
    """Compare states, cells, intervals, days, checkpoints, indicators and counts with what the events say."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    report = Report()
    with connection.transaction():
        connection.execute(FLOOR["stay"])
        for stream in LIFE_CYCLES:
            recounted = _subjects(connection, stream, report)
            _cells(connection, stream, recounted, report)
            _indicators(connection, stream, recounted, report)
        verify_systems(connection, report)
        _counts(connection, report)
        for (subject,) in connection.execute(ERASURE["unerased"]):
            report.compare("erased", subject, "text or no tombstone", "neither")
    return report


def _subjects(connection: psycopg.Connection, stream: Stream, report: Report) -> Recounted:
    recounted = Recounted(stream, dict(connection.execute(QUERIES["lanes"]).fetchall()))
    stored = ((row[0], _state(row), unpack(row[-1])) for row in rows(connection, f"{stream.name[:-1]}_states"))
    folded = subjects(connection, stream)
    fresh = ((subject, state, contribution(flows, state.changed_at)) for subject, state, flows in folded)
    for subject, was, now in merged(stored, fresh):
        report.compare(f"{stream.name[:-1]} state", subject, was, now)
        recounted.add(now[2] if now else NOTHING)
    recounted.finish()
    return recounted


def _state(row: tuple[Any, ...]) -> SubjectState:
    state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, flags, detail, _ = row[1:]
    return SubjectState(
        state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, tuple(flags), detail
    )  # fmt: skip


def _cells(connection: psycopg.Connection, stream: Stream, recounted: Recounted, report: Report) -> None:
    fresh = recounted.rows
    for *row, counters in rows(connection, "cells", [stream.name, f"{stream.name}.%"]):
        stored, counted = packed(dict(enumerate(counters))), fresh.pop(Row(*row), 0)
        if stored or counted:
            report.compare("cell", tuple(row), unpacked(stored), unpacked(counted))
    for key, counted in fresh.items():
        if counted:
            report.compare("cell", tuple(key), [], unpacked(counted))
    ahead = {
        Ahead(measure, tuple(place), None if cohort == NO_COHORT else cohort, moment): n
        for measure, place, cohort, moment, n in rows(connection, "ahead", [f"{stream.name}.%"])
    }
    for address in ahead.keys() | {address for address, n in recounted.ahead.items() if n}:
        report.compare("to come", tuple(address), ahead.get(address, 0), recounted.ahead[address])


def _indicators(connection: psycopg.Connection, stream: Stream, recounted: Recounted, report: Report) -> None:
    now = datetime.now(UTC)
    today = civil_day(now)
    for indicator in (i for i in INDICATORS.values() if i.stream == stream.name):
        for first in (today - timedelta(days) for days in range(1, DAYS_OF_INDICATORS + 1)):
            past = first + timedelta(1)
            made = _sums if indicator.quantile is None else _buckets
            fresh = made(indicator, recounted.everywhere, first, past)
            stored = _stored(connection, indicator, (first, past, now))
            report.compare("indicator", f"{indicator.name} {first}", stored, fresh)


Sides = dict[str, int]
"""An indicator's numbers by name: its numerator and denominator, or the buckets of its histogram that hold any."""


def _stored(connection: psycopg.Connection, indicator: Indicator, period: tuple[date, date, datetime]) -> Sides:
    if indicator.quantile is None:
        rows = connection.execute(KPI["indicator"], [indicator.name, *period, None, None]).fetchall()
        return {name: sum(row[n] or 0 for row in rows) for n, name in ((2, "numerator"), (3, "denominator"))}
    rows = connection.execute(KPI["histogram"], [indicator.name, *period, None, None]).fetchall()
    return {f"{indicator.numerator[0].measure}#{bucket}": n for _, _, bucket, n in rows}


def _sums(indicator: Indicator, counted: Counter[Cell], first: date, past: date) -> Sides:
    sides = {"numerator": indicator.numerator, "denominator": indicator.denominator or ()}
    return {
        name: sum(term.sign * n for term in terms for cell, n in counted.items() if counts_in(term, cell, first, past))
        for name, terms in sides.items()
    }


def _buckets(indicator: Indicator, counted: Counter[Cell], first: date, past: date) -> Sides:
    found: Counter[str] = Counter()
    for cell, n in counted.items():
        if counts_in(indicator.numerator[0], cell, first, past):
            found[cell.measure] += n
    return {bucket: n for bucket, n in found.items() if n}


def _counts(connection: psycopg.Connection, report: Report) -> None:
    events: dict[str, int] = dict(connection.execute(QUERIES["events_by_stream"]).fetchall())
    pruned: dict[str, int] = dict(connection.execute(FLOOR["pruned"]).fetchall())
    letters: dict[str, int] = dict(connection.execute(QUERIES["dead_letters_by_stream"]).fetchall())
    for stream, records, stored, duplicates, refused in connection.execute(QUERIES["counts"]):
        report.compare("events stored", stream, stored, events.get(stream, 0) + pruned.get(stream, 0))
        report.compare("dead letters", stream, refused, letters.get(stream, 0))
        report.compare("records", stream, records, stored + duplicates + refused)
