"""Indicators of systems: uptime from their days, outages from their intervals, the others from the pings themselves."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import pairwise

import psycopg

from connectors.timescale.observed import read as read_spans
from connectors.timescale.queries import load
from connectors.timescale.recount import histories
from streams.catalogue import Catalogue
from streams.days import civil_day, day_start, microseconds
from streams.health.checks import DOWN, UP
from streams.health.timeline import Stretch, outages, timeline
from streams.health.uptime import observed, pieces
from streams.indicators.figures import Part
from streams.indicators.question import Question

QUERIES = load("health_kpi.sql")
UPTIME, CATALOGUE = (load("kpi.sql")[name] for name in ("uptime", "catalogue"))


def parts(connection: psycopg.Connection, question: Question, now: datetime) -> Iterable[Part]:
    """What each system adds to an indicator of the stream `health`; all of it is read from the schema `board`."""
    with connection.transaction():  # cursors on the server live in one
        return list(READ[question.indicator.name](connection, question, now))


def _until(question: Question, now: datetime) -> datetime:
    return min(question.as_of, day_start(question.past), now)


def _uptime(connection: psycopg.Connection, question: Question, now: datetime) -> Iterator[Part]:
    """From days for now and for the ends of days, else from intervals."""
    t = min(question.as_of, day_start(question.past))
    if t < now and t != day_start(civil_day(t)):
        yield from _past_uptime(connection, question, t)
        return
    past = question.past if t >= now else civil_day(t)
    for system, up, down, planned, due in connection.execute(UPTIME, [question.first, past, min(t, now)]):
        yield Part({"system": system}, up, up + down, up + down + planned, due)


def _past_uptime(connection: psycopg.Connection, question: Question, t: datetime) -> Iterator[Part]:
    lower, upper = microseconds(day_start(question.first)), microseconds(t)
    spans = read_spans(connection, "health")
    for one in histories(connection, t, day_start(question.first)):
        begin = max(lower, one.first)
        seen = observed(pieces(one.needed, one.maintenance, begin, upper), spans)
        if begin < upper:
            yield Part({"system": one.system}, seen.up, seen.up + seen.down, sum(seen), upper - begin)


def _timelines(
    connection: psycopg.Connection, question: Question, now: datetime
) -> Iterator[tuple[str, list[Stretch]]]:
    """Every system from its first ping up to the end of the period: an outage may have begun long before it."""
    t, spans = _until(question, now), read_spans(connection, "health")
    for one in histories(connection, t):
        yield one.system, timeline(pieces(one.needed, one.maintenance, one.first, microseconds(t)), spans)


def _mttr(connection: psycopg.Connection, question: Question, now: datetime) -> Iterator[Part]:
    begin = microseconds(day_start(question.first))
    for system, stretches in _timelines(connection, question, now):
        ended = [one.end - one.begin for one in outages(stretches) if one.end is not None and one.end >= begin]
        if ended:
            yield Part({"system": system}, sum(ended) // 1_000_000, len(ended))


def _flaps(connection: psycopg.Connection, question: Question, now: datetime) -> Iterator[Part]:
    begin = microseconds(day_start(question.first))
    for system, stretches in _timelines(connection, question, now):
        known = [one for one in stretches if one.state in (UP, DOWN)]
        changes = [after for before, after in pairwise(known) if before.state != after.state]
        yield Part({"system": system}, sum(change.lower >= begin for change in changes))


def _heartbeats(connection: psycopg.Connection, question: Question, now: datetime) -> Iterator[Part]:
    for system, seconds in connection.execute(QUERIES["heartbeats"], {"until": _until(question, now)}):
        yield Part({"system": system}, seconds)


def _latencies(connection: psycopg.Connection, question: Question, now: datetime) -> Iterator[Part]:
    period = [day_start(question.first), _until(question, now)]
    for system, bucket, n in connection.execute(QUERIES["latencies"], period):
        yield Part({"system": system}, buckets={bucket: n})


def _alerts_per_shift(connection: psycopg.Connection, question: Question, now: datetime) -> Iterator[Part]:
    """The turns of duty are the same whichever system is asked about: alerts of several are put together first."""
    begin, end = day_start(question.first), _until(question, now)
    row = connection.execute(CATALOGUE).fetchone()
    shifts = Catalogue.model_validate_json(row[0]).shifts if row else ()
    turns = max((shift.turns(begin, end) for shift in shifts), default=0)
    counted = {system: n for system, n, _ in connection.execute(QUERIES["alerts"], [begin, end])}
    if question.axis:
        yield from (Part({"system": system}, n, turns) for system, n in counted.items())
    else:
        yield Part({}, sum(counted.values()), turns)


Read = Callable[[psycopg.Connection, Question, datetime], Iterable[Part]]


def _counted(query: str) -> Read:
    """A numerator, and a denominator where there is one, from what happened in the period."""

    def read(connection: psycopg.Connection, question: Question, now: datetime) -> Iterator[Part]:
        period = [day_start(question.first), _until(question, now)]
        for system, numerator, denominator in connection.execute(QUERIES[query], period):
            yield Part({"system": system}, numerator, denominator)

    return read


READ: dict[str, Read] = {
    "health.uptime": _uptime,
    "health.mtta": _counted("acknowledgements"),
    "health.mttr": _mttr,
    "health.alerts": _counted("alerts"),
    "health.alerts_per_shift": _alerts_per_shift,
    "health.alerts_mttr": _counted("alerts_resolved"),
    "health.alerts_noise": _counted("alerts_noise"),
    "health.flaps": _flaps,
    "health.error_ratio": _counted("errors"),
    "health.latency_p50": _latencies,
    "health.latency_p95": _latencies,
    "health.heartbeat_age": _heartbeats,
    "health.cert_days": _counted("certificates"),
    "health.queue_length": _counted("queues"),
    "health.documents_electronic": _counted("documents"),
}
"""How each indicator of the stream is read: a new one is one line here."""
