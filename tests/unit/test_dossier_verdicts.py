"""Due dates, waits, apologies and ends of a dossier, case by case (DOMAIN §1.2)."""

from typing import Any

import pytest

from streams.dossiers.flags import flags
from streams.dossiers.flows import flows
from tests.unit.dossier_tools import Step, life, of, snapshot, states_of, totals, verdict
from tests.unit.event_tools import at, hours

DUE = snapshot("2026-10-20 08:00", due_at="2026-11-05")
APOLOGY = ("extended", "2026-11-06 08:00", {"due_at": "2026-11-20"})


def test_an_end_at_the_due_moment_is_on_time_and_one_after_it_is_late() -> None:
    due = snapshot("2026-10-20 08:00", due_at="2026-11-05T17:00:00+07:00")
    assert verdict(due, ("result_ready", "2026-11-05 17:00", {})) == "on time"
    assert verdict(due, ("result_ready", "2026-11-05 17:00:00.000001", {})) == "late"
    assert verdict(due, t="2026-11-05 17:00") == "open"
    assert verdict(due, t="2026-11-05 17:00:00.000001") == "overdue"


def test_a_due_date_without_a_time_lasts_to_the_end_of_its_day() -> None:
    assert verdict(DUE, ("result_ready", "2026-11-05 23:59", {})) == "on time"
    assert verdict(DUE, t="2026-11-05 23:59:59.999999") == "open"
    assert verdict(DUE, t="2026-11-06 00:00") == "overdue"


def test_without_any_due_date_nothing_is_late() -> None:
    assert verdict(snapshot("2026-10-20 08:00")) == "open"
    assert verdict(snapshot("2026-10-20 08:00"), ("result_ready", "2026-12-20 08:00", {})) == "on time"


@pytest.mark.parametrize(
    ("what", "steps"),
    [
        ("as told", [APOLOGY]),
        ("repeated by a snapshot", [APOLOGY, snapshot("2026-11-07 08:00", due_at="2026-11-20")]),
        ("repeated to the minute", [APOLOGY, snapshot("2026-11-07 08:00", due_at="2026-11-20T17:00:00+07:00")]),
        ("repeated by a snapshot of the same second", [snapshot("2026-11-06 08:00", due_at="2026-11-20"), APOLOGY]),
        ("told after upstream had moved the date", [snapshot("2026-11-04 08:00", due_at="2026-11-20"), APOLOGY]),
        (
            "the first of two, repeated after the second",
            [
                APOLOGY,
                ("extended", "2026-11-07 08:00", {"due_at": "2026-11-25"}),
                snapshot("2026-11-07 09:00", due_at="2026-11-20"),
            ],
        ),
        ("told after the end", [("extended", "2026-12-01 08:00", {"due_at": "2026-12-20"})]),
    ],
)
def test_an_apology_never_launders_lateness(what: str, steps: list[Step]) -> None:
    assert verdict(DUE, *steps, ("result_ready", "2026-11-08 09:00", {})) == "late", what
    assert verdict(DUE, *steps, t="2026-11-08 00:00") == "overdue", what


def test_an_apology_that_is_the_only_date_known_is_the_due_date() -> None:
    received = snapshot("2026-10-20 08:00")
    assert verdict(received, APOLOGY, ("result_ready", "2026-11-19 08:00", {})) == "on time"
    assert verdict(received, APOLOGY, ("result_ready", "2026-11-21 08:00", {})) == "late"


def test_upstreams_new_due_date_wins_from_then_on() -> None:
    moved = ("status_changed", "2026-11-10 08:00", {"status": 4, "due_at": "2026-11-20"})
    assert verdict(DUE, moved, t="2026-11-08 00:00") == "overdue"
    assert verdict(DUE, moved, t="2026-11-11 00:00") == "open"
    assert verdict(DUE, moved, ("result_ready", "2026-11-19 08:00", {})) == "on time"


def test_a_due_date_that_is_moved_after_the_end_judges_nothing() -> None:
    moved = ("status_changed", "2026-11-10 08:00", {"status": 9, "due_at": "2026-11-20"})
    assert verdict(DUE, ("result_ready", "2026-11-08 08:00", {}), moved) == "late"


def test_a_snapshot_that_tells_of_the_end_with_a_new_due_date_is_judged_by_that_date() -> None:
    synced = snapshot("2026-11-10 02:00", status=9, finished_at="2026-11-08T08:00:00+07:00", due_at="2026-11-09")
    assert verdict(DUE, synced) == "on time"


def test_the_first_due_date_holds_from_the_beginning_however_late_it_is_told() -> None:
    late_told = snapshot("2026-11-10 02:00", due_at="2026-11-05")
    assert verdict(snapshot("2026-10-20 08:00"), late_told, t="2026-11-06 00:00") == "overdue"


REQUEST: Step = ("supplement_requested", "2026-11-03 08:00", {})
ANSWER = "supplement_received"


