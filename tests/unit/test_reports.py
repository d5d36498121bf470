"""The life of a field report (DOMAIN §1.1): states, clocks, dates and flags, event by event."""

from collections.abc import Sequence

import pytest

from streams.catalogue import Agency, Area, Catalogue, Category
from streams.contracts import REPORTS
from streams.flows import UNASSIGNED
from streams.reports.flows import flows
from streams.reports.life_cycle import ReportState
from streams.reports.report import Report
from streams.reports.step import step
from tests.unit.event_tools import at
from tests.unit.fold_tools import standing
from tests.unit.report_tools import Step, states

CHANGED = REPORTS.type_prefix + "status_changed"
SUBMITTED: Step = ("submitted", "2026-10-20 08:00", {"category": "rac"})
ACCEPTED: Step = ("accepted", "2026-10-20 08:05", {})
DISPATCHED: Step = ("dispatched", "2026-10-20 09:00", {"agency": "so-xay-dung"})
WAITING: Step = ("info_requested", "2026-10-20 10:00", {})
RETURNED: Step = ("returned_by_agency", "2026-10-20 10:00", {})
RESOLVED: Step = ("resolved", "2026-10-22 10:00", {})
REOPENED: Step = ("reopened", "2026-10-23 10:00", {})


def after(*steps: Step) -> Report:
    return states(SUBMITTED, *steps)[-1]


def changed(status: str, time: str = "2026-10-21 10:00") -> Step:
    return ("status_changed", time, {"status": status})


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], "new"),
        ([ACCEPTED], "accepted"),
        ([ACCEPTED, changed("verifying")], "verifying"),
        ([DISPATCHED], "dispatched"),
        ([DISPATCHED, RETURNED], "returned"),
        ([DISPATCHED, RETURNED, ("redispatched", "2026-10-20 11:00", {"agency": "ubnd"})], "dispatched"),
        ([DISPATCHED, WAITING], "waiting_info"),
        ([DISPATCHED, WAITING, ("info_supplied", "2026-10-21 10:00", {})], "dispatched"),
        ([DISPATCHED, ("info_supplied", "2026-10-21 10:00", {})], "dispatched"),
        ([DISPATCHED, changed("in_progress")], "in_progress"),
        ([DISPATCHED, changed("unheard of")], "dispatched"),
        ([DISPATCHED, ("extended", "2026-10-21 10:00", {"due_at": "2026-11-30"})], "dispatched"),
        ([RESOLVED, ("published", "2026-10-22 11:00", {})], "published"),
        ([RESOLVED, changed("confirmed", "2026-10-23 10:00")], "confirmed"),
        ([RESOLVED, ("rated", "2026-10-23 10:00", {"rating": 1})], "resolved"),
        ([RESOLVED, REOPENED], "reopened"),
        ([RESOLVED, ("anonymised", "2026-11-23 10:00", {})], "resolved"),
        ([("rejected", "2026-10-20 10:00", {})], "rejected"),
        ([("rejected", "2026-10-20 10:00", {}), ("published", "2026-10-20 11:00", {})], "rejected"),
        ([("duplicate_linked", "2026-10-20 10:00", {"duplicate_of": "PA-1"})], "duplicate"),
        ([changed("unable")], "unable"),
        ([changed("cancelled")], "cancelled"),
        ([RESOLVED, changed("hidden", "2026-10-23 10:00")], "hidden"),
        ([changed("hidden"), ACCEPTED], "hidden"),
        ([changed("hidden"), RESOLVED], "resolved"),
    ],
)  # fmt: skip
def test_each_event_leads_to_its_state(steps: Sequence[Step], expected: str) -> None:
    assert after(*steps).state == expected


def test_hiding_a_report_from_the_public_changes_nothing_about_the_work() -> None:
    hidden = after(DISPATCHED, WAITING, changed("hidden", "2026-10-20 11:00"))
    assert (hidden.state, hidden.work, hidden.waiting_since) == ("hidden", "waiting_info", at("2026-10-20 10:00"))
    assert after(RESOLVED, changed("hidden", "2026-10-23 10:00")).resolved


def test_a_submission_whose_clock_is_behind_does_not_undo_what_followed_it() -> None:
    skewed = states(SUBMITTED, ("accepted", "2026-10-20 07:59", {}))
    assert (skewed[-1].state, skewed[-1].received_at) == ("accepted", at("2026-10-20 08:00"))
    assert {flow.moment for flow in flows(skewed) if flow.measure == "reports.received"} == {at("2026-10-20 08:00")}


