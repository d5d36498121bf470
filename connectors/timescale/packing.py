"""What a subject contributes, as the JSON kept beside its state: by place, and there by day or by moment to come."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from operator import itemgetter
from typing import Any

import orjson

from streams.days import civil_day
from streams.flows import Ahead, Cell, Contribution, Place

Packed = list[tuple[Place, list[tuple[str, str | None, dict[str, int]]]]]
"""Places, each with what changes there: when, of which cohort, and each measure's number."""


def pack(contribution: Contribution) -> bytes:
    """The same for the same contribution, whatever the order in which it was made."""
    remaining = dict(contribution.cells)
    found: dict[tuple[Place, date, date | None], dict[str, int]] = defaultdict(dict)
    for (measure, place, cohort, moment), n in contribution.ahead.items():
        found[place, moment, cohort][measure] = n
        cell = Cell(measure, place, cohort, civil_day(moment))
        remaining[cell] = remaining.get(cell, 0) - n
    for (measure, place, cohort, day), n in remaining.items():
        if n:
            found[place, day, cohort][measure] = n
    texts = [(place, when.isoformat(), _text(cohort), numbers) for (place, when, cohort), numbers in found.items()]
    places: dict[Place, list[tuple[str, str | None, dict[str, int]]]] = defaultdict(list)
    for place, when, of, numbers in sorted(texts, key=itemgetter(0, 1, 2)):
        places[place].append((when, of or None, numbers))
    return orjson.dumps(list(places.items()), option=orjson.OPT_SORT_KEYS)


def unpack(packed: Iterable[Any]) -> Contribution:
    """The other way round."""
    cells: dict[Cell, int] = {}
    ahead: dict[Ahead, int] = {}
    for names, changes in packed:
        place = tuple(names)
        for when, of, numbers in changes:
            cohort = date.fromisoformat(of) if of else None
            moment = datetime.fromisoformat(when) if len(when) > len("2026-10-20") else None
            day = date.fromisoformat(when) if moment is None else civil_day(moment)
            for measure, n in numbers.items():
                cell = Cell(measure, place, cohort, day)
                cells[cell] = cells.get(cell, 0) + n
                if moment is not None:
                    ahead[Ahead(measure, place, cohort, moment)] = n
    return Contribution({cell: n for cell, n in cells.items() if n}, ahead)


def _text(cohort: date | None) -> str:
    return cohort.isoformat() if cohort else ""