def test_a_wait_that_began_in_time_is_not_overdue_while_it_lasts() -> None:
    assert verdict(DUE, REQUEST, t="2026-11-30 00:00") == "open"
    assert verdict(DUE, REQUEST, ("supplement_requested", "2026-11-07 08:00", {}), t="2026-11-30 00:00") == "open"


def test_a_wait_that_began_late_stays_overdue() -> None:
    late: Step = ("supplement_requested", "2026-11-06 08:00", {})
    assert verdict(DUE, late, t="2026-11-05 12:00") == "open"
    assert verdict(DUE, late, t="2026-11-07 00:00") == "overdue"


def test_a_wait_that_is_told_later_does_not_hide_that_the_due_date_passed_before() -> None:
    seen_first_in_a_wait = snapshot("2026-11-10 02:00", status=5, due_at="2026-11-05")
    assert verdict(seen_first_in_a_wait, t="2026-11-05 12:00") == "open"
    assert verdict(seen_first_in_a_wait, t="2026-11-06 00:00") == "overdue"


def test_a_fee_paid_when_the_result_is_fetched_does_not_begin_the_work_again() -> None:
    done: Step = ("result_ready", "2026-11-04 08:00", {})
    assert verdict(DUE, done, ("fee_paid", "2026-11-10 08:00", {})) == "on time"
    assert verdict(DUE, done, (ANSWER, "2026-11-10 08:00", {})) == "on time"
    assert verdict(DUE, ("fee_requested", "2026-11-01 08:00", {}), ("fee_paid", "2026-11-02 08:00", {})) == "overdue"


AGAIN = ("status_changed", "2026-11-03 08:00", {"status": 4})


@pytest.mark.parametrize(
    ("end", "steps"),
    [
        ("2026-11-02 08:00", [("result_ready", "2026-11-02 08:00", {}), ("returned", "2026-11-09 08:00", {})]),
        ("2026-11-02 08:00", [("returned", "2026-11-09 08:00", {"finished_at": "2026-11-02T08:00:00+07:00"})]),
        ("2026-11-03 00:00", [("returned", "2026-11-09 08:00", {"returned_at": "2026-11-03"})]),
        ("2026-11-09 08:00", [("returned", "2026-11-09 08:00", {})]),
        ("2026-11-02 08:00", [("returned", "2026-11-01 08:00", {}), ("result_ready", "2026-11-02 08:00", {})]),
        ("2026-11-04 08:00", [("stopped", "2026-11-02 08:00", {}), ("returned", "2026-11-04 08:00", {})]),
        ("2026-11-02 08:00", [("withdrawn", "2026-11-02 08:00", {}), ("stopped", "2026-11-04 08:00", {})]),
        ("2026-11-02 08:00", [("result_ready", "2026-11-02 08:00", {}), ("withdrawn", "2026-11-04 08:00", {})]),
        ("2026-11-02 08:00", [("status_changed", "2026-11-02 08:00", {"status": 3})]),
        ("2026-11-02 08:00", [("result_ready", "2026-11-02 08:00", {}), snapshot("2026-11-07 08:00", status=9)]),
        ("2026-11-04 08:00", [("result_ready", "2026-11-02 08:00", {}), AGAIN, ("stopped", "2026-11-04 08:00", {})]),
    ],
)  # fmt: skip
def test_the_end_is_the_time_of_9_else_of_10_else_of_3_7_or_8(end: str, steps: list[Step]) -> None:
    last = states_of(life(DUE, *steps))[-1]
    assert last.ended_at == at(end)
    assert (totals(of(life(DUE, *steps)), at(end) + hours(0.01))["open"]) == 0


def test_a_dossier_that_ends_on_the_day_it_is_received_counts_though_its_end_has_no_time() -> None:
    same_day = snapshot(
        "2026-10-20 17:00",
        received_at="2026-10-20T09:00:00+07:00",
        status=9,
        finished_at="2026-10-20",
        due_at="2026-10-20",
    )
    assert verdict(same_day) == "on time"
    assert {flow.moment for flow in of(life(same_day))} == {at("2026-10-20 09:00")}


@pytest.mark.parametrize(
    ("flag", "data"),
    [
        ("due_before_received", {"due_at": "2026-10-18"}),
        ("finished_before_received", {"status": 9, "finished_at": "2026-10-19"}),
    ],
)
def test_what_contradicts_itself_is_flagged_and_counts_nowhere(flag: str, data: dict[str, Any]) -> None:
    states = states_of(life(snapshot("2026-10-21 08:00", **data)))
    assert flags(states[-1]) == (flag,)
    assert flows(states) == []


def test_what_was_never_received_is_shown_apart_once_it_ends() -> None:
    registered = life(snapshot("2026-10-20 08:00", status=1, received_at=None))
    assert of(registered) == []
    refused = registered + life(("status_changed", "2026-10-21 08:00", {"status": 3}))
    withdrawn = registered + life(("withdrawn", "2026-10-21 08:00", {}))
    assert [(flow.measure, flow.moment) for flow in of(refused)] == [("dossiers.refused", at("2026-10-21 08:00"))]
    assert [flow.measure for flow in of(withdrawn)] == ["dossiers.withdrawn_unreceived"]
