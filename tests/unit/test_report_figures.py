"""Indicators of field reports (DOMAIN §2), from events."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from streams.indicators.registry import INDICATORS
from streams.reports.flows import flows
from tests.unit.fold_tools import cells, figure
from tests.unit.report_tools import Step, states

SUBMITTED: Step = ("submitted", "2026-10-20 08:00", {"category": "rac"})
DUE: Step = ("dispatched", "2026-10-20 08:05", {"agency": "a", "due_at": "2026-10-28"})
FAR: Step = ("dispatched", "2026-10-20 08:05", {"agency": "a", "due_at": "2026-11-28"})
RESOLVED: Step = ("resolved", "2026-10-25 10:00", {})
LATE: Step = ("resolved", "2026-10-29 10:00", {})
REOPENED: Step = ("reopened", "2026-10-30 10:00", {})

OCTOBER = date(2026, 10, 1), date(2026, 11, 1)

Lives = list[tuple[int, list[Step]]]


def counted(lives: Lives) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for number, steps in lives:
        once = cells(flows(states(SUBMITTED, *steps)))
        found.update({cell: n * number for cell, n in once.items()})
    return found


def shown(name: str, lives: Lives, first: date = OCTOBER[0], past: date = OCTOBER[1]) -> tuple[int, int | None, str]:
    found = figure(f"reports.{name}", counted(lives), first, past)
    return found.numerator, found.denominator, found.shown


EXAMPLE: Lives = [
    (10, [("rejected", "2026-10-21 08:00", {})]),
    (20, [("accepted", "2026-10-20 09:00", {}), ("duplicate_linked", "2026-10-20 10:00", {})]),
    (40, [DUE, RESOLVED]),
    (5, [DUE, LATE, ("published", "2026-10-30 10:00", {})]),
    (23, [FAR]),
    (2, [DUE]),
]
"""DOMAIN §2: 100 received, 10 rejected, 20 duplicate, 40 resolved in time, 5 late, 25 open of which 2 overdue."""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("received", (100, None, "100")),
        ("processed", (45, 70, "64,28 %")),
        ("on_time", (63, 70, "90,00 %")),
        ("settled_on_time", (40, 45, "88,88 %")),
        ("duplicates", (20, 100, "20,00 %")),
        ("open", (25, None, "25")),
        ("overdue", (2, None, "2")),
        ("satisfaction_766", (63, 70, "90,00 %")),
        ("satisfaction", (0, 0, "N/A")),
        ("reopened", (0, 45, "0,00 %")),
        ("agency_on_time", (40, 45, "88,88 %")),
    ],
)
def test_the_worked_example_of_the_domain_comes_out_of_events(name: str, expected: tuple[int, int | None, str]) -> None:
    assert shown(name, EXAMPLE) == expected


@pytest.mark.parametrize("name", ["processed", "on_time", "settled_on_time", "satisfaction_766"])
def test_a_past_period_keeps_its_figures(name: str) -> None:
    """Resolved in November, those of October that are open still are so on 31 October, whenever that is asked about."""
    later: Lives = [(n, [*steps, ("resolved", "2026-11-20 10:00", {})] if steps in ([FAR], [DUE]) else steps)
                    for n, steps in EXAMPLE]  # fmt: skip
    assert shown(name, later) == shown(name, EXAMPLE)


def test_a_cohort_goes_on_while_its_period_is_over() -> None:
    """Of October's reports 23 run until 28 November: asked about at its end with the period of both months."""
    both = (date(2026, 10, 1), date(2026, 12, 1))
    assert shown("on_time", EXAMPLE, *both) == (40, 70, "57,14 %")
    assert shown("open", EXAMPLE, *both)[0] == shown("overdue", EXAMPLE, *both)[0] == 25


def test_work_that_could_not_be_done_is_neither_resolved_nor_in_time() -> None:
    unable: Lives = [(1, [("status_changed", "2026-10-21 08:00", {"status": "unable"})]), (1, [DUE, RESOLVED])]
    assert shown("on_time", unable) == (1, 2, "50,00 %")
    assert shown("processed", unable) == (1, 2, "50,00 %")


@pytest.mark.parametrize(
    "contradiction",
    [
        [("dispatched", "2026-10-20 09:00", {"agency": "a", "due_at": "2026-10-18"})],
        [("dispatched", "2026-10-20 09:00", {"agency": "a", "due_at": "2026-10-18"}), RESOLVED],
        [("resolved", "2026-10-19 10:00", {})],
    ],
)
def test_what_contradicts_itself_is_received_and_left_out_of_what_is_in_time(contradiction: list[Step]) -> None:
    lives: Lives = [(3, contradiction), (1, [DUE, RESOLVED])]
    assert shown("received", lives)[0] == 4
    assert shown("on_time", lives) == (1, 1, "100,00 %")
    assert shown("settled_on_time", lives) == (1, 1, "100,00 %")
    assert shown("overdue", lives)[0] == 0


def rated(*ratings: int) -> list[Step]:
    return [DUE, RESOLVED, *(("rated", f"2026-10-26 1{n}:00", {"rating": r}) for n, r in enumerate(ratings))]  # type: ignore[list-item]  # a Step of two kinds of values


def test_satisfaction_counts_each_report_by_its_last_rating_and_none_by_a_wrong_one() -> None:
    lives: Lives = [(2, rated(1)), (3, rated(2)), (4, rated(3)), (5, rated(4)), (6, rated(5)), (7, rated(9))]
    assert shown("rated", lives)[0] == 20
    assert shown("satisfaction", lives) == (11, 20, "55,00 %")
    assert shown("dissatisfied", lives) == (5, 20, "25,00 %")
    assert shown("satisfaction", [(1, rated(1, 5)), (1, rated(5, 9))]) == (2, 2, "100,00 %")


