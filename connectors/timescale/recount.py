"""Reading everything back, subject by subject, in bounded memory: for `nhip verify` and for moments in the past."""

import itertools
from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any

import psycopg

from connectors.timescale.queries import load
from connectors.timescale.subjects import occurrence
from streams.catalogue import Catalogue
from streams.contracts import Stream
from streams.days import microseconds
from streams.flows import Flow
from streams.health.beats import RANK, Beat, cover
from streams.health.checks import Interval
from streams.subjects import LIFE_CYCLES, SubjectState

QUERIES = load("recount.sql")

ROWS_AT_ONCE = 5000


def rows(
    connection: psycopg.Connection, name: str, parameters: list[object] | None = None
) -> Iterator[tuple[Any, ...]]:
    """A query's rows through a server-side cursor; the connection must be in a transaction."""
    with connection.cursor(name=name) as cursor:
        cursor.itersize = ROWS_AT_ONCE
        yield from cursor.execute(QUERIES[name], parameters)


def subjects(connection: psycopg.Connection, stream: Stream) -> Iterator[tuple[str, SubjectState, list[Flow]]]:
    """Every subject of a stream, folded again from its events, in the order of their ids' bytes."""
    fold = LIFE_CYCLES[stream].fold
    for subject, group in itertools.groupby(rows(connection, stream.name), key=itemgetter(0)):
        yield subject, *fold([occurrence(stream, *columns) for _, *columns in group], Catalogue.default())


def flows_before(connection: psycopg.Connection, stream: Stream, t: datetime) -> Iterator[Flow]:
    """All flows of a stream whose moment lies before t."""
    for _, _, flows in subjects(connection, stream):
        yield from (flow for flow in flows if flow.moment < t)


def systems(connection: psycopg.Connection) -> Iterator[tuple[str, list[Beat]]]:
    """Every system's beats, sorted."""
    for subject, group in itertools.groupby(rows(connection, "health"), key=itemgetter(0)):
        yield subject, sorted(as_beat(*columns) for _, *columns in group)


def as_beat(
    time: datetime, identity: str, check: str, status: str, interval_s: int | None, grace_s: int | None
) -> Beat:
    """A stored health event as the fold takes it."""
    covered = 0 if status.startswith("maintenance") else cover(interval_s, grace_s)
    return Beat(microseconds(time), RANK[status], identity.replace("-", ""), check, status, covered)


def intervals_of(
    connection: psycopg.Connection, moment_before: datetime
) -> Iterator[tuple[str, int, list[Interval], list[Interval]]]:
    """Every system's intervals that began before a moment: (system, first ping, of checks, of maintenance)."""
    for (system, first), group in itertools.groupby(
        rows(connection, "intervals", [moment_before]), key=itemgetter(0, 1)
    ):
        checks: list[Interval] = []
        planned: list[Interval] = []
        for _, _, is_planned, check, lower, upper, state in group:
            interval = Interval(check, microseconds(lower), microseconds(upper), state)
            (planned if is_planned else checks).append(interval)
        yield system, microseconds(first), checks, planned
