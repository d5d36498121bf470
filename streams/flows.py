"""Flows: what one subject adds to the cells of its indicators, each at a moment, so that a past day never changes.

A cell counts in integers. Its value at a moment t is the sum of the flows before t, so a due date to come is a flow on
a future day that is taken back when the work ends earlier (DESIGN, step 6).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from streams.days import civil_day

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


Changes = dict[str, int]
"""By how much each measure changes; none by zero."""

Days = Mapping[tuple[Place, date | None, date], Changes]
"""What changes at a place, for a cohort, on a day. Measures change together: the address is hashed once for all."""

Moments = Mapping[tuple[Place, date | None, datetime], Changes]
"""The same at a moment."""


class Contribution(NamedTuple):
    """All that one subject adds to its stream's counters: what is up to its last event, by days, and what is ahead."""

    past: Days
    ahead: Moments

    @property
    def days(self) -> Iterable[tuple[tuple[Place, date | None, date], Changes]]:
        """By days, what is ahead too: an address may come twice."""
        if not self.ahead:
            return self.past.items()
        ahead = (((place, of, civil_day(moment)), numbers) for (place, of, moment), numbers in self.ahead.items())
        return [*self.past.items(), *ahead]

    @property
    def cells(self) -> Cells:
        """Each counter by itself; those that come to zero are left out."""
        counts: dict[Cell, int] = {}
        for where, numbers in self.days:
            for measure, n in numbers.items():
                cell = Cell(measure, *where)
                counts[cell] = counts.get(cell, 0) + n
        return {cell: n for cell, n in counts.items() if n}


NOTHING = Contribution({}, {})

UNASSIGNED = "unassigned"
"""The agency, field, category, … of what names none: counted, never dropped."""


def contribution(flows: Iterable[Flow], last: datetime) -> Contribution:
    """What a subject adds whose last event is of the moment `last`."""
    past: dict[tuple[Place, date | None, date], Changes] = {}
    ahead: dict[tuple[Place, date | None, datetime], Changes] = {}
    at = where = of = None
    numbers: Changes = {}
    repeated = False
    for moment, measure, place, n, cohort in flows:
        if moment is not at or place is not where or cohort is not of:  # most flows come in groups
            at, where, of = moment, place, cohort
            if moment > last:
                numbers = ahead.setdefault((place, cohort, moment), {})
            else:
                numbers = past.setdefault((place, cohort, civil_day(moment)), {})
        repeated = repeated or measure in numbers or not n
        numbers[measure] = numbers.get(measure, 0) + n
    return Contribution(_without_zeros(past), _without_zeros(ahead)) if repeated else Contribution(past, ahead)


Address = TypeVar("Address")


def _without_zeros(found: dict[Address, Changes]) -> dict[Address, Changes]:
    kept = ((address, {name: n for name, n in numbers.items() if n}) for address, numbers in found.items())
    return {address: numbers for address, numbers in kept if numbers}


def to_come(added: Iterable[Contribution], taken: Iterable[Contribution]) -> dict[Ahead, int]:
    """How what is ahead changes where subjects now add this and added that before; some may come to zero."""
    found: dict[Ahead, int] = {}
    for sign, counts in ((1, added), (-1, taken)):
        for of in counts:
            for where, numbers in of.ahead.items():
                for measure, n in numbers.items():
                    address = Ahead(measure, *where)
                    found[address] = found.get(address, 0) + sign * n
    return found


def difference(new: Cells, old: Cells) -> Cells:
    """What must be added to the counters when a subject's cells change from `old` to `new`."""
    return {cell: n for cell in new.keys() | old.keys() if (n := new.get(cell, 0) - old.get(cell, 0))}
