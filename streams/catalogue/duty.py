"""Who is told and when, checked when a catalogue is loaded: steps out of order, two people on one shift at a time."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from streams.catalogue.lines import Path
from streams.catalogue.rules import Route, Shift


class Fault(NamedTuple):
    """What is wrong at a path of the catalogue, and what to do."""

    path: Path
    message: str
    remedy: str


def faults(routes: Sequence[tuple[int, Route]], shifts: Sequence[tuple[int, Shift]]) -> Iterator[Fault]:
    """Everything for which an alert would reach somebody else, or at another time, than was meant."""
    for n, route in routes:
        yield from _steps(n, route)
    for n, shift in shifts:
        yield from _overrides(n, shift)


def _steps(n: int, route: Route) -> Iterator[Fault]:
    """Steps follow each other in time: a later one that comes first would be told before it."""
    for k, (before, after) in enumerate(pairwise(route.steps), 1):
        if after.after_s < before.after_s:
            message = f"comes {after.after_s} s after the alert, and the step before it {before.after_s} s"
            yield Fault(("routes", n, "steps", k), message, "put the steps in the order of after_s")


def _overrides(n: int, shift: Shift) -> Iterator[Fault]:
    """One shift has one person at a time."""
    ordered = sorted(enumerate(shift.overrides), key=lambda entry: entry[1].begins)
    for (_, before), (k, after) in pairwise(ordered):
        if after.begins < before.ends:
            message = f"{after.person!r} and {before.person!r} stand in at the same time"
            yield Fault(("shifts", n, "overrides", k), message, f"let this one begin at {before.ends} or later")
