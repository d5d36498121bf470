"""Rollups: the rows of counters that answer every question with few of them (docs/decisions/0005-cells.md).

A leaf is what changed at one place on one day. It is counted once on each axis (each dimension alone, and the pair
that boards ask for), by day, month and year, so that whatever stands at the end of a day is the sum of the years, the
months and the days before: at most some fifty rows a group, however old the history.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from streams.flows import DIMENSIONS, Contribution, Place
from streams.lanes import BITS

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


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The axis, within and who of a row. There is one of each (`group`), so it is itself its key: the longest loops of
    counting look groups up, and three texts take five times as long."""

    axis: str
    within: str
    who: str


@cache
def group(axis: str, within: str, who: str) -> Group:
    """The one group of these; as many are kept as the catalogue has, and pairs that were counted."""
    return Group(axis, within, who)


Span = tuple[str, str, date, date]
"""The vector, grain, cohort and day of a row."""

Lanes = Mapping[str, int]
"""The lane of each measure within its stream's vector."""


def leaves(stream: str, added: Iterable[Contribution], taken: Iterable[Contribution], lanes: Lanes) -> dict[Leaf, int]:
    """What subjects add, and what they added before and is taken back, as packed counters; some may come to zero.

    Raises KeyError for a measure without a lane.
    """
    found: dict[Leaf, int] = {}
    shifts = {measure: BITS * lane for measure, lane in lanes.items()}
    for sign, counts in ((1, added), (-1, taken)):
        for of in counts:
            for where, numbers in of.days:
                packed = 0
                for measure, n in numbers.items():
                    bits = shifts.get(measure)
                    if bits is not None:
                        packed += n << bits
                        continue
                    vector, lane = located(measure, lanes)
                    leaf = (vector, *where)
                    found[leaf] = found.get(leaf, 0) + (sign * n << BITS * lane)
                if packed:
                    leaf = (stream, *where)
                    found[leaf] = found.get(leaf, 0) + sign * packed
    return found


def located(measure: str, lanes: Lanes) -> tuple[str, int]:
    """The vector and the lane of a measure. A histogram's bucket, "reports.resolution#17", has its own vector."""
    histogram, _, bucket = measure.partition("#")
    return (histogram, int(bucket)) if bucket else (measure.partition(".")[0], lanes[measure])


def rows(stream: str, found: Mapping[Leaf, int]) -> dict[Row, int]:
    """The rows that leaves of a stream are counted in; rows that come to zero are left out."""
    return {
        Row(vector, of.axis, of.within, grain, cohort, day, of.who): n
        for (vector, grain, cohort, day), counts in spans(stream, found)
        for of, n in counts.items()
        if n
    }


def spans(stream: str, found: Mapping[Leaf, int]) -> Iterator[tuple[Span, dict[Group, int]]]:
    """The same by span, some counters zero.

    Only the shortest grain is summed from leaves, each longer one from the rows before it, which are fewer.
    """
    level = _shortest(stream, found)
    while level:
        yield from level.items()
        longer: dict[Span, dict[Group, int]] = {}
        for span, counts in level.items():
            following = _longer(span)
            if following is not None:
                _add(longer.setdefault(following, {}), counts)
        level = longer


def _shortest(stream: str, found: Mapping[Leaf, int]) -> dict[Span, dict[Group, int]]:
    level: dict[Span, dict[Group, int]] = {}
    for (vector, place, cohort, day), n in found.items():
        span = (vector, "D", NO_COHORT, day) if cohort is None else (vector, "DD", cohort, day)
        counts = level.setdefault(span, {})
        for of in groups(stream, place):
            counts[of] = counts.get(of, 0) + n
    return level


def _add(counts: dict[Group, int], more: Mapping[Group, int]) -> None:
    for of, n in more.items():
        counts[of] = counts.get(of, 0) + n


def axes(stream: str) -> tuple[str, ...]:
    """Those that every change of a stream is counted on."""
    return (*DIMENSIONS[stream], ",".join(PAIRS[stream]))


@lru_cache(maxsize=100_000)
def groups(stream: str, place: Place) -> tuple[Group, ...]:
    """What a place belongs to."""
    named = dict(zip(DIMENSIONS[stream], place, strict=True))
    first, second = PAIRS[stream]
    singles = (group(dimension, "", value) for dimension, value in named.items())
    return (*singles, group(f"{first},{second}", named[first], named[second]))


def _longer(span: Span) -> Span | None:
    """The span of the next longer grain that holds a span; None above the longest."""
    vector, grain, cohort, day = span
    match grain:
        case "D":
            return vector, "M", cohort, day.replace(day=1)
        case "M":
            return vector, "Y", cohort, day.replace(month=1)
        case "DD":
            return vector, "MD", cohort.replace(day=1), day
        case "MD":
            return vector, "MM", cohort, day.replace(day=1)
    return None


def unplaced(counts: Iterable[Contribution], lanes: Lanes) -> list[str]:
    """The measures that still need a lane."""
    measures = {measure for of in counts for _, numbers in of.days for measure in numbers}
    return sorted(measure for measure in measures - lanes.keys() if "#" not in measure)
