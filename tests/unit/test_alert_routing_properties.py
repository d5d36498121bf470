"""Routing under any routes, shifts and times: nobody is told twice of one thing, left out, or told too early."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from streams.alerts.life_cycle import SECOND, Alert, State
from streams.alerts.routing import EVERYTHING, Dispatch, dispatches, plan
from streams.catalogue import Catalogue
from streams.catalogue.rules import Override, Route, Shift, Step
from streams.days import microseconds
from streams.words import Words
from tests.unit.event_tools import at

FIRED = microseconds(at("2026-11-25 09:00"))
DAY = 24 * 3600
CHANNELS = ("chat", "phone", EVERYTHING)
ALERT = Alert(
    "0" * 16, "down", {"system": "lgsp"}, "critical", State.FIRING, FIRED, Words("v", "e"), episode=1, told=True,
    fired_at=FIRED,
)  # fmt: skip

steps = st.lists(st.integers(0, 7200), min_size=1, max_size=4).map(
    lambda waits: tuple(
        Step(after_s=wait, channel=CHANNELS[n % 2], shift="ioc") for n, wait in enumerate(sorted(waits))
    )
)
routes = st.lists(
    st.builds(
        Route, name=st.sampled_from(["a", "b", "c"]), steps=steps, remind_s=st.none() | st.integers(60, 7200),
        hours=st.sampled_from(["always", "working", "outside"]),
    ),
    max_size=3, unique_by=lambda route: route.name,
)  # fmt: skip
SHIFT = Shift(name="ioc", people=("an", "binh"), first=date(2026, 1, 5))


def due(known: list[Route], seconds: int, one: Alert = ALERT) -> list[Dispatch]:
    catalogue = Catalogue(routes=tuple(known), shifts=(SHIFT,))
    return list(dispatches(one, plan(catalogue, CHANNELS, FIRED + seconds * SECOND)))


@given(routes, st.integers(0, 7 * DAY))
def test_at_any_time_each_message_is_due_once_and_the_same_look_finds_the_same(known: list[Route], wait: int) -> None:
    found = due(known, wait)
    assert len({one.key for one in found}) == len(found)
    assert due(known, wait) == found


@given(routes, st.integers(0, DAY))
def test_nobody_is_told_before_a_step_s_time_and_everybody_is_from_then_on(known: list[Route], wait: int) -> None:
    opened = [route for route in known if route.hours == "always"]
    told = due(opened, wait)
    expected = sum(step.after_s <= wait for route in opened for step in route.steps)
    assert len([one for one in told if one.channel != EVERYTHING]) == expected
    assert all(one.on_duty in SHIFT.people for one in told if one.channel != EVERYTHING)


@given(routes, st.lists(st.integers(0, DAY), min_size=2, max_size=20))
def test_reminders_are_as_many_as_time_allows_however_often_it_is_looked(known: list[Route], waits: list[int]) -> None:
    opened = [route for route in known if route.hours == "always"]
    seen = {one.key for wait in sorted(waits) for one in due(opened, wait) if one.channel != EVERYTHING}
    most = sum(
        1 + (max(waits) - step.after_s) // route.remind_s if route.remind_s else 1
        for route in opened
        for step in route.steps
        if step.after_s <= max(waits)
    )
    assert len(seen) <= most


@given(routes, st.integers(0, DAY), st.sampled_from([State.ACKNOWLEDGED, State.SUPPRESSED]))
def test_who_has_taken_or_silenced_an_alert_is_left_in_peace(known: list[Route], wait: int, state: State) -> None:
    assert all(one.channel == EVERYTHING for one in due(known, wait, replace(ALERT, state=state)))


@given(steps, st.sampled_from(["working", "outside"]), st.integers(0, 6 * DAY))
def test_quiet_hours_put_off_and_lose_nothing(steps: tuple[Step, ...], hours: Any, wait: int) -> None:
    """What is due while a route is closed is told once it opens."""
    always, quiet = (Route(name="a", steps=steps, hours=hours) for hours in ("always", hours))
    owed = {one.key for one in due([always], wait)}
    assert {one.key for one in due([quiet], wait)} <= owed
    opens = microseconds(at({"working": "2026-12-03 08:00", "outside": "2026-12-03 20:00"}[hours]))
    assert owed <= {one.key for one in due([quiet], (opens - FIRED) // SECOND)}


@given(st.integers(-100, 10_000), st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 300)), max_size=4))
def test_a_shift_has_one_person_at_any_time_or_who_stands_in(hours: int, spans: list[tuple[int, int]]) -> None:
    first = at("2026-01-05 07:00")
    overrides = tuple(
        Override(person="chi", begins=first + timedelta(hours=begin), ends=first + timedelta(hours=begin + length))
        for begin, length in spans
    )
    now = first + timedelta(hours=hours)
    found = SHIFT.model_copy(update={"overrides": overrides}).on_duty(now)
    if any(one.begins <= now < one.ends for one in overrides):
        assert found == "chi"
    else:
        assert found == (None if hours < 0 else SHIFT.people[hours // (7 * 24) % 2])
