"""Flows: what one subject adds to the cells of its indicators, each at a moment, so that a past day never changes.

A cell counts in integers. Its value at a moment t is the sum of the flows before t, so a due date to come is a flow on
a future day that is taken back when the work ends earlier (DESIGN, step 6).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from streams.days import civil_day
from streams.tuples import new

Place = tuple[str, ...]
"""Where something counts: the values of its stream's DIMENSIONS, in their order."""

DIMENSIONS: dict[str, Place] = {
    "reports": ("agency", "category", "area", "channel"),
    "dossiers": ("agency", "field", "procedure", "channel"),
}
"""What the indicators of each stream can be grouped by, besides days."""


class Flow(NamedTuple):
    """One change by `n` of a measure at a moment.

    `cohort` is the day by which it is asked for, such as a report's day of receipt; without one it is asked for by the
    day of its moment. A measure has flows of one of the two kinds, and its terms read it so (streams/indicators/terms).
    """

    moment: datetime
    measure: str
    place: Place
    n: int
    cohort: date | None = None


class Cell(NamedTuple):
    """The address of a counter: what changed by how much on a civil day."""

    measure: str
    place: Place
    cohort: date | None
    day: date


Cells = Mapping[Cell, int]


class Ahead(NamedTuple):
    """The address of what is still to come after a subject's last event: a date that comes near, or that passes.

    Its cell counts it on the whole of its day; until its moment has come that is taken back (connectors/timescale).
    """

    measure: str
    place: Place
    cohort: date | None
    moment: datetime


class Contribution(NamedTuple):
    """All that one subject adds to its stream's counters."""

    cells: Cells
    ahead: Mapping[Ahead, int]


Presence = tuple[datetime, Sequence[tuple[str, Place]]]
"""A moment, and the (measure, place) that a subject counts in from then on."""

NOTHING = Contribution({}, {})

UNASSIGNED = "unassigned"
"""The agency, field, category, … of what names none: counted, never dropped."""


def cells(flows: Iterable[Flow]) -> dict[Cell, int]:
    """Flows folded into cells of civil days; cells that come to zero are left out."""
    counts: dict[Cell, int] = {}
    last = day = None
    for moment, measure, place, n, cohort in flows:
        if day is None or moment is not last:  # most flows come in groups of one moment
            last, day = moment, civil_day(moment)
        cell = new(Cell, (measure, place, cohort, day))
        counts[cell] = counts.get(cell, 0) + n
    return {cell: n for cell, n in counts.items() if n} if 0 in counts.values() else counts


def contribution(flows: Sequence[Flow], last: datetime) -> Contribution:
    """What a subject adds whose last event is of the moment `last`."""
    ahead: dict[Ahead, int] = {}
    for flow in flows:
        if flow.moment > last:
            moment, measure, place, n, cohort = flow
            address = Ahead(measure, place, cohort, moment)
            ahead[address] = ahead.get(address, 0) + n
    return Contribution(cells(flows), {address: n for address, n in ahead.items() if n})


Address = TypeVar("Address", Cell, Ahead)


def add(total: dict[Address, int], more: Mapping[Address, int]) -> None:
    """Add counts to a total; those that come to zero stay."""
    for address, n in more.items():
        total[address] = total.get(address, 0) + n


def difference(new: Mapping[Address, int], old: Mapping[Address, int]) -> Mapping[Address, int]:
    """What must be added to the counters when a subject's contribution changes from `old` to `new`."""
    if not old:
        return new
    changed = dict(new)
    for address, n in old.items():
        changed[address] = changed.get(address, 0) - n
    return {address: n for address, n in changed.items() if n}


def steps(history: Iterable[Presence], cohort: date | None) -> list[Flow]:
    """Flows from a history of presence, in its order: what is left is taken back, what is new is added."""
    flows: list[Flow] = []
    before: Sequence[tuple[str, Place]] = ()
    for moment, now in history:
        if now != before:
            flows += [Flow(moment, *key, -1, cohort) for key in before if key not in now]
            flows += [Flow(moment, *key, +1, cohort) for key in now if key not in before]
            before = now
    return flows
