"""Observed time: a sweep over intervals, held against looking at every second (DOMAIN §2, health)."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from streams.days import day_start, microseconds
from streams.freshness import Span
from streams.health.beats import Beat
from streams.health.checks import Interval
from streams.health.uptime import Day, Observed, by_day, days_between, observed, pieces
from streams.indicators.figures import Part, figures
from streams.indicators.health_uptime import UPTIME
from streams.indicators.question import Question
from tests.unit.health_tools import (
    BEGIN,
    PLANNED,
    SECOND,
    SPANS,
    beats,
    folded,
    maintenance,
    ping,
    seen_spans,
    states,
)


def second_by_second(
    checks: Collection[Interval], planned: Collection[Interval], spans: list[Span], lower: int, upper: int
) -> Observed:
    """As bad as the worst check that is not itself in maintenance; of the system's maintenance, everything. A silent
    check is down at a second up to which observed time has lasted for longer than its last ping spoke."""
    seen: list[str] = []
    for t in range(lower, upper):
        now = {i.check: i for i in checks if i.lower <= t < i.upper}
        work = {i.check for i in planned if i.lower <= t < i.upper}
        since = [span.lower for span in spans if span.lower <= t < span.upper]
        live = {_judged(i, t, since) for check, i in now.items() if check not in work}
        if now and ("" in work or not live):
            seen.append("maintenance")
        elif live - {"unknown"}:
            seen.append("down" if "down" in live else "up")
    return Observed(seen.count("up"), seen.count("down"), seen.count("maintenance"))


def _judged(interval: Interval, t: int, since: list[int]) -> str:
    if interval.state != "silent":
        return interval.state
    return "down" if since and t - since[0] >= interval.cover else "unknown"


@settings(max_examples=500)
@given(states(), PLANNED, seen_spans(), SPANS)
def test_observed_time_is_what_a_look_at_every_second_finds(
    checks: set[Interval], planned: set[Interval], spans: list[Span], span: tuple[int, int]
) -> None:
    assert observed(pieces(checks, planned, *span), spans) == second_by_second(checks, planned, spans, *span)


@given(beats())
def test_the_days_of_a_system_add_up_to_all_of_its_observed_time(some: list[Beat]) -> None:
    known = folded(some)
    first, last = some[0].time, some[-1].time
    days = by_day(known.observed, known.maintained, first, last, last)
    assert list(days) == days_between(first, last)
    whole = pieces(known.observed, known.maintained, first, last)
    spans = [Span(first + 90 * SECOND, last - 200 * SECOND), Span(last - 100 * SECOND, last)]
    parts = [observed(day.silent, spans).plus(Observed(*day[:3])) for day in days.values()]
    assert [sum(column) for column in zip(*parts, strict=True)] == list(observed(whole, spans))
    assert all(sum(day[:3]) <= timedelta(days=1) // timedelta(microseconds=1) for day in days.values())


def test_a_day_is_cut_at_midnight_in_the_province() -> None:
    known = folded([ping(0, cover=360), ping(360, cover=360)])  # 23:57 to 00:03
    days = by_day(known.observed, known.maintained, BEGIN, BEGIN + 360 * SECOND, BEGIN + 360 * SECOND)
    assert days == {date(2026, 11, 23): Day(up=180 * SECOND), date(2026, 11, 24): Day(up=180 * SECOND)}
    assert days_between(BEGIN + 180 * SECOND - 1, BEGIN + 180 * SECOND) == list(days)


def uptime(some: list[Beat], day: date, *spans: Span) -> Any:
    known = folded(some)
    lower, upper = microseconds(day_start(day)), microseconds(day_start(day + timedelta(days=1)))
    seen = observed(pieces(known.observed, known.maintained, lower, upper), spans)
    question = Question(UPTIME, day, day + timedelta(days=1), day_start(day + timedelta(days=1)))
    parts = [Part({"system": "portal"}, seen.up, seen.up + seen.down, sum(seen), upper - lower)]
    (figure,) = figures(question, parts, None)
    return figure


DAY = date(2026, 11, 24)


def a_day(failing_from: int = 0, failing_to: int = 0) -> list[Beat]:
    """Pings each minute through the whole day, of which those between two hours fail."""
    failing = range(60 * failing_from, 60 * failing_to)
    offset = (microseconds(day_start(DAY)) - BEGIN) // SECOND
    return [ping(offset + 60 * n, "fail" if n in failing else "ok", number=n + 1) for n in range(24 * 60 + 1)]


def planned(first: int, past: int) -> list[Beat]:
    offset = (microseconds(day_start(DAY)) - BEGIN) // SECOND
    return [
        maintenance(offset + 3600 * first, "started", number=90_000),
        maintenance(offset + 3600 * past, "ended", number=90_001),
    ]


def test_the_worked_example_of_the_domain_comes_out_of_pings_each_minute() -> None:
    """24 h with maintenance of 2 h and down for 3 h, 1 h of them inside it: 20/22 = 90,90 %."""
    figure = uptime(a_day(9, 12) + planned(8, 10), DAY)
    assert (figure.numerator, figure.denominator, figure.shown) == (20 * 3600, 22 * 3600, "90,90 %")
    assert figure.coverage == 100.0


@pytest.mark.parametrize(
    ("from_hour", "shown", "coverage"),
    [(0, "100,00 %", 100.0), (2, "100,00 %", pytest.approx(91.67, abs=0.01)), (3, "N/A", 87.5)],
)
def test_less_than_90_percent_observed_is_not_applicable(from_hour: int, shown: str, coverage: Any) -> None:
    seen = [one for one in a_day() if one.time >= microseconds(day_start(DAY)) + from_hour * 3600 * SECOND]
    figure = uptime(seen, DAY)
    assert (figure.shown, figure.coverage) == (shown, coverage)


def silent_for_an_hour() -> list[Beat]:
    begin = microseconds(day_start(DAY))
    return [one for one in a_day() if not begin + 3600 * SECOND <= one.time < begin + 2 * 3600 * SECOND]


def minutes(lower: int, upper: int) -> Span:
    begin = microseconds(day_start(DAY))
    return Span(begin + lower * 60 * SECOND, begin + upper * 60 * SECOND)


def test_a_silence_that_nobody_observed_counts_neither_as_up_nor_as_down() -> None:
    figure = uptime(silent_for_an_hour(), DAY)
    unobserved = 3600 - 60  # the last ping before the gap speaks for two minutes, of which one is in it
    assert (figure.numerator, figure.denominator) == (24 * 3600 - unobserved, 24 * 3600 - unobserved)


@pytest.mark.parametrize(
    ("spans", "down_minutes"),
    [
        ([minutes(0, 1440)], 59),
        ([minutes(0, 90)], 29),
        ([minutes(0, 61)], 0),
        ([minutes(0, 70), minutes(80, 1440)], 9 + 38),  # after a gap the check has two minutes anew
        ([minutes(0, 60), minutes(118, 1440)], 0),
        ([minutes(0, 60), minutes(63, 64), minutes(70, 71), minutes(80, 81)], 0),  # never two minutes at a stretch
    ],
)
def test_a_silence_is_down_as_far_as_a_ping_could_have_been_seen(spans: list[Span], down_minutes: int) -> None:
    figure = uptime(silent_for_an_hour(), DAY, *spans)
    assert figure.denominator - figure.numerator == down_minutes * 60
    assert figure.numerator == 23 * 3600 + 60


def test_a_day_without_any_ping_is_not_applicable() -> None:
    assert uptime([], DAY).shown == "N/A"
