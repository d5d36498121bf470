"""Systems folded again from their pings, and what they were in the last days, held against what is stored."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from connectors.timescale.comparison import Report, merged
from connectors.timescale.floor import floor_now
from connectors.timescale.observed import read
from connectors.timescale.queries import load
from connectors.timescale.recount import rows, systems
from streams.contracts import HEALTH
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
    floor = microseconds(floor_now(connection, HEALTH))
    spans, uptimes = read(connection, "health"), dict[tuple[date, str], Observed]()
    today = civil_day(datetime.now(UTC))
    days = [today - timedelta(n) for n in range(1, DAYS + 1)]
    days = [day for day in days if microseconds(day_start(day)) >= floor]
    for subject, was, now in merged(rows(connection, "system_states"), systems(connection)):
        pruned = was is not None and microseconds(was[1]) < floor  # then it may have no ping left
        if was is None or (now is None and not pruned):
            report.compare("system", subject, was is not None, now is not None)
            continue
        checks, maintenance = _system(connection, report, was, now[1] if now else [], floor)
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
    connection: psycopg.Connection, report: Report, was: tuple[Any, ...], beats: list[Beat], floor: int
) -> tuple[Intervals, Intervals]:
    """Compare one system from the floor on; the intervals that its uptime is made of from the events, those that last
    included. What ended before the floor is believed: nothing is left to find it from."""
    subject, first_at, last_at, stored, stored_tail, stored_terms = was
    terms = book_from_json(stored_terms)
    checkpoints = {
        microseconds(before): System.from_json(state)
        for before, state in connection.execute(QUERIES["checkpoints"], [subject])
    }
    checks, planned, system = _folded(beats, dict(checkpoints), terms, subject, report, floor)
    lasting, work = system.open_intervals()
    report.compare("system state", subject, System.from_json(stored), system)
    pruned = floor in checkpoints
    first = microseconds(first_at) if pruned else beats[0].time
    last = system.last or first
    report.compare("system times", subject, (first_at, last_at), (moment(first), moment(last)))
    ends = tail(needed(lasting, terms), work, last)
    report.compare("system tail", subject, [Piece(**piece) for piece in stored_tail], ends)
    found = {
        (is_planned, Interval(check, microseconds(lower), microseconds(upper), state, covered))
        for is_planned, check, lower, upper, state, covered in connection.execute(QUERIES["intervals_of"], [subject])
    }
    made = {(False, i) for i in checks} | {(True, i) for i in planned}
    if pruned:
        found, made = ({one for one in of if one[1].upper > floor} for of in (found, made))
    report.compare("intervals", subject, sorted(found - made), sorted(made - found))
    days = {
        day: Day(up, down, maintenance, tuple(Piece(**piece) for piece in silent or ()))
        for day, up, down, maintenance, silent in connection.execute(QUERIES["days_of"], [subject])
    }
    whole = set(needed([*checks, *lasting], terms))
    again = by_day(whole, planned, max(first, floor), last, last) if last >= floor else {}
    again = {day: seen for day, seen in again.items() if seen != Day()}
    if pruned:
        told = civil_day(moment(floor))
        days, again = ({day: seen for day, seen in of.items() if day > told} for of in (days, again))
    report.compare("days", subject, days, again)
    return whole, {*planned, *work}


def _folded(
    beats: list[Beat], checkpoints: dict[int, System], terms: Book, subject: str, report: Report, floor: int
) -> tuple[list[Interval], list[Interval], System]:
    """Fold all beats of a system from its snapshot at the floor, looking at each stored checkpoint on the way."""
    observed: dict[tuple[str, int], Interval] = {}
    planned: dict[tuple[str, int], Interval] = {}
    start = checkpoints.pop(floor, None)
    system, begin = start or System(), 0
    for at in [*sorted(checkpoints), None]:
        end = next((n for n in range(begin, len(beats)) if at is not None and beats[n].time >= at), len(beats))
        folded = fold(system, beats[begin:end], terms=terms)
        observed.update(folded.observed)
        planned.update(folded.maintained)
        system, begin = folded.system, end
        if at is not None:
            report.compare("checkpoint", f"{subject} {moment(at)}", checkpoints[at], system)
    return list(observed.values()), list(planned.values()), system
