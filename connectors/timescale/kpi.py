"""Indicators from the `board` schema; from the events themselves for a moment in the past that no cell can tell."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

import psycopg

from connectors.timescale import health_kpi
from connectors.timescale.queries import load
from connectors.timescale.recount import flows_before
from streams.catalogue import Catalogue
from streams.contracts import STREAMS
from streams.days import MICROSECOND, civil_day, day_start
from streams.flows import DIMENSIONS, Cell, Flow
from streams.indicators.figures import Figure, Part, figures
from streams.indicators.question import Question
from streams.indicators.registry import indicator
from streams.indicators.terms import OfProcedures, counts_in

QUERIES = load("kpi.sql")


def answer(connection: psycopg.Connection, question: Question, now: datetime) -> list[Figure]:
    """The figures of one question. Cells answer for now and for the ends of days, events for any other moment."""
    parts = _succeeded(connection, question, _parts(connection, question, now))
    return figures(question, parts, _age(connection, question, now))


def by_day(connection: psycopg.Connection, question: Question, now: datetime) -> list[Figure]:
    """The same for each civil day of the period; days that have not begun are left out."""
    span = range((question.past - question.first).days)
    days = [day for day in (question.first + timedelta(n) for n in span) if day_start(day) <= question.as_of]
    of_day = {day: replace(question, first=day, past=day + timedelta(1)) for day in days}
    one = question.indicator
    at_once = one.stream != "health" and one.quantile is None and one.of_procedures is None
    whole = [day for day in days if question.as_of >= now or day_start(day + timedelta(1)) <= question.as_of]
    if not at_once or not whole:
        return [figure for day in days for figure in answer(connection, of_day[day], now)]
    parts = _each_day(connection, replace(question, past=whole[-1] + timedelta(1)), now)
    age = _age(connection, question, now)
    found = []
    for day in whole:
        found += figures(of_day[day], _succeeded(connection, of_day[day], parts[day]), age)
    return found + [figure for day in days[len(whole) :] for figure in answer(connection, of_day[day], now)]


def _age(connection: psycopg.Connection, question: Question, now: datetime) -> float | None:
    fresh = connection.execute(QUERIES["fresh"], [question.indicator.stream]).fetchone()
    return (now - fresh[0]).total_seconds() if fresh and fresh[0] else None


def _parts(connection: psycopg.Connection, question: Question, now: datetime) -> Iterable[Part]:
    if question.indicator.stream == "health":
        return health_kpi.parts(connection, question, now)
    t = min(question.as_of, day_start(question.past))
    if question.indicator.of_procedures is not None:
        return [_of_procedures(connection, question, question.indicator.of_procedures, now)]
    if t >= now:
        past, as_of = question.past, t
    elif t == day_start(civil_day(t)):
        past, as_of = civil_day(t), now
    else:
        return _past(connection, question, t)
    if question.indicator.quantile is not None:
        return _histograms(connection, question, past, as_of)
    period = [question.indicator.name, question.first, past, as_of]
    rows = connection.execute(QUERIES["indicator"], [*period, *_axis(question)])
    return [Part(_place(question, within, who), *sides) for within, who, *sides in rows]


def _of_procedures(connection: psycopg.Connection, question: Question, counted: OfProcedures, now: datetime) -> Part:
    """What is counted in the catalogue in force, as it holds at the last moment of the period."""
    dossiers: dict[str, int] = {}
    if counted.dossiers is not None:
        by_procedure = replace(question, indicator=indicator(counted.dossiers), group_by=("procedure",))
        dossiers = {str(figure.group): figure.numerator for figure in answer(connection, by_procedure, now)}
    last = min(question.as_of, day_start(question.past) - MICROSECOND)
    return Part({}, *counted.share(catalogue_in_force(connection), last, dossiers))


def _axis(question: Question) -> tuple[str | None, list[str] | None]:
    """The axis to read, and of a pair the agencies within which: those that were asked for, unless by successor."""
    axis = question.axis
    within = question.where.get(axis[0]) if len(axis) > 1 and not question.by_successor else None
    return ",".join(axis) or None, None if within is None else [within]


def _place(question: Question, within: str, who: str) -> dict[str, str]:
    return dict(zip(reversed(question.axis), (who, within), strict=False))


def _each_day(connection: psycopg.Connection, question: Question, now: datetime) -> dict[date, list[Part]]:
    found: dict[date, list[Part]] = defaultdict(list)
    period = [question.indicator.name, question.first, question.past, now]
    for day, within, who, *sides in connection.execute(QUERIES["indicator_by_day"], [*period, *_axis(question)]):
        found[day].append(Part(_place(question, within, who), *sides))
    return found


def _histograms(connection: psycopg.Connection, question: Question, past: date, as_of: datetime) -> list[Part]:
    period = [question.indicator.name, question.first, past, as_of]
    rows = connection.execute(QUERIES["histogram"], [*period, *_axis(question)])
    return [Part(_place(question, within, who), buckets={bucket: n}) for within, who, bucket, n in rows]


def _succeeded(connection: psycopg.Connection, question: Question, parts: Iterable[Part]) -> Iterable[Part]:
    """Parts by the agency that has come after theirs, where that was asked for."""
    if not question.by_successor:
        return parts
    named = agencies(connection, question)
    return (part._replace(place={**part.place, "agency": named(part.place["agency"])}) for part in parts)


def agencies(connection: psycopg.Connection, question: Question) -> Callable[[str], str]:
    """What an agency counts as: itself, or who has come after it as of the question, so that periods before and after a
    merger can be put side by side."""
    if not question.by_successor:
        return str
    catalogue = catalogue_in_force(connection)
    return lambda agency: catalogue.successor(agency, question.as_of)


def catalogue_in_force(connection: psycopg.Connection) -> Catalogue:
    """The catalogue in force as boards see it: the gateway asks too, and knows no table."""
    row = connection.execute(QUERIES["catalogue"]).fetchone()
    return _read(row[0]) if row else Catalogue.default()


@lru_cache(maxsize=4)
def _read(content: str) -> Catalogue:
    return Catalogue.model_validate_json(content)


def _past(connection: psycopg.Connection, question: Question, t: datetime) -> Iterator[Part]:
    stream = next(stream for stream in STREAMS if stream.name == question.indicator.stream)
    for flow in flows_before(connection, stream, t):
        part = part_of(question, flow)
        if part is not None:
            yield part


def part_of(question: Question, flow: Flow) -> Part | None:
    """What one flow adds to an indicator of whole days; None when it adds nothing."""
    indicator = question.indicator
    cell = Cell(flow.measure, flow.place, flow.cohort, civil_day(flow.moment))
    numerator, denominator = (
        sum(term.sign * flow.n for term in terms if counts_in(term, cell, question.first, question.past))
        for terms in (indicator.numerator, indicator.denominator or ())
    )
    if not numerator and not denominator:
        return None
    place = dict(zip(DIMENSIONS[indicator.stream], flow.place, strict=True))
    if indicator.quantile is not None:
        return Part(place, buckets={int(flow.measure.partition("#")[2]): numerator})
    return Part(place, numerator, denominator)