def test_a_report_is_received_when_it_was_submitted_however_late_that_event_comes() -> None:
    assert states(ACCEPTED)[-1].received_at == at("2026-10-20 08:05")
    assert states(ACCEPTED, SUBMITTED)[-1].received_at == at("2026-10-20 08:00")


# The clocks


def test_without_a_date_of_upstreams_ours_is_fifteen_working_days_the_day_of_receipt_not_counted() -> None:
    report = after()
    assert (report.due_at, report.citizen.named) == (at("2026-11-10 17:00"), None)


def test_tet_is_no_working_time_for_a_timed_category_and_nothing_special_for_an_instant_one() -> None:
    before_tet = "2026-02-13 16:00"
    assert states(("submitted", before_tet, {"category": "den"}))[-1].due_at == at("2026-02-25 17:00")
    assert states(("submitted", before_tet, {"category": "chay"}))[-1].due_at == at("2026-02-13 18:00")
    assert states(("submitted", "2026-02-16 23:00", {"category": "chay"}))[-1].due_at == at("2026-02-17 01:00")


def test_upstreams_date_wins_and_a_date_without_a_time_is_the_end_of_that_day() -> None:
    report = after(("dispatched", "2026-10-20 09:00", {"agency": "a", "due_at": "2026-10-25"}))
    assert report.due_at == report.agency_due_at == at("2026-10-25 23:59:59.999999")


def test_a_hand_back_starts_the_agencys_clock_again_and_never_the_citizens() -> None:
    due = {"due_at": "2026-10-25T17:00:00+07:00"}
    again = ("redispatched", "2026-10-24 09:00", {"agency": "ubnd", "due_at": "2026-10-30T17:00:00+07:00"})
    moved = after(("dispatched", "2026-10-20 09:00", {"agency": "a"} | due), RETURNED, again)
    assert (moved.due_at, moved.agency_due_at) == (at("2026-10-25 17:00"), at("2026-10-30 17:00"))
    assert (moved.facts.agency, moved.hand_backs) == ("ubnd", 1)
    late = states(SUBMITTED, DISPATCHED, RETURNED, again, ("resolved", "2026-11-12 09:00", {}))[-1]
    assert late.verdict is not None
    assert late.verdict.late


def test_hand_backs_between_agencies_are_counted() -> None:
    steps: list[Step] = []
    for day in ("21", "22", "23"):
        steps.append(("returned_by_agency", f"2026-10-{day} 09:00", {}))
        steps.append(("redispatched", f"2026-10-{day} 10:00", {"agency": f"agency-{day}"}))
    found = states(SUBMITTED, DISPATCHED, *steps)
    assert found[-1].hand_backs == 3
    counted = standing(flows(found), at("2026-12-01 00:00"))
    returned = {agency: n for (measure, agency, _), n in counted.items() if measure == "reports.handed_back"}
    assert returned == {"so-xay-dung": 1, "agency-21": 1, "agency-22": 1}


def test_an_extension_moves_the_agencys_date_and_never_the_verdict() -> None:
    due = {"agency": "a", "due_at": "2026-10-21T17:00:00+07:00"}
    extended = after(
        ("dispatched", "2026-10-20 09:00", due),
        ("extended", "2026-10-21 09:00", {"due_at": "2026-10-28T17:00:00+07:00"}),
        RESOLVED,
    )
    assert (extended.due_at, extended.agency_due_at) == (at("2026-10-21 17:00"), at("2026-10-28 17:00"))
    assert extended.verdict is not None
    assert extended.verdict.late
    assert extended.extensions == 1


def test_a_wait_for_the_citizen_moves_both_dates_by_its_working_time() -> None:
    """From Tuesday 10:00 to Thursday 10:00 are two days of work."""
    supplied: Step = ("info_supplied", "2026-10-22 10:00", {})
    report = after(DISPATCHED, WAITING, supplied)
    assert (report.due_at, report.agency_due_at) == (at("2026-11-12 17:00"), at("2026-11-12 17:00"))
    named = after(
        ("dispatched", "2026-10-20 09:00", {"agency": "a", "due_at": "2026-10-23T12:00:00+07:00"}), WAITING, supplied
    )
    assert named.due_at == at("2026-10-27 11:00")


