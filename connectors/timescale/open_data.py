"""The counts that open data is made of, from the schema `board`, with what the catalogue knows of their codes."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime

import psycopg

from connectors.timescale.kpi import by_day, catalogue_in_force
from streams.catalogue import Catalogue
from streams.catalogue.entry import Entry
from streams.indicators.question import Question
from streams.indicators.registry import INDICATORS
from streams.open_data import MEASURES, OTHER, Key, Month, Release, dimensions, release


def read(connection: psycopg.Connection, stream: str, month: Month, now: datetime) -> tuple[Release, Catalogue]:
    """What may be published of a stream in a month, and the catalogue that names its codes."""
    known = catalogue_in_force(connection)
    cells: dict[Key, dict[str, dict[str, int]]] = {
        (day, one.name): {dimension: {} for dimension in dimensions(stream)}
        for day in month.days
        for one in MEASURES[stream]
    }
    codes: dict[str, tuple[str, ...]] = {}
    for dimension in dimensions(stream):
        named, listed = _codes(known, dimension, month)
        seen = set(listed)
        for day, name, code, n in _counted(connection, stream, dimension, month, now):
            counts = cells[day, name][dimension]
            counts[named(code)] = counts.get(named(code), 0) + n
            seen.add(named(code))
        codes[dimension] = tuple(sorted(seen))
    return release(stream, month, codes, cells), known


def _counted(
    connection: psycopg.Connection, stream: str, dimension: str, month: Month, now: datetime
) -> list[tuple[date, str, str, int]]:
    """Day, measure, code and count; each indicator is asked for once."""
    measures = defaultdict(list)
    for one in MEASURES[stream]:
        measures[one.indicator].append(one)
    found = []
    for name, asked in measures.items():
        question = Question(INDICATORS[name], month.first, month.past, now, (dimension,))
        for figure in by_day(connection, question, now):
            for one in asked:
                n = figure.numerator if one.side == "numerator" else (figure.denominator or 0) - figure.numerator
                found.append((figure.first, one.name, str(figure.group), n))
    return found


SECTIONS = {"agency": "agencies", "field": "fields", "category": "categories", "area": "areas"}
"""Where the catalogue lists the codes of a dimension."""


def _codes(catalogue: Catalogue, dimension: str, month: Month) -> tuple[Callable[[str], str], list[str]]:
    """By what a code goes, and those that hold in the month. A section that is empty knows them all."""
    entries: tuple[Entry, ...] = getattr(catalogue, SECTIONS[dimension])
    if not entries:
        return str, []
    known = {entry.code for entry in entries}
    listed = {entry.code for entry in entries if any(map(entry.holds_on, month.days))}
    return lambda code: code if code in known else OTHER, [*listed, OTHER]
