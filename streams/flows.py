"""Flows: what one subject adds to the cells of its indicators, each at a moment, so that a past day never changes.

A cell counts in integers. Its value at a moment t is the sum of the flows before t, so a due date to come is a flow on
a future day that is taken back when the work ends earlier (DESIGN, step 6).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from streams.days import civil_day


class Flow(NamedTuple):
    """One change by `n` of a measure at a moment; `cohort` is a report's day of receipt, None for its own day."""

    moment: datetime
    measure: str
    agency: str
    kind: str
    n: int
    cohort: date | None = None


class Cell(NamedTuple):
    """The address of a counter: sorts the same way everywhere, which is how deadlocks are kept out."""

    measure: str
    agency: str
    kind: str
    cohort: date
    day: date


Cells = Mapping[Cell, int]

UNASSIGNED = "unassigned"
"""The agency, field or category of what names none: counted, never dropped."""


def cells(flows: Iterable[Flow]) -> Counter[Cell]:
    """Flows folded into cells of civil days; cells that come to zero are left out."""
    counts: Counter[Cell] = Counter()
    for flow in flows:
        day = civil_day(flow.moment)
        counts[Cell(flow.measure, flow.agency, flow.kind, flow.cohort or day, day)] += flow.n
    return Counter({cell: n for cell, n in counts.items() if n})


def difference(new: Cells, old: Cells) -> Counter[Cell]:
    """What must be added to the cells when a subject's contribution changes from `old` to `new`."""
    changed = Counter(dict(new))
    changed.subtract(Counter(dict(old)))
    return Counter({cell: n for cell, n in changed.items() if n})


def steps(presence: Iterable[tuple[datetime, frozenset[tuple[str, str, str]]]], cohort: date | None) -> list[Flow]:
    """Flows from a history of presence: at each moment, the (measure, agency, kind) that count from then on."""
    flows: list[Flow] = []
    before: frozenset[tuple[str, str, str]] = frozenset()
    for moment, after in presence:
        flows += [Flow(moment, *key, -1, cohort) for key in before - after]
        flows += [Flow(moment, *key, +1, cohort) for key in after - before]
        before = after
    return flows
