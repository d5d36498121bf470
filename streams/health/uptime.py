"""How long a system was up, down or in maintenance: a sweep over the intervals of its checks."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from streams.days import civil_day, day_start, microseconds, moment
from streams.health.beats import SYSTEM
from streams.health.checks import DOWN, MAINTENANCE, Interval


class Observed(NamedTuple):
    """Microseconds of observed time. Down inside maintenance counts as maintenance; unobserved time counts nowhere."""

    up: int = 0
    down: int = 0
    maintenance: int = 0

    def plus(self, other: "Observed") -> "Observed":
        return Observed(self.up + other.up, self.down + other.down, self.maintenance + other.maintenance)


def observed(checks: Iterable[Interval], maintenance: Iterable[Interval], lower: int, upper: int) -> Observed:
    """What a system was between two moments: as bad as its worst check that is not itself in maintenance."""
    parts = [i for i in (*checks, *maintenance) if i.lower < upper and i.upper > lower]
    begins = [(max(i.lower, lower), True, i) for i in parts]
    ends = [(min(i.upper, upper), False, i) for i in parts]
    total, since = Observed(), lower
    current: set[Interval] = set()
    for time, begun, part in sorted(begins + ends):
        state = _worst(current) if time > since else None
        if state is not None:
            total = total.plus(Observed(**{state: time - since}))
        since = time
        (current.add if begun else current.discard)(part)
    return total


def _worst(parts: Collection[Interval]) -> str | None:
    planned = {part.check for part in parts if part.state == MAINTENANCE}
    states = {part.state for part in parts if part.state != MAINTENANCE and part.check not in planned}
    if not any(part.state != MAINTENANCE for part in parts):
        return None
    if SYSTEM in planned or not states:
        return "maintenance"
    return "down" if DOWN in states else "up"


def days_between(lower: int, upper: int) -> list[date]:
    """The civil days that a stretch of time touches."""
    first, last = civil_day(moment(lower)), civil_day(moment(upper))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def by_day(
    checks: Collection[Interval], maintenance: Collection[Interval], lower: int, upper: int
) -> dict[date, Observed]:
    """Observed time of each civil day that the stretch touches, whole days."""
    return {
        day: observed(
            checks, maintenance, microseconds(day_start(day)), microseconds(day_start(day + timedelta(days=1)))
        )
        for day in days_between(lower, upper)
    }
