"""Reading everything back, subject by subject, in bounded memory: for `nhip verify` and for moments in the past."""

import itertools
from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

import psycopg

from connectors.timescale.catalogue import stored
from connectors.timescale.queries import load
from connectors.timescale.subjects import occurrence
from streams.catalogue import Catalogue
from streams.contracts import Stream
from streams.contracts.types import EARLIEST
from streams.days import microseconds
from streams.flows import Flow
from streams.health.beats import RANK, Beat
from streams.health.checks import Interval
from streams.health.fold import System
from streams.health.terms import Book, book_from_json, needed
from streams.subjects import LIFE_CYCLES, SubjectState

QUERIES = load("recount.sql")

ROWS_AT_ONCE = 5000


def rows(
    connection: psycopg.Connection, name: str, parameters: list[object] | dict[str, object] | None = None
) -> Iterator[tuple[Any, ...]]:
    """A query's rows through a server-side cursor; the connection must be in a transaction."""
    with connection.cursor(name=name) as cursor:
        cursor.itersize = ROWS_AT_ONCE
        yield from cursor.execute(QUERIES[name], parameters)


def subjects(connection: psycopg.Connection, stream: Stream) -> Iterator[tuple[str, SubjectState, list[Flow]]]:
    """Every subject of a stream in the order of their ids' bytes, folded again from its events with the catalogue that
    its state was folded with."""
    fold = LIFE_CYCLES[stream].fold
    for (subject, version), group in itertools.groupby(rows(connection, stream.name), key=itemgetter(0, 1)):
        catalogue = stored(connection, version) if version else Catalogue.default()
        yield subject, *fold([occurrence(stream, *columns) for _, _, *columns in group], catalogue)


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
    interval = None if interval_s is None else interval_s * 1_000_000
    grace = None if grace_s is None else grace_s * 1_000_000
    return Beat(microseconds(time), RANK[status], identity.replace("-", ""), check, status, interval, grace)


class History(NamedTuple):
    """What is known of a system: when its first ping was, microseconds, and the intervals of checks and maintenance."""

    system: str
    first: int
    checks: list[Interval]
    maintenance: list[Interval]
    terms: Book

    @property
    def needed(self) -> list[Interval]:
        """Of the checks that make the system up or down."""
        return needed(self.checks, self.terms)


def histories(
    connection: psycopg.Connection, before: datetime, after: datetime = EARLIEST, of: str | None = None
) -> Iterator[History]:
    """Every system, or one, that was known before a moment: its intervals between the two moments, and what lasts."""
    parameters: dict[str, object] = {"before": before, "after": after, "of": of}
    for (system, first), group in itertools.groupby(rows(connection, "intervals", parameters), key=itemgetter(0, 1)):
        found = list(group)
        checks, planned = System.from_json(found[0][2]).open_intervals()
        for is_planned, check, lower, upper, state, covered in (row[4:] for row in found if row[5] is not None):
            interval = Interval(check, microseconds(lower), microseconds(upper), state, covered)
            (planned if is_planned else checks).append(interval)
        terms = book_from_json(found[0][3])
        yield History(system, microseconds(first), list(set(checks)), list(set(planned)), terms)