def test_in_the_form_of_decision_766_each_report_is_deducted_once() -> None:
    bad: list[Step] = [DUE, LATE, ("rated", "2026-10-29 12:00", {"rating": 1}), REOPENED]
    lives: Lives = [(1, bad), (1, rated(2)), (1, [DUE, RESOLVED, REOPENED]), (1, [DUE]), (6, rated(5))]
    assert shown("satisfaction_766", lives) == (6, 10, "60,00 %")


def test_reopenings_are_a_share_of_what_was_ever_resolved() -> None:
    again: list[Step] = [DUE, RESOLVED, REOPENED, ("resolved", "2026-10-31 10:00", {})]
    lives: Lives = [(1, [DUE, RESOLVED, REOPENED]), (1, again), (2, [DUE, RESOLVED]), (5, [FAR])]
    assert shown("reopened", lives) == (2, 4, "50,00 %")
    given_up: list[Step] = [DUE, RESOLVED, REOPENED, ("status_changed", "2026-10-31 10:00", {"status": "unable"})]
    refused_first: list[Step] = [DUE, ("rejected", "2026-10-28 09:00", {}), *again[2:]]
    assert shown("reopened", [(1, given_up), (1, refused_first), (2, [DUE, RESOLVED])]) == (1, 4, "25,00 %")
    assert shown("processed", lives) == (3, 9, "33,33 %")
    assert shown("settled_on_time", lives) == (3, 3, "100,00 %")


def test_what_is_due_within_a_day_of_work_is_due_soon() -> None:
    """Due on Monday at 17:00: soon from Monday 07:00 on."""
    monday: Step = ("dispatched", "2026-10-20 08:05", {"agency": "a", "due_at": "2026-11-02T17:00:00+07:00"})
    days = [shown("due_soon", [(1, [monday])], date(2026, 11, day), date(2026, 11, day + 1))[0] for day in (1, 2, 3)]
    assert days == [0, 0, 0]  # at the ends of days: on Monday it is over by then
    evening: Step = ("dispatched", "2026-10-20 08:05", {"agency": "a", "due_at": "2026-11-02T23:00:00+07:00"})
    noon: Step = ("dispatched", "2026-10-20 08:05", {"agency": "a", "due_at": "2026-11-03T11:00:00+07:00"})
    ends = [
        shown("due_soon", [(1, [evening]), (1, [noon])], date(2026, 11, d), date(2026, 11, d + 1))[0] for d in (1, 2)
    ]
    assert ends == [0, 1]


def test_hand_backs_and_urgent_reports_are_counted() -> None:
    urgent: Step = ("accepted", "2026-10-20 08:01", {"priority": "urgent"})
    back: Step = ("returned_by_agency", "2026-10-21 08:00", {})
    assert shown("urgent", [(3, [urgent]), (2, [DUE])])[0] == 3
    assert shown("hand_backs", [(3, [DUE, back]), (2, [DUE])])[0] == 3
    assert shown("hand_backs", [(3, [DUE, back])], date(2026, 10, 22), date(2026, 11, 1))[0] == 0


def test_how_long_citizens_wait_is_told_as_percentiles_without_the_time_that_they_were_waited_for() -> None:
    waited: list[Step] = [
        ("dispatched", "2026-10-20 08:30", {"agency": "a"}),
        ("info_requested", "2026-10-20 09:00", {}),
        ("info_supplied", "2026-10-27 09:00", {}),
        ("resolved", "2026-10-27 10:00", {}),
    ]
    lives: Lives = [(9, waited), (1, [("accepted", "2026-10-20 09:00", {}), DUE, LATE])]
    resolution, slow = (figure(f"reports.resolution_p{p}", counted(lives), *OCTOBER) for p in (50, 90))
    assert (resolution.denominator, slow.numerator) == (10, 9)
    assert resolution.value is not None
    assert abs(resolution.value / 7200 - 1) < 0.0906
    first = figure("reports.first_response_p50", counted(lives), *OCTOBER)
    assert first.value is not None
    assert abs(first.value / 1800 - 1) < 0.0906
    assert figure("reports.dispatch_p90", counted([]), *OCTOBER).shown == "N/A"


def test_every_indicator_of_reports_names_only_measures_that_reports_yield() -> None:
    every: Lives = [
        *EXAMPLE, (1, rated(1)), (1, rated(3)), (1, rated(5)), (1, [DUE, RESOLVED, REOPENED]),
        (1, [("status_changed", "2026-10-21 08:00", {"status": "unable"})]),
        (1, [("status_changed", "2026-10-21 08:00", {"status": "cancelled"})]),
        (1, [("accepted", "2026-10-20 08:01", {"priority": "urgent"})]),
        (1, [DUE, ("returned_by_agency", "2026-10-21 08:00", {})]),
        (1, [("dispatched", "2026-10-20 09:00", {"agency": "a", "due_at": "2026-10-18"}), RESOLVED]),
    ]  # fmt: skip
    yielded = {cell.measure.partition("#")[0] for cell in counted(every)}
    asked = {
        term.measure
        for indicator in INDICATORS.values()
        if indicator.stream == "reports"
        for term in (*indicator.numerator, *(indicator.denominator or ()))
    }
    assert asked == yielded
