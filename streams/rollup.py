"""Rollups: the rows of counters that answer every question with few of them (docs/decisions/0005-cells.md).

A leaf is what changed at one place on one day. It is counted once on each axis (each dimension alone, and the pair
that boards ask for), by day, month and year, so that whatever stands at the end of a day is the sum of the years, the
months and the days before: at most some fifty rows a group, however old the history.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from streams.flows import DIMENSIONS, Cell, Place
from streams.lanes import packed

PAIRS = {"reports": ("agency", "category"), "dossiers": ("agency", "field")}
"""The two dimensions of each stream that can be asked for together."""

NO_COHORT = date.min
"""The cohort of a row whose flows have none."""


class Row(NamedTuple):
    """The address of a row of counters: those of `vector`, in `who` of an axis (of a pair: within an agency).

    `grain` says how long `day` is: D, M or Y from that date on; with a cohort DD, MD or MM, its own length first.
    """

    vector: str
    axis: str
    within: str
    grain: str
    cohort: date
    day: date
    who: str


Leaf = tuple[str, Place, date | None, date]
"""A vector, and where, of which cohort and on which day some of its counters change."""

Lanes = Mapping[str, int]
"""The lane of each measure within its stream's vector."""


def leaves(changes: Mapping[Cell, int], lanes: Lanes) -> dict[Leaf, int]:
    """Changes of cells as packed counters."""
    found: dict[Leaf, int] = {}
    for (measure, place, cohort, day), n in changes.items():
        vector, lane = located(measure, lanes)
        leaf = (vector, place, cohort, day)
        found[leaf] = found.get(leaf, 0) + packed({lane: n})
    return found


def located(measure: str, lanes: Lanes) -> tuple[str, int]:
    """The vector and the lane of a measure. A histogram's bucket, "reports.resolution#17", has its own vector."""
    histogram, _, bucket = measure.partition("#")
    return (histogram, int(bucket)) if bucket else (measure.partition(".")[0], lanes[measure])


def rows(stream: str, found: Mapping[Leaf, int]) -> dict[Row, int]:
    """The rows that leaves of a stream are counted in; rows that come to zero are left out."""
    counted: dict[Row, int] = {}
    for (vector, place, cohort, day), n in found.items():
        for axis, within, who in groups(stream, place):
            for grain, cohorts, days in _blocks(cohort, day):
                row = Row(vector, axis, within, grain, cohorts, days, who)
                counted[row] = counted.get(row, 0) + n
    return {row: n for row, n in counted.items() if n}


@lru_cache(maxsize=100_000)
def groups(stream: str, place: Place) -> tuple[tuple[str, str, str], ...]:
    """The (axis, within, who) that a place belongs to."""
    named = dict(zip(DIMENSIONS[stream], place, strict=True))
    first, second = PAIRS[stream]
    singles = ((dimension, "", value) for dimension, value in named.items())
    return (*singles, (f"{first},{second}", named[first], named[second]))


@lru_cache(maxsize=10_000)
def _blocks(cohort: date | None, day: date) -> tuple[tuple[str, date, date], ...]:
    month = day.replace(day=1)
    if cohort is None:
        return ("D", NO_COHORT, day), ("M", NO_COHORT, month), ("Y", NO_COHORT, month.replace(month=1))
    cohorts = cohort.replace(day=1)
    return ("DD", cohort, day), ("MD", cohorts, day), ("MM", cohorts, month)


def unplaced(measures: Iterable[str], lanes: Lanes) -> list[str]:
    """The measures that still need a lane."""
    return sorted({measure for measure in measures if "#" not in measure and measure not in lanes})
