"""Systems folded again from their pings, and what they were in the last days, held against what is stored."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from connectors.timescale.comparison import Report, merged
from connectors.timescale.observed import read
from connectors.timescale.queries import load
from connectors.timescale.recount import rows, systems
from streams.days import civil_day, day_start, microseconds, moment
from streams.health.beats import Beat
from streams.health.checks import Interval
from streams.health.fold import System, fold
from streams.health.terms import Book, book_from_json, needed
from streams.health.uptime import Day, Observed, Piece, by_day, observed, pieces, tail

QUERIES = load("recount.sql")
KPI = load("kpi.sql")

DAYS = 7
"""Uptime of the last days is compared as SQL tells it; what it is made of, all of it."""


def verify_systems(connection: psycopg.Connection, report: Report) -> None:
    """Compare states, intervals, days, checkpoints and uptime of every system; the transaction is one snapshot."""
    spans, uptimes = read(connection, "health"), dict[tuple[date, str], Observed]()
    today = civil_day(datetime.now(UTC))
    days = [today - timedelta(n) for n in range(1, DAYS + 1)]
    for subject, was, now in merged(rows(connection, "system_states"), systems(connection)):
        if was is None or now is None:
            report.compare("system", subject, was is not None, now is not None)
            continue
        checks, maintenance = _system(connection, report, was, now[1])
        for day in days:
            lower, upper = (microseconds(day_start(d)) for d in (day, day + timedelta(1)))
            uptimes[day, subject] = observed(pieces(checks, maintenance, lower, upper), spans)
    for what, subject in connection.execute(QUERIES["strays"]):
        report.compare(what, subject, "some", "none")
    for day in days:
        for subject, up, down, maintenance, _ in connection.execute(KPI["uptime"], [day, day + timedelta(1), "now"]):
            seen = Observed(up, down, maintenance)
            report.compare("uptime", f"{subject} {day}", seen, uptimes.get((day, subject), Observed()))


Intervals = set[Interval]


def _system(
    connection: psycopg.Connection, report: Report, was: tuple[Any, ...], beats: list[Beat]
) -> tuple[Intervals, Intervals]:
    """Compare one system; the intervals that its uptime is made of from the events, those that last included."""
    subject, first_at, last_at, stored, stored_tail, stored_terms = was
    terms = book_from_json(stored_terms)
    checkpoints = {
        microseconds(before): System.from_json(state)
        for before, state in connection.execute(QUERIES["checkpoints"], [subject])
    }
    checks, planned, system = _folded(beats, checkpoints, terms, subject, report)
    lasting, work = system.open_intervals()
    report.compare("system state", subject, System.from_json(stored), system)
    report.compare("system times", subject, (first_at, last_at), (moment(beats[0].time), moment(beats[-1].time)))
    ends = tail(needed(lasting, terms), work, beats[-1].time)
    report.compare("system tail", subject, [Piece(**piece) for piece in stored_tail], ends)
    found = {
        (is_planned, Interval(check, microseconds(lower), microseconds(upper), state, covered))
        for is_planned, check, lower, upper, state, covered in connection.execute(QUERIES["intervals_of"], [subject])
    }
    made = {(False, i) for i in checks} | {(True, i) for i in planned}
    report.compare("intervals", subject, sorted(found - made), sorted(made - found))
    days = {
        day: Day(up, down, maintenance, tuple(Piece(**piece) for piece in silent or ()))
        for day, up, down, maintenance, silent in connection.execute(QUERIES["days_of"], [subject])
    }
    whole = set(needed([*checks, *lasting], terms))
    again = by_day(whole, planned, beats[0].time, beats[-1].time, beats[-1].time)
    report.compare("days", subject, days, {day: seen for day, seen in again.items() if seen != Day()})
    return whole, {*planned, *work}


def _folded(
    beats: list[Beat], checkpoints: dict[int, System], terms: Book, subject: str, report: Report
) -> tuple[list[Interval], list[Interval], System]:
    """Fold all beats of a system at once, looking at each stored checkpoint on the way."""
    observed: dict[tuple[str, int], Interval] = {}
    planned: dict[tuple[str, int], Interval] = {}
    system, begin = System(), 0
    for at in [*sorted(checkpoints), None]:
        end = next((n for n in range(begin, len(beats)) if at is not None and beats[n].time >= at), len(beats))
        folded = fold(system, beats[begin:end], terms=terms)
        observed.update(folded.observed)
        planned.update(folded.maintained)
        system, begin = folded.system, end
        if at is not None:
            report.compare("checkpoint", f"{subject} {moment(at)}", checkpoints[at], system)
    return list(observed.values()), list(planned.values()), system
