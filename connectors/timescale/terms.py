"""What SQL has to know of streams and indicators, written by `nhip setup` from the code."""

from collections.abc import Iterator

import psycopg

from connectors.timescale.queries import load
from streams.flows import DIMENSIONS
from streams.indicators.registry import INDICATORS
from streams.indicators.terms import Indicator

QUERIES = load("terms.sql")


def write(connection: psycopg.Connection) -> None:
    """Replace the dimensions of streams and the terms of indicators."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(QUERIES["forget"])
        cursor.executemany(QUERIES["dimension"], list(_dimensions()))
        cursor.executemany(QUERIES["term"], [row for indicator in INDICATORS.values() for row in _terms(indicator)])


def _dimensions() -> Iterator[tuple[str, str, int]]:
    for stream, names in DIMENSIONS.items():
        yield from ((stream, name, position) for position, name in enumerate(names, 1))


def _terms(indicator: Indicator) -> Iterator[tuple[str, str, str, str, int]]:
    for side, terms in (("numerator", indicator.numerator), ("denominator", indicator.denominator or ())):
        yield from ((indicator.name, side, term.measure, term.read.value, term.sign) for term in terms)
