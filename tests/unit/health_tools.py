"""Beats of one system for hypothesis, and what they make of it by a single sorted fold."""

from collections.abc import Iterable
from typing import NamedTuple

from hypothesis import strategies as st

from streams.days import microseconds
from streams.freshness import Span
from streams.health.beats import RANK, Beat
from streams.health.checks import Interval
from streams.health.fold import System, fold
from tests.unit.event_tools import at

SECOND = 1_000_000
BEGIN = microseconds(at("2026-11-23 23:57"))
"""Just before midnight, so that the beats of an example lie in two civil days or three."""


def ping(seconds: int, status: str = "ok", check: str = "web", cover: int = 120, number: int = 0) -> Beat:
    """A ping so many seconds after BEGIN."""
    identity = f"{number or seconds:032x}"
    return Beat(BEGIN + seconds * SECOND, RANK[status], identity, check, status, cover * SECOND, 0)


def maintenance(seconds: int, word: str, check: str = "", number: int = 0) -> Beat:
    status = f"maintenance_{word}"
    return Beat(BEGIN + seconds * SECOND, RANK[status], f"{number or seconds:032x}", check, status)


_PLANNED = st.tuples(st.sampled_from(["maintenance_started", "maintenance_ended"]), st.sampled_from(["", "web"]))
_STATUSES = st.sampled_from(["ok", "ok", "fail", "fail", "fail", "degraded", "start"])
_ANY = st.tuples(_STATUSES, st.sampled_from(["web", "sync"])) | _PLANNED
FLAPPING = st.tuples(st.sampled_from(["ok", "ok", "fail", "fail", "fail", "degraded"]), st.just("web"))

_STEPS = st.sampled_from([0, 0, 1, 30, 60, 60, 90, 300, 40_000])
CLOSE = st.sampled_from([0, 30, 60])


@st.composite
def beats(
    draw: st.DrawFn,
    whats: st.SearchStrategy[tuple[str, str]] = _ANY,
    steps: st.SearchStrategy[int] = _STEPS,
    least: int = 1,
) -> list[Beat]:
    """Beats of one system with flaps, silences, planned work and equal moments, sorted."""
    found, seconds = [], 0
    made = draw(st.lists(st.tuples(steps, whats), min_size=least, max_size=30))
    for n, (step, (status, check)) in enumerate(made, 1):
        seconds += step
        if status.startswith("maintenance"):
            found.append(maintenance(seconds, status.removeprefix("maintenance_"), check, n))
        else:
            found.append(ping(seconds, status, check, draw(st.sampled_from([60, 120, 600])), n))
    return sorted(found)


class Known(NamedTuple):
    """What is known of a system: its state and its intervals, of checks and of planned work."""

    system: System
    observed: set[Interval]
    maintained: set[Interval]


def folded(beats: Iterable[Beat]) -> Known:
    """Everything by one fold."""
    outcome = fold(System(), sorted(beats))
    return Known(outcome.system, set(outcome.observed.values()), set(outcome.maintained.values()))


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 20)).map(lambda span: (span[0], span[0] + span[1]))


@st.composite
def states(draw: st.DrawFn) -> set[Interval]:
    """Intervals of two checks: those of one check do not overlap, as a fold leaves them."""
    found = set()
    for check in ("web", "sync"):
        cuts = sorted(draw(st.sets(st.integers(0, 40), max_size=6)))
        for lower, upper in zip(cuts[::2], cuts[1::2], strict=False):
            state = draw(st.sampled_from(["up", "degraded", "down", "silent", "silent"]))
            found.add(Interval(check, lower, upper, state, draw(st.integers(1, 9)) if state == "silent" else 0))
    return found


@st.composite
def seen_spans(draw: st.DrawFn) -> list[Span]:
    cuts = sorted(draw(st.sets(st.integers(0, 40), max_size=8)))
    return [Span(lower, upper) for lower, upper in zip(cuts[::2], cuts[1::2], strict=False)]


PLANNED = st.sets(
    st.tuples(st.sampled_from(["", "web", "sync"]), SPANS).map(lambda p: Interval(p[0], *p[1], "maintenance")),
    max_size=3,
)
