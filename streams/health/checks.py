"""One check's life (DOMAIN §1.3): down after three failures in a row, up after two successes, each from its first.

Silence longer than interval + grace leaves the time unobserved and starts the check anew. Whether a silence means
"down" is decided where the stream's freshness is known, not here.
"""

from typing import NamedTuple

FAILURE_THRESHOLD = 3
SUCCESS_THRESHOLD = 2

NEW, UP, DEGRADED, DOWN, MAINTENANCE = "new", "up", "degraded", "down", "maintenance"
_GOOD = {"ok": UP, "degraded": DEGRADED}


class Interval(NamedTuple):
    """A check was in a state from `lower` up to `upper` (microseconds since 1970, half open)."""

    check: str
    lower: int
    upper: int
    state: str


class Check(NamedTuple):
    """Where one check stands: seen at `last`, spoken for up to `until`, in `state` since `lower`, and the length and
    beginning of the run of pings that speak against that state."""

    last: int
    until: int
    lower: int
    state: str = NEW
    run: int = 0
    run_start: int = 0


def step(name: str, check: Check | None, time: int, status: str, cover: int) -> tuple[Check, Interval | None]:
    """The check after one ping, and the interval that the ping closed, if it did."""
    closed = None
    if check is None:
        check = Check(time, time, time)
    elif time > check.until:
        closed = _interval(name, check, check.until)
        check = Check(time, time, time)
    good = _GOOD.get(status)
    contrary = good is None if check.state in (UP, DEGRADED) else (good is not None) == (check.state == DOWN)
    if check.state == NEW and good is not None:
        return Check(time, time + cover, time, good), closed
    if not contrary:
        if good is not None and good != check.state:
            return Check(time, time + cover, time, good), _interval(name, check, time)
        return Check(time, time + cover, check.lower, check.state), closed
    run, run_start = check.run + 1, check.run_start if check.run else time
    if run < (SUCCESS_THRESHOLD if check.state == DOWN else FAILURE_THRESHOLD):
        return Check(time, time + cover, check.lower, check.state, run, run_start), closed
    turned = Check(time, time + cover, run_start, good or DOWN)
    return turned, closed or _interval(name, check, run_start)


def _interval(name: str, check: Check, upper: int) -> Interval | None:
    if check.state == NEW or upper <= check.lower:
        return None
    return Interval(name, check.lower, upper, check.state)


def open_interval(name: str, check: Check) -> Interval | None:
    """What is known so far of the state a check is in: up to its last ping, not beyond."""
    return _interval(name, check, check.last)
