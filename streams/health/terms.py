"""What a check is judged by: how often it pings, after how many pings it turns, whether its system needs it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from streams import catalogue
from streams.health.checks import FAILURE_THRESHOLD, SUCCESS_THRESHOLD, Interval

SECOND = 1_000_000


class Terms(NamedTuple):
    """Terms of one check, times in microseconds. Intervals that pings carry hold before these."""

    interval: int = 300 * SECOND
    grace: int = 300 * SECOND
    failures: int = FAILURE_THRESHOLD
    successes: int = SUCCESS_THRESHOLD
    required: bool = True


DEFAULT = Terms()
"""Of a check that the catalogue does not know."""

Book = Mapping[str, Terms]
"""The terms of a system's checks, by check."""


def book(system: "catalogue.System | None") -> dict[str, Terms]:
    """What the catalogue says of a system's checks. One that is paused makes nothing up or down."""
    return {
        check.id: Terms(
            check.interval_s * SECOND,
            check.grace_s * SECOND,
            check.failure_threshold,
            check.success_threshold,
            check.required and not check.paused,
        )
        for check in (system.checks if system else ())
    }


def book_from_json(value: Mapping[str, Iterable[Any]]) -> dict[str, Terms]:
    """Terms as they are stored with a system's state."""
    return {check: Terms(*terms) for check, terms in value.items()}


def needed(intervals: Iterable[Interval], terms: Book) -> list[Interval]:
    """The intervals of the checks that make their system up or down."""
    return [one for one in intervals if terms.get(one.check, DEFAULT).required]
