"""Observed time: the spans of canaries of each partition, kept as they are applied and read back."""

import itertools
from collections.abc import Iterable
from operator import itemgetter

import psycopg
from psycopg import AsyncCursor

from connectors.timescale.queries import load
from streams.days import microseconds, moment
from streams.fetch import Fetch
from streams.freshness import GAP_SECONDS, Span, everywhere, spans

QUERIES = load("observed.sql")


async def keep(cursor: AsyncCursor, fetch: Fetch, canaries: Iterable[int]) -> None:
    """Lengthen the partition's last span, or begin new ones; its row is locked, so nobody else does the same.

    `canaries` are append times, microseconds.
    """
    for span in spans(canaries):
        parameters = {
            "topic": fetch.topic,
            "partition": fetch.partition,
            "lower": moment(span.lower),
            "upper": moment(span.upper),
            "gap": GAP_SECONDS,
        }
        await cursor.execute(QUERIES["keep"], parameters)


def read(connection: psycopg.Connection, stream: str) -> list[Span]:
    """The time in which a whole stream was observed."""
    rows = connection.execute(QUERIES["read"], [stream]).fetchall()
    partitions = itertools.groupby(rows, key=itemgetter(0, 1))
    return everywhere([[Span(microseconds(row[2]), microseconds(row[3])) for row in found] for _, found in partitions])
