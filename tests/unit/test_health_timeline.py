"""What a system was, stretch by stretch, and its outages."""

import itertools

from hypothesis import given

from streams.freshness import Span
from streams.health.checks import Interval
from streams.health.timeline import Outage, Stretch, outages, timeline
from streams.health.uptime import Observed, Piece, observed, pieces
from tests.unit.health_tools import PLANNED, seen_spans, states


@given(states(), PLANNED, seen_spans())
def test_stretches_add_up_to_what_was_observed(
    checks: set[Interval], planned: set[Interval], spans: list[Span]
) -> None:
    found = pieces(checks, planned, 0, 50)
    stretches = timeline(found, spans)
    total = Observed()
    for one in stretches:
        if one.state != "unobserved":
            total = total.plus(Observed(**{one.state: one.upper - one.lower}))
    assert total == observed(found, spans)
    assert all(one.lower < one.upper for one in stretches)
    for before, after in itertools.pairwise(stretches):
        assert before.upper < after.lower or (before.upper == after.lower and before.state != after.state)


def test_a_silence_is_cut_where_it_was_observed() -> None:
    silent = Piece(10, 100, "silent", cover=5)
    assert timeline([Piece(0, 10, "up"), silent], [Span(0, 30), Span(50, 90)]) == [
        Stretch(0, 10, "up"),
        Stretch(10, 30, "down"),
        Stretch(30, 55, "unobserved"),
        Stretch(55, 90, "down"),
        Stretch(90, 100, "unobserved"),
    ]


def made(*states: str) -> list[Stretch]:
    return [Stretch(n, n + 1, state) for n, state in enumerate(states)]


def test_an_outage_lasts_until_the_system_is_up_again() -> None:
    assert outages(made("up", "down", "up", "down", "maintenance", "down", "unobserved", "up", "down")) == [
        Outage(1, 2),
        Outage(3, 7),
        Outage(8, None),
    ]
    assert outages(made("up", "maintenance", "up")) == []
