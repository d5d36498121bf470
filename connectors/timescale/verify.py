"""`nhip verify`: everything recomputed from the events, in one snapshot, and compared with what is stored."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import psycopg

from connectors.timescale.queries import load
from connectors.timescale.recount import rows, subjects, systems
from connectors.timescale.subjects import unpack
from streams.contracts import Stream
from streams.days import civil_day, microseconds, moment
from streams.flows import Cell, cells
from streams.health.beats import Beat
from streams.health.checks import Interval
from streams.health.fold import System, fold
from streams.health.uptime import Observed, by_day
from streams.indicators.registry import INDICATORS
from streams.indicators.terms import Indicator, counts_in
from streams.subjects import LIFE_CYCLES, SubjectState

QUERIES = load("recount.sql")
KPI = load("kpi.sql")

DAYS_OF_INDICATORS = 7
"""Indicators of the last days are compared through SQL; the cells they are made of, all of them."""

SHOWN = 100


@dataclass(slots=True)
class Report:
    """What was compared, how often it differed, and the first differences in words."""

    compared: Counter[str] = field(default_factory=Counter)
    differences: int = 0
    shown: list[str] = field(default_factory=list)

    def compare(self, what: str, name: object, stored: object, recomputed: object) -> None:
        """Count one comparison."""
        self.compared[what] += 1
        if stored != recomputed:
            self.differences += 1
            if len(self.shown) < SHOWN:
                self.shown.append(f"{what} {name}: stored {stored}, from the events {recomputed}")


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
        _systems(connection, report)
        _counts(connection, report)
    return report


def _subjects(connection: psycopg.Connection, stream: Stream, report: Report) -> Counter[Cell]:
    counted: Counter[Cell] = Counter()
    stored = ((row[0], _state(row), unpack(row[-1])) for row in rows(connection, f"{stream.name[:-1]}_states"))
    fresh = ((subject, state, dict(cells(flows))) for subject, state, flows in subjects(connection, stream))
    for subject, was, now in _merged(stored, fresh):
        report.compare(f"{stream.name[:-1]} state", subject, was, now)
        counted.update(now[2] if now else {})
    return counted


def _state(row: tuple[Any, ...]) -> SubjectState:
    state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, flags, _ = row[1:]
    return SubjectState(state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, tuple(flags))


T = TypeVar("T", bound=tuple[Any, ...])


def _merged(stored: Iterator[T], fresh: Iterator[T]) -> Iterator[tuple[str, T | None, T | None]]:
    """Rows of both sides by their first column, which both have in the order of its bytes."""
    was, now = next(stored, None), next(fresh, None)
    while was is not None or now is not None:
        key = min(row[0].encode() for row in (was, now) if row is not None)
        left = was if was is not None and was[0].encode() == key else None
        right = now if now is not None and now[0].encode() == key else None
        yield key.decode(), left, right
        was = next(stored, None) if left is not None else was
        now = next(fresh, None) if right is not None else now


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


def _systems(connection: psycopg.Connection, report: Report) -> None:
    stored = rows(connection, "system_states")
    for subject, was, now in _merged(stored, systems(connection)):
        if was is None or now is None:
            report.compare("system", subject, was is not None, now is not None)
        else:
            _system(connection, report, was, now[1])
    for what, subject in connection.execute(QUERIES["strays"]):
        report.compare(what, subject, "some", "none")


def _system(connection: psycopg.Connection, report: Report, was: tuple[Any, ...], beats: list[Beat]) -> None:
    subject, first_at, last_at, spoken_for, stored = was
    checkpoints = {
        microseconds(before): System.from_json(state)
        for before, state in connection.execute(QUERIES["checkpoints"], [subject])
    }
    observed, planned, system = _folded(beats, checkpoints, subject, report)
    report.compare("system state", subject, System.from_json(stored), system)
    times = (moment(beats[0].time), moment(beats[-1].time), moment(system.spoken_for or beats[0].time))
    report.compare("system times", subject, (first_at, last_at, spoken_for), times)
    found = {
        (is_planned, Interval(check, microseconds(lower), microseconds(upper), state))
        for is_planned, check, lower, upper, state in connection.execute(QUERIES["intervals_of"], [subject])
    }
    made = {(False, i) for i in observed} | {(True, i) for i in planned}
    report.compare("intervals", subject, sorted(found - made), sorted(made - found))
    days = {day: Observed(*seen) for day, *seen in connection.execute(QUERIES["days_of"], [subject])}
    again = by_day(observed, planned, beats[0].time, beats[-1].time)
    report.compare("days", subject, days, {day: seen for day, seen in again.items() if seen != Observed()})


def _folded(
    beats: list[Beat], checkpoints: dict[int, System], subject: str, report: Report
) -> tuple[list[Interval], list[Interval], System]:
    """Fold all beats of a system at once, looking at each stored checkpoint on the way."""
    observed: dict[tuple[str, int], Interval] = {}
    planned: dict[tuple[str, int], Interval] = {}
    system, begin = System(), 0
    for at in [*sorted(checkpoints), None]:
        end = next((n for n in range(begin, len(beats)) if at is not None and beats[n].time >= at), len(beats))
        folded = fold(system, beats[begin:end])
        observed.update(folded.observed)
        planned.update(folded.maintained)
        system, begin = folded.system, end
        if at is not None:
            report.compare("checkpoint", f"{subject} {moment(at)}", checkpoints[at], system)
    return list(observed.values()), list(planned.values()), system


def _counts(connection: psycopg.Connection, report: Report) -> None:
    events: dict[str, int] = dict(connection.execute(QUERIES["events_by_stream"]).fetchall())
    letters: dict[str, int] = dict(connection.execute(QUERIES["dead_letters_by_stream"]).fetchall())
    for stream, records, stored, duplicates, refused in connection.execute(QUERIES["counts"]):
        report.compare("events stored", stream, stored, events.get(stream, 0))
        report.compare("dead letters", stream, refused, letters.get(stream, 0))
        report.compare("records", stream, records, stored + duplicates + refused)
