"""The codes that stored events carry, held against a catalogue."""

from datetime import datetime
from typing import NamedTuple

import psycopg

from connectors.timescale.queries import load
from streams.catalogue import Catalogue

QUERIES = load("catalogue.sql")


class Stray(NamedTuple):
    """A code that the catalogue does not know (`known` false), or not for all of the time in which it was used."""

    section: str
    code: str
    events: int
    first: datetime
    last: datetime
    known: bool


def strays(connection: psycopg.Connection, catalogue: Catalogue) -> list[Stray]:
    """Codes in the data that a catalogue lacks, the most frequent first; reads every event of reports and dossiers.

    A section that is empty lacks nothing: the province does not list those. For systems, `events` is 1.
    """
    rows = [
        row for name in ("reports", "dossiers", "health") for row in connection.execute(QUERIES[f"codes_of_{name}"])
    ]
    merged: dict[tuple[str, str], tuple[int, datetime, datetime]] = {}
    for section, code, events, first, last in rows:
        more, earlier, later = merged.get((section, code), (0, first, last))
        merged[section, code] = events + more, min(first, earlier), max(last, later)
    found = []
    for (section, code), (events, first, last) in merged.items():
        known, holds = _knows(catalogue, section, code, first, last)
        if getattr(catalogue, section) and not holds:
            found.append(Stray(section, code, events, first, last, known))
    return sorted(found, key=lambda stray: (-stray.events, stray.section, stray.code))


def _knows(catalogue: Catalogue, section: str, code: str, first: datetime, last: datetime) -> tuple[bool, bool]:
    """Whether a code is known at any time, and whether it is at both ends of its use."""
    if section == "systems":
        known = catalogue.system(code) is not None
        return known, known
    has, at = {
        "agencies": (catalogue.has_agency, catalogue.agency),
        "areas": (catalogue.has_area, catalogue.area),
        "categories": (catalogue.has_category, catalogue.category),
        "fields": (catalogue.has_field, catalogue.field),
        "procedures": (catalogue.has_procedure, catalogue.procedure),
    }[section]
    return has(code), at(code, first) is not None and at(code, last) is not None
