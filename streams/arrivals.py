"""How much comes in by which way, in spans of five minutes, and what is usual at an hour of the week (DOMAIN §5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple, get_args

from streams.catalogue import Catalogue
from streams.catalogue.systems import Carried
from streams.contracts.types import PROVINCE_TIME
from streams.days import moment

BUCKET, HOUR = 300_000_000, 3_600_000_000
"""Microseconds of one span, and of what is usual."""

COMPLAINTS = "category:"
"""Reports of a category that systems name as complaints about them are a flow too."""


class Usual(NamedTuple):
    """What usually comes in an hour of the week: the median of so many weeks, and the median distance from it (MAD)."""

    weeks: int
    median: float
    mad: float


class Seen(NamedTuple):
    """What came in some time, and what was to be expected in it; `covered` of it, 0 to 1, was counted and is compared.

    `weeks` is how much is known at least of the hours that it touches.
    """

    n: int
    expected: float
    mad: float
    weeks: int
    covered: float


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Counts of the last day by flow and beginning of the span, up to `upto`; what was not counted whole is missing.

    `usual` is by flow and hour of the week. Times are microseconds since 1970.
    """

    upto: int
    counts: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    usual: Mapping[str, Mapping[int, Usual]] = field(default_factory=dict)

    def seen(self, flow: str, begin: int, end: int) -> Seen:
        """What came by a flow in the spans between two moments, beside what is usual then."""
        counts, usual = self.counts.get(flow, {}), self.usual.get(flow, {})
        spans = range(begin // BUCKET * BUCKET, min(end, self.upto), BUCKET)
        counted = [at for at in spans if at in counts]
        hours = [usual.get(hour_of_week(at), _UNKNOWN) for at in counted]
        return Seen(
            sum(counts[at] for at in counted),
            sum(hour.median for hour in hours) * BUCKET / HOUR,
            sum(hour.mad for hour in hours) * BUCKET / HOUR,
            min((hour.weeks for hour in hours), default=0),
            len(counted) / len(spans) if spans else 0.0,
        )


_UNKNOWN = Usual(0, 0.0, 0.0)


def hour_of_week(time: int) -> int:
    """From 0, Monday's first in the province, to 167."""
    local = moment(time).astimezone(PROVINCE_TIME)
    return local.weekday() * 24 + local.hour


def is_special(catalogue: Catalogue, time: int) -> bool:
    """Whether the day is a holiday, made up for, or closed: nothing is usual on it."""
    return moment(time).astimezone(PROVINCE_TIME).date() in catalogue.calendar.exceptions


def flows(catalogue: Catalogue) -> dict[str, Sequence[str]]:
    """Every flow that is counted, with the systems that carry it, or that it complains about."""
    found: dict[str, list[str]] = {flow: [] for flow in get_args(Carried)}
    for system in catalogue.systems:
        for flow in (*system.carries, *(COMPLAINTS + category for category in system.complaints)):
            found.setdefault(flow, []).append(system.id)
    return dict(found)


KEPT = timedelta(weeks=12)
"""What is usual is told from as many weeks at most."""
