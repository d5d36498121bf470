"""How long a system was up, down or in maintenance: a sweep over its checks, and what a silence was worth.

A silence is down time only as far as a ping could have been seen: within a span of observed time, once interval +
grace of that span have passed. The rest is unobserved and counts nowhere (DESIGN, "Freshness").
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from streams.days import civil_day, day_start, microseconds, moment
from streams.freshness import Span
from streams.health.beats import SYSTEM
from streams.health.checks import DOWN, MAINTENANCE, SILENT, UP, Interval
from streams.health.fold import FOREVER


class Observed(NamedTuple):
    """Microseconds of observed time. Down inside maintenance counts as maintenance; unobserved time counts nowhere."""

    up: int = 0
    down: int = 0
    maintenance: int = 0

    def plus(self, other: "Observed") -> "Observed":
        return Observed(self.up + other.up, self.down + other.down, self.maintenance + other.maintenance)


class Piece(NamedTuple):
    """What a system was from `lower` up to `upper` (microseconds): up, down, maintenance or silent.

    Of a silent one, `cover` is after how much observed time it means down, `up` what it is else: up by other checks.
    """

    lower: int
    upper: int
    state: str
    cover: int = 0
    up: bool = False


def pieces(checks: Iterable[Interval], maintenance: Iterable[Interval], lower: int, upper: int) -> list[Piece]:
    """What a system was between two moments: as bad as its worst check that is not itself in maintenance."""
    parts = [i for i in (*checks, *maintenance) if i.lower < upper and i.upper > lower]
    begins = [(max(i.lower, lower), True, i) for i in parts]
    ends = [(min(i.upper, upper), False, i) for i in parts]
    found: list[Piece] = []
    since, current = lower, set[Interval]()
    for time, begun, part in sorted(begins + ends):
        worst = _worst(current) if time > since else None
        if worst is not None:
            begin = found.pop().lower if found and found[-1][1:] == (since, *worst) else since
            found.append(Piece(begin, time, *worst))
        since = time
        (current.add if begun else current.discard)(part)
    return found


def _worst(parts: Collection[Interval]) -> tuple[str, int, bool] | None:
    planned = {part.check for part in parts if part.state == MAINTENANCE}
    of_checks = [part for part in parts if part.state != MAINTENANCE]
    if not of_checks:
        return None
    states = {part.state for part in of_checks if part.check not in planned}
    if SYSTEM in planned or not states:
        return MAINTENANCE, 0, False
    if DOWN in states:
        return DOWN, 0, False
    if SILENT not in states:
        return UP, 0, False
    silent = [part.cover for part in of_checks if part.state == SILENT and part.check not in planned]
    return SILENT, min(silent), states != {SILENT}


def observed(pieces: Iterable[Piece], spans: Sequence[Span]) -> Observed:
    """The pieces summed up; `spans` is the observed time, in order."""
    total = Observed()
    for piece in pieces:
        length = piece.upper - piece.lower
        match piece.state:
            case "silent":
                down = sum(_down(piece, span) for span in spans)
                total = total.plus(Observed(up=length - down if piece.up else 0, down=down))
            case state:
                total = total.plus(Observed(**{state: length}))
    return total


def _down(silent: Piece, span: Span) -> int:
    return max(min(silent.upper, span.upper) - max(silent.lower, span.lower + silent.cover), 0)


class Day(NamedTuple):
    """A civil day of a system: what its pings say of it, in microseconds, and its silences."""

    up: int = 0
    down: int = 0
    maintenance: int = 0
    silent: tuple[Piece, ...] = ()


def day_of(pieces: Collection[Piece]) -> Day:
    """The pieces of one day."""
    silent = tuple(piece for piece in pieces if piece.state == SILENT)
    return Day(*observed((piece for piece in pieces if piece.state != SILENT), ()), silent)


def days_between(lower: int, upper: int) -> list[date]:
    """The civil days that a stretch of time touches."""
    first, last = civil_day(moment(lower)), civil_day(moment(upper))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def by_day(
    checks: Collection[Interval], maintenance: Collection[Interval], lower: int, upper: int, last: int
) -> dict[date, Day]:
    """Each civil day that the stretch touches, whole days; nothing is said of what comes after the last beat."""
    found = {}
    for day in days_between(lower, upper):
        begin, end = microseconds(day_start(day)), microseconds(day_start(day + timedelta(days=1)))
        found[day] = day_of(pieces(checks, maintenance, begin, min(end, last)))
    return found


def tail(checks: Iterable[Interval], maintenance: Iterable[Interval], last: int) -> list[Piece]:
    """What a system is from its last beat on, until further ones come, from its open intervals."""
    return pieces(checks, maintenance, last, FOREVER)
