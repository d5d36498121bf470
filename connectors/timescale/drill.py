"""From a number to what is behind it: the subjects that count in one side of an indicator, with their events."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import psycopg

from connectors.timescale.kpi import agencies
from connectors.timescale.packing import unpack
from connectors.timescale.queries import load
from streams.days import civil_day, day_start
from streams.errors import WrongUse
from streams.flows import DIMENSIONS, Cell, Contribution
from streams.indicators.exclusions import excluding
from streams.indicators.question import Question
from streams.indicators.terms import Term, counts_in

QUERIES = load("drill.sql")

AT_ONCE = 1000
"""Subjects looked at in one query."""

Side = Literal["numerator", "denominator", "excluded"]


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject behind a number: how often it counts, where it stands, why it was excluded, and its events."""

    subject: str
    n: int
    state: str
    agency: str
    kind: str
    received_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    flags: list[str]
    events: list[dict[str, Any]] = field(default_factory=list)


def behind(
    connection: psycopg.Connection, question: Question, side: Side, now: datetime, limit: int, after: str = ""
) -> tuple[list[Subject], str | None]:
    """Up to `limit` subjects whose id comes after `after`, and where to go on, None at the end.

    The sum of their `n` is the number. *Excluded* are those that a flag leaves out of the indicator on both sides: what
    contradicts itself, a status or a rating that does not exist (streams/indicators/exclusions.py). Raises WrongUse for
    what has no subjects, and for a moment within a past day.
    """
    t = min(question.as_of, day_start(question.past))
    if question.indicator.stream not in DIMENSIONS:
        raise WrongUse(f"{question.indicator.name} is made of time, not of subjects; `nhip show system` tells it")
    if t < now and t != day_start(civil_day(t)):
        raise WrongUse("what is behind a number is listed as of now, or as of the end of a day")
    found: list[Subject] = []
    for subject in _all(connection, question, side, t, after):
        if len(found) == limit:
            return _with_events(connection, question, found), found[-1].subject
        found.append(subject)
    return _with_events(connection, question, found), None


def _all(connection: psycopg.Connection, question: Question, side: Side, t: datetime, after: str) -> Iterator[Subject]:
    period = question.indicator.stream, question.first, question.past
    named = agencies(connection, question)
    while True:
        rows = connection.execute(QUERIES["contributors"], [*period, after, AT_ONCE]).fetchall()
        for *columns, packed in rows:
            subject, *stands = columns
            n = _n(question, side, unpack(packed), t, Subject(subject, 0, *stands), named)
            if n:
                yield Subject(subject, n, *stands)
        if len(rows) < AT_ONCE:
            return
        after = rows[-1][0]


def _n(
    question: Question, side: Side, counts: Contribution, t: datetime, subject: Subject, named: Callable[[str], str]
) -> int:
    indicator = question.indicator
    if side == "excluded" and not excluding(indicator, subject.flags):
        return 0
    numerator, denominator = (
        list(_each(question, terms, counts, t, named)) for terms in (indicator.numerator, indicator.denominator or ())
    )
    if side != "excluded":
        return sum(numerator if side == "numerator" else denominator)
    received = subject.received_at
    within = bool(numerator or denominator) or received is None or day_start(question.first) <= received
    where = {"agency": named(subject.agency)}
    matches = all(where.get(name, value) == value for name, value in question.where.items())
    return int(within and matches and not sum(numerator) and not sum(denominator))


def _each(
    question: Question, terms: tuple[Term, ...], counts: Contribution, t: datetime, named: Callable[[str], str]
) -> Iterator[int]:
    """What each cell adds, as it stood at t; what is still to come that day is taken back."""
    today = civil_day(t)
    changes = [(cell, n) for cell, n in counts.cells.items() if day_start(cell.day) < t]
    changes += [
        (Cell(measure, place, cohort, today), -n)
        for (place, cohort, moment), numbers in counts.ahead.items()
        if moment >= t and civil_day(moment) == today
        for measure, n in numbers.items()
    ]
    for cell, n in changes:
        place = dict(zip(DIMENSIONS[question.indicator.stream], cell.place, strict=True))
        place["agency"] = named(place["agency"])
        if all(place[name] == value for name, value in question.where.items()):
            yield from (term.sign * n for term in terms if counts_in(term, cell, question.first, question.past))


def _with_events(connection: psycopg.Connection, question: Question, found: list[Subject]) -> list[Subject]:
    by_id = {subject.subject: subject for subject in found}
    rows = connection.execute(QUERIES["events"], [question.indicator.stream, list(by_id)])
    for subject, time, kind, source, event_id in rows:
        by_id[subject].events.append({"time": time, "type": kind, "source": source, "id": event_id})
    return found
