"""One check's life (DOMAIN §1.3): down after so many failures in a row, up after successes, each from its first.

A ping speaks for interval + grace. A longer gap is silent, and the first ping after it starts the check anew. How much
of a silence means "down" depends on what was observed meanwhile (streams/health/uptime.py), never on the pings alone.
"""

from typing import NamedTuple

FAILURE_THRESHOLD = 3
SUCCESS_THRESHOLD = 2

NEW, UP, DEGRADED, DOWN, MAINTENANCE, SILENT = "new", "up", "degraded", "down", "maintenance", "silent"
_GOOD = {"ok": UP, "degraded": DEGRADED}


class Interval(NamedTuple):
    """A check was in a state from `lower` up to `upper` (microseconds since 1970, half open).

    `cover` of a silent one: for how long the ping before it spoke, microseconds.
    """

    check: str
    lower: int
    upper: int
    state: str
    cover: int = 0


class Check(NamedTuple):
    """Where one check stands: seen at `last`, spoken for up to `until`, in `state` since `lower`, and the length and
    beginning of the run of pings that speak against that state."""

    last: int
    until: int
    lower: int
    state: str = NEW
    run: int = 0
    run_start: int = 0


def step(
    name: str,
    check: Check | None,
    time: int,
    status: str,
    cover: int,
    failures: int = FAILURE_THRESHOLD,
    successes: int = SUCCESS_THRESHOLD,
) -> tuple[Check, Interval | None]:
    """The check after one ping, and the interval that the ping closed, if it did. The ping speaks for `cover`."""
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
    if run < (successes if check.state == DOWN else failures):
        return Check(time, time + cover, check.lower, check.state, run, run_start), closed
    turned = Check(time, time + cover, run_start, good or DOWN)
    return turned, closed or _interval(name, check, run_start)


def _interval(name: str, check: Check, upper: int) -> Interval | None:
    if check.state == NEW or upper <= check.lower:
        return None
    return Interval(name, check.lower, upper, check.state)


def open_interval(name: str, check: Check) -> Interval | None:
    """The state a check is in, for as long as its last ping speaks for it."""
    return _interval(name, check, check.until)


def silence(name: str, check: Check, upper: int) -> Interval:
    """The gap from where a check's last ping ceases to speak for it up to its next ping, which is later."""
    return Interval(name, check.until, upper, SILENT, check.until - check.last)
