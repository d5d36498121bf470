"""What a subject contributes, as the JSON kept beside its state: by place, and there by day or by moment to come."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import orjson

from streams.flows import Changes, Contribution, Place


def pack(contribution: Contribution) -> bytes:
    """What is ahead is told by its moments, all else by its days."""
    places: dict[Place, list[tuple[date, date | None, dict[str, int]]]] = {}
    for found in contribution:
        for (place, cohort, when), numbers in found.items():
            places.setdefault(place, []).append((when, cohort, numbers))
    return orjson.dumps(list(places.items()))


def unpack(packed: Iterable[Any]) -> Contribution:
    """The other way round."""
    past: dict[tuple[Place, date | None, date], Changes] = {}
    ahead: dict[tuple[Place, date | None, datetime], Changes] = {}
    for names, changes in packed:
        place = tuple(names)
        for when, of, numbers in changes:
            cohort = date.fromisoformat(of) if of else None
            if len(when) > len("2026-10-20"):
                ahead[place, cohort, datetime.fromisoformat(when)] = numbers
            else:
                past[place, cohort, date.fromisoformat(when)] = numbers
    return Contribution(past, ahead)
