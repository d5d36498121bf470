"""What checks and systems are now: the fold's word while their pings speak, then what the silence means (DOMAIN §1.3).

A silent check is down once its interval + grace have passed in time that was observed without a gap; until then, and
whenever nothing is observed, it is late or unknown. Everything is a function of values: the ticker brings them.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from streams import catalogue
from streams.freshness import STALE, Span
from streams.health import checks, reasons
from streams.health.beats import SYSTEM
from streams.health.fold import System
from streams.health.terms import DEFAULT, Terms, book
from streams.words import NO_WORDS, Words

SECOND = 1_000_000


class State(StrEnum):
    """The states of DOMAIN §1.3, and what a child of a system that is down is."""

    NEW = "new"
    UP = "up"
    DEGRADED = "degraded"
    LATE = "late"
    DOWN = "down"
    MAINTENANCE = "maintenance"
    PAUSED = "paused"
    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"


_BADNESS = (State.NEW, State.UP, State.DEGRADED, State.LATE, State.UNKNOWN, State.DOWN)


class LastPing(NamedTuple):
    """What a check's last ping said besides its status."""

    interval_s: int | None = None
    grace_s: int | None = None
    latency_ms: float | None = None
    probe: str | None = None
    error: str | None = None
    code: int | None = None
    cert_days: int | None = None
    queue_length: int | None = None
    metrics: Mapping[str, float] | None = None


class CheckNow(NamedTuple):
    """A check's state, since when (microseconds, None for never) and why; `silent`: by silence alone."""

    state: State
    since: int | None
    reason: Words
    heartbeat: int | None = None
    required: bool = True
    silent: bool = False
    ping: LastPing = LastPing()


class SystemNow(NamedTuple):
    """A system's state as its worst required check has it, and each check's."""

    state: State
    since: int | None
    reason: Words
    checks: Mapping[str, CheckNow]


def system_now(
    fold: System,
    pings: Mapping[str, LastPing],
    known: "catalogue.System | None",
    observed: Span | None,
    now: int,
) -> SystemNow:
    """A system at the moment `now`, microseconds; `observed` is the last span of observed time."""
    declared = {check.id: check for check in known.checks} if known else {}
    terms = book(known)
    found = {
        name: _check_now(
            name, fold, _from_probe(pings.get(name), declared.get(name)), terms.get(name, DEFAULT), observed, now
        )
        for name in sorted(declared.keys() | fold.checks.keys())
    }
    for name, check in declared.items():
        if check.paused:
            found[name] = found[name]._replace(
                state=State.PAUSED, reason=reasons.PAUSED, silent=False, required=check.required
            )
    return of_checks(found, fold.maintenance.get(SYSTEM))


def of_checks(found: Mapping[str, CheckNow], planned_since: int | None = None) -> SystemNow:
    """The system that these checks make; `planned_since`: since when it is in maintenance as a whole, if it is."""
    if planned_since is not None:
        return SystemNow(State.MAINTENANCE, planned_since, reasons.PLANNED, found)
    required = [(name, check) for name, check in found.items() if check.required]
    live = [(name, check) for name, check in required if check.state in _BADNESS]
    if not live:
        aside = next((check for _, check in required), None)
        return SystemNow(*(aside[:3] if aside else (State.NEW, None, reasons.NO_CHECK_HEARD)), found)
    state = max((check.state for _, check in live), key=_BADNESS.index)
    named = [(name, check) for name, check in live if check.state is state]
    since = [check.since for _, check in named if check.since is not None]
    first = max(since, default=None) if state is State.UP else min(since, default=None)
    return SystemNow(state, first, reasons.of_system((name, check.reason) for name, check in named), found)


def stands_until(
    fold: System, pings: Mapping[str, LastPing], known: "catalogue.System | None", observed: Span | None, now: int
) -> int | None:
    """Up to which moment time alone does not change what `system_now` says, microseconds; None for ever.

    That is while no check's next ping is due, or once its silence, past its last moment, was found to mean "down": it
    does for as long as that span of observed time goes on. Between the two nothing is promised.
    """
    terms = book(known)
    ends = [
        check.last + _interval(check, pings.get(name, LastPing()), terms.get(name, DEFAULT))
        for name, check in fold.checks.items()
        if name not in fold.maintenance and not (_is_silent(check, observed) and now > check.until)
    ]
    return min(ends, default=None)


def _check_now(name: str, fold: System, ping: LastPing, terms: Terms, observed: Span | None, now: int) -> CheckNow:
    check = fold.checks.get(name)
    required = terms.required
    if check is None:
        return CheckNow(State.NEW, None, reasons.NEVER_HEARD, required=required, ping=ping)
    if name in fold.maintenance:
        return CheckNow(State.MAINTENANCE, fold.maintenance[name], reasons.PLANNED, check.last, required, ping=ping)
    state, since, reason = _judged(check, ping, terms, observed, now)
    silent = state in (State.DOWN, State.UNKNOWN) and now > check.until
    return CheckNow(state, since, reason, check.last, required, silent, ping)


def _from_probe(ping: LastPing | None, declared: "catalogue.Check | None") -> LastPing:
    """The ping, from the probe that the catalogue names where it names none itself."""
    said = ping or LastPing()
    return said._replace(probe=declared.probe) if declared and said.probe is None else said


def _judged(
    check: checks.Check, ping: LastPing, terms: Terms, observed: Span | None, now: int
) -> tuple[State, int, Words]:
    interval = _interval(check, ping, terms)
    if observed and _is_silent(check, observed):
        deadline = max(check.last, observed.lower) + check.until - check.last
        return State.DOWN, deadline, _silent(check, interval)
    seen = observed is not None and observed.lower <= check.last and now - observed.upper <= STALE
    if now > check.until and not seen:
        return State.UNKNOWN, check.until, reasons.UNSEEN
    if check.state == checks.DOWN:
        return State.DOWN, check.lower, reasons.failing(ping.error, ping.code)
    if now > check.last + interval:
        return State.LATE, check.last + interval, _silent(check, interval)
    return State(check.state), check.lower, NO_WORDS


def _interval(check: checks.Check, ping: LastPing, terms: Terms) -> int:
    """Microseconds after which the next ping is due."""
    return min(terms.interval if ping.interval_s is None else ping.interval_s * SECOND, check.until - check.last)


def _is_silent(check: checks.Check, observed: Span | None) -> bool:
    """Whether no ping came for as long as the last one spoke for, in observed time without a gap."""
    return observed is not None and observed.upper >= max(check.last, observed.lower) + check.until - check.last


def _silent(check: checks.Check, interval: int) -> Words:
    return reasons.silent(check.last, interval, check.until - check.last - interval)