def test_a_wait_moves_a_date_once_by_upstreams_new_one_if_it_sends_one() -> None:
    new = {"due_at": "2026-11-20T17:00:00+07:00"}
    for asked, answered in ((new, {}), ({}, new)):
        report = after(
            DISPATCHED, ("info_requested", "2026-10-20 10:00", asked), ("info_supplied", "2026-10-22 10:00", answered)
        )
        assert report.due_at == report.agency_due_at == at("2026-11-20 17:00")


def test_a_wait_that_begins_when_the_date_has_passed_does_not_excuse_it() -> None:
    due = {"agency": "a", "due_at": "2026-10-20T09:30:00+07:00"}
    late = states(("submitted", "2026-10-20 08:00", {"category": "rac"}), ("dispatched", "2026-10-20 09:00", due))
    waited = after(("dispatched", "2026-10-20 09:00", due), WAITING, ("info_supplied", "2026-10-22 10:00", {}))
    assert late[-1].due_at == waited.due_at == at("2026-10-20 09:30")


def test_who_waits_for_the_citizen_does_not_become_overdue() -> None:
    due = {"agency": "a", "due_at": "2026-10-20T11:00:00+07:00"}
    found = flows(states(SUBMITTED, ("dispatched", "2026-10-20 09:00", due), WAITING))
    assert all(flow.moment < at("2026-10-20 11:00") for flow in found)
    overdue = flows(states(SUBMITTED, ("dispatched", "2026-10-20 09:00", due)))
    assert standing(overdue, at("2026-10-20 11:00"))["reports.due_soon", "a", "rac"] == 1
    assert standing(overdue, at("2026-10-20 11:01"))["reports.overdue", "a", "rac"] == 1


def test_a_reopening_keeps_the_old_verdict_and_starts_a_new_agency_clock() -> None:
    in_time = after(DISPATCHED, RESOLVED, REOPENED)
    assert in_time.verdict is not None
    assert not in_time.verdict.late
    assert in_time.agency_clock is not None
    assert (in_time.agency_clock.started_at, in_time.judged_by) == (at("2026-10-23 10:00"), at("2026-11-13 17:00"))
    again = after(DISPATCHED, RESOLVED, REOPENED, ("resolved", "2026-12-23 10:00", {}))
    assert again.verdict == in_time.verdict
    late = after(DISPATCHED, ("resolved", "2026-12-22 10:00", {}), ("reopened", "2026-12-23 10:00", {}))
    assert late.overdue_at == at("2026-11-10 17:00")  # late once is late for good


def test_work_that_begins_again_by_any_other_event_is_a_reopening_too() -> None:
    report = after(DISPATCHED, RESOLVED, changed("in_progress", "2026-10-23 10:00"))
    assert (report.reopenings, report.flags) == (1, ("dispatched_late", "unusual_edge"))


# What is flagged


@pytest.mark.parametrize(
    ("steps", "flag"),
    [
        ([changed("42")], "unknown_status"),
        ([ACCEPTED, RESOLVED, ("rated", "2026-10-23 10:00", {"rating": 9})], "rating_out_of_range"),
        ([("published", "2026-10-23 10:00", {})], "unusual_edge"),
        ([changed("cancelled"), ("resolved", "2026-10-23 10:00", {})], "unusual_edge"),
        ([("dispatched", "2026-10-20 08:01", {"agency": "a", "due_at": "2026-10-18"})], "due_before_received"),
        ([("accepted", "2026-10-19 09:00", {}), ("resolved", "2026-10-19 10:00", {})], "resolved_before_received"),
        ([("dispatched", "2026-10-20 08:06", {"agency": "a"})], "dispatched_late"),
        ([("rejected", "2026-10-22 17:01", {})], "rejected_late"),
        ([("info_requested", "2026-10-27 17:01", {})], "asked_late"),
        ([ACCEPTED, RESOLVED, ("published", "2026-10-26 17:01", {})], "published_late"),
    ],
)
def test_what_is_unusual_wrong_or_too_late_is_flagged_and_applied(steps: Sequence[Step], flag: str) -> None:
    assert after(*steps).flags == (flag,)


