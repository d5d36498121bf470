"""Indicators from the `board` schema; from the events themselves for a moment in the past that no cell can tell."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import psycopg

from connectors.timescale.observed import read as read_spans
from connectors.timescale.queries import load
from connectors.timescale.recount import flows_before, histories
from streams.contracts import STREAMS
from streams.days import civil_day, day_start, microseconds
from streams.flows import Cell
from streams.health.uptime import observed, pieces
from streams.indicators.figures import Figure, Part, Question, figures
from streams.indicators.terms import Term, counts_in

QUERIES = load("kpi.sql")


def answer(connection: psycopg.Connection, question: Question, now: datetime) -> list[Figure]:
    """The figures of one question. Cells answer for now and for the ends of days, events for any other moment."""
    fresh = connection.execute(QUERIES["fresh"], [question.indicator.stream]).fetchone()
    age = (now - fresh[0]).total_seconds() if fresh and fresh[0] else None
    return figures(question, _parts(connection, question, now), age)


def by_day(connection: psycopg.Connection, question: Question, now: datetime) -> list[Figure]:
    """The same for each civil day of the period; days that have not begun are left out."""
    days = (question.past - question.first).days
    found = []
    for day in (question.first + timedelta(n) for n in range(days)):
        if day_start(day) <= question.as_of:
            one = Question(
                question.indicator, day, day + timedelta(1), question.as_of, question.group_by, question.rounding
            )
            found += answer(connection, one, now)
    return found


def _parts(connection: psycopg.Connection, question: Question, now: datetime) -> Iterable[Part]:
    t = min(question.as_of, day_start(question.past))
    health = question.indicator.stream == "health"
    if t >= now:
        past, as_of = question.past, t
    elif t == day_start(civil_day(t)):
        past, as_of = civil_day(t), now
    else:
        return _past_uptime(connection, question, t) if health else _past(connection, question, t)
    if health:
        return _uptime(connection, question.first, past, min(as_of, now))
    rows = connection.execute(QUERIES["indicator"], [question.indicator.name, question.first, past, as_of])
    return [Part((agency, kind), numerator, denominator) for agency, kind, numerator, denominator in rows]


def _uptime(connection: psycopg.Connection, first: date, past: date, as_of: datetime) -> list[Part]:
    rows = connection.execute(QUERIES["uptime"], [first, past, as_of])
    return [Part((system,), up, up + down, up + down + planned, due) for system, up, down, planned, due in rows]


def _past_uptime(connection: psycopg.Connection, question: Question, t: datetime) -> Iterable[Part]:
    lower, upper = microseconds(day_start(question.first)), microseconds(t)
    spans = read_spans(connection, "health")
    for system, first, checks, planned in histories(connection, t):
        begin = max(lower, first)
        seen = observed(pieces(checks, planned, begin, upper), spans)
        if begin < upper:
            yield Part((system,), seen.up, seen.up + seen.down, sum(seen), upper - begin)


def _past(connection: psycopg.Connection, question: Question, t: datetime) -> Iterable[Part]:
    stream = next(stream for stream in STREAMS if stream.name == question.indicator.stream)
    terms = [(1, term) for term in question.indicator.numerator]
    terms += [(0, term) for term in question.indicator.denominator or ()]
    for flow in flows_before(connection, stream, t):
        day = civil_day(flow.moment)
        cell = Cell(flow.measure, flow.place, flow.cohort or day, day)
        n = [_value(terms, side, cell, flow.n, question.first, question.past) for side in (1, 0)]
        if any(n):
            yield Part(flow.place[:2], n[0], n[1])


def _value(terms: list[tuple[int, Term]], side: int, cell: Cell, n: int, first: date, past: date) -> int:
    return sum(term.sign * n for of, term in terms if of == side and counts_in(term, cell, first, past))
