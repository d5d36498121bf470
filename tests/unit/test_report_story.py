"""A report as `nhip show` tells it, asked at any moment."""

from typing import Any

from streams.reports.story import story
from tests.unit.event_tools import at
from tests.unit.report_tools import CATALOGUE, Step, life

STEPS: list[Step] = [
    ("submitted", "2026-10-20 08:00", {"category": "rac"}),
    ("dispatched", "2026-10-20 09:00", {"agency": "a", "due_at": "2026-10-22T09:00:00+07:00"}),
    ("info_requested", "2026-10-21 09:00", {}),
    ("info_supplied", "2026-10-21 15:00", {}),
    ("redispatched", "2026-10-22 10:00", {"agency": "b"}),
    ("resolved", "2026-10-22 16:00", {}),
]


def told(moment: str, steps: list[Step] = STEPS) -> dict[str, Any]:
    return story(life(*steps), CATALOGUE, at(moment))


def test_each_clock_says_how_long_it_ran_and_whose_date_it_runs_to() -> None:
    citizen, first, second = told("2026-12-01 00:00")["clocks"]
    assert (citizen["ran_s"], citizen["due_at"], citizen["due_by"]) == (50 * 3600, at("2026-10-22 15:00"), "upstream")
    assert (first["agency"], first["ran_s"], first["late"]) == ("a", 43 * 3600, False)
    assert (second["agency"], second["ran_s"], second["due_by"]) == ("b", 6 * 3600, "tự tính")
    assert (citizen["late"], second["late"]) == (True, False)


def test_a_clock_that_waits_for_the_citizen_stands_still() -> None:
    for moment in ("2026-10-21 09:00", "2026-10-21 14:00"):
        clocks = told(moment, STEPS[:3])["clocks"]
        assert [clock["ran_s"] for clock in clocks] == [25 * 3600, 24 * 3600]


def test_states_are_intervals_that_can_be_asked_for_any_moment() -> None:
    states = told("2026-12-01 00:00")["states"]
    assert [(state["state"], state["from"]) for state in states if state["overdue"]] == [
        ("dispatched", at("2026-10-22 15:00"))
    ]
    assert [state["until"] for state in states] == [*(state["from"] for state in states[1:]), None]
    early = told("2026-10-20 12:00", STEPS[:2])["states"]
    assert [state["state"] for state in early] == ["new", "dispatched"]
    assert not early[-1]["due_soon"]