@pytest.mark.parametrize(
    "steps",
    [
        [("dispatched", "2026-10-20 08:05", {"agency": "a"})],
        [("rejected", "2026-10-22 17:00", {})],
        [("info_requested", "2026-10-27 17:00", {})],
        [ACCEPTED, RESOLVED, ("published", "2026-10-26 17:00", {}), ("rated", "2026-10-27 08:00", {"rating": 5})],
        [ACCEPTED, RESOLVED, REOPENED, ("resolved", "2026-10-24 10:00", {}), changed("hidden", "2026-10-25 10:00")],
    ],
)
def test_what_is_usual_and_in_time_has_no_flag(steps: Sequence[Step]) -> None:
    assert after(*steps).flags == ()


def test_every_state_but_hidden_can_be_reached_and_left_or_kept() -> None:
    reached = {after(changed(state)).state for state in ReportState}
    assert reached == set(ReportState)


def test_a_report_submitted_at_night_is_to_be_dispatched_when_duty_begins() -> None:
    night = ("submitted", "2026-10-20 22:00", {"category": "rac"})
    assert states(night, ("dispatched", "2026-10-21 07:05", {"agency": "a"}))[-1].flags == ()
    assert states(night, ("dispatched", "2026-10-21 07:06", {"agency": "a"}))[-1].flags == ("dispatched_late",)


# Where it counts


def test_october_by_category_stays_what_it_was_when_staff_correct_the_category_in_november() -> None:
    found = flows(states(SUBMITTED, ("accepted", "2026-11-02 08:00", {"category": "den"})))
    october = standing(found, at("2026-11-01 00:00"))
    assert october == {("reports.received", UNASSIGNED, "rac"): 1, ("reports.open", UNASSIGNED, "rac"): 1}
    assert {kind for _, _, kind in standing(found, at("2026-12-01 00:00"))} == {"den"}


def test_a_report_counts_for_the_agency_that_has_it() -> None:
    found = flows(
        states(SUBMITTED, DISPATCHED, RESOLVED, REOPENED, ("redispatched", "2026-11-03 08:00", {"agency": "ubnd"}))
    )
    in_october, later = standing(found, at("2026-10-23 00:00")), standing(found, at("2026-11-04 00:00"))
    assert {agency for _, agency, _ in in_october} == {"so-xay-dung"}
    assert in_october["reports.resolved", "so-xay-dung", "rac"] == 1
    assert later["reports.open", "ubnd", "rac"] == later["reports.reopened", "ubnd", "rac"] == 1
    assert ("reports.received", "so-xay-dung", "rac") not in later


def test_what_a_loaded_catalogue_does_not_know_counts_as_unassigned_and_is_flagged() -> None:
    loaded = Catalogue(
        categories=(Category(code="den", title="Chiếu sáng"),),
        agencies=(Agency(code="a", name="A"),),
        areas=(Area(code="x", name="X", level="commune"),),
    )
    steps = (("submitted", "2026-10-20 08:00", {"category": "rac", "area": "y", "channel": "zalo"}), DISPATCHED)
    unknown = states(*steps, catalogue=loaded)[-1]
    assert unknown.facts.place == (UNASSIGNED, UNASSIGNED, UNASSIGNED, "zalo")
    assert {"unknown_agency", "unknown_category", "unknown_area"} < set(unknown.flags)
    assert (unknown.facts.agency, unknown.facts.category, unknown.facts.area) == ("so-xay-dung", "rac", "y")
    assert states(*steps, catalogue=Catalogue.default())[-1].facts.place == ("so-xay-dung", "rac", "y", "zalo")


def test_a_life_without_a_submission_counts_from_its_first_event() -> None:
    found = standing(flows(states(DISPATCHED)), at("2026-10-20 09:01"))
    assert found["reports.received", "so-xay-dung", UNASSIGNED] == 1
    assert standing(flows(states(DISPATCHED)), at("2026-10-20 09:00")) == {}


def test_what_an_event_says_nothing_about_stays_the_very_same() -> None:
    before, now = states(SUBMITTED, ACCEPTED)
    assert (now.work, now.facts is before.facts, now.citizen is before.citizen) == ("accepted", True, True)


def test_statuses_that_nobody_knows_are_not_kept_for_ever() -> None:
    kept = step.cache_info().maxsize
    assert kept
    for n in range(kept + 10):
        assert step(CHANGED, ReportState.NEW, ReportState.NEW, f"status {n}").unknown_status
    assert step.cache_info().currsize == kept
