"""What SQL has to know of streams and indicators, written by `nhip setup` from the code."""

from collections.abc import Iterator

import psycopg

from connectors.timescale.queries import load
from streams.flows import DIMENSIONS
from streams.indicators.registry import INDICATORS
from streams.indicators.terms import Indicator, Read

QUERIES = load("terms.sql")
CELLS = load("cells.sql")


def write(connection: psycopg.Connection) -> None:
    """Replace the dimensions of streams and the terms of indicators, and give their measures lanes: a batch that has to
    do so makes all others wait."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(QUERIES["forget"])
        cursor.executemany(QUERIES["dimension"], list(_dimensions()))
        cursor.executemany(QUERIES["term"], [row for indicator in INDICATORS.values() for row in _terms(indicator)])
        cursor.execute(CELLS["lock_measures"])
        cursor.execute(CELLS["place_measures"], [_measures()])


def _dimensions() -> Iterator[tuple[str, str, int]]:
    for stream, names in DIMENSIONS.items():
        yield from ((stream, name, position) for position, name in enumerate(names, 1))


def _terms(indicator: Indicator) -> Iterator[tuple[str, str, str, str, int]]:
    for side, terms in (("numerator", indicator.numerator), ("denominator", indicator.denominator or ())):
        yield from ((indicator.name, side, term.measure, term.read.value, term.sign) for term in terms)


def _measures() -> list[str]:
    """Those that are counted in rows of their stream, in the order of their lanes. Those of cohorts come first: rows of
    cohorts hold no others, and a row ends with its last counter that is not zero."""
    counted = [
        term
        for indicator in INDICATORS.values()
        if indicator.stream in DIMENSIONS and indicator.quantile is None
        for term in (*indicator.numerator, *(indicator.denominator or ()))
    ]
    counted.sort(key=lambda term: term.read is not Read.COHORT)
    return list(dict.fromkeys(term.measure for term in counted))
