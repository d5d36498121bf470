"""The life of a field report (DOMAIN §1.1): what its events make of it, in whatever order they come."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.contracts import Event
from streams.days import civil_day, day_start
from streams.flows import UNASSIGNED, cells
from streams.reports.fold import flows, history
from tests.unit.event_tools import at
from tests.unit.fold_tools import MOMENTS, Counts, asked_at, figure, standing, standing_in
from tests.unit.report_tools import MEANING, STATES, WAYS, Step, life, lives, made

SUBMITTED = ("submitted", "2026-10-20 08:00", {"category": "rac"})


def reference(events: Iterable[Event], t: datetime) -> Counts:
    """What a report counts as at t, from the events before t alone: slow, and without the code under test."""
    everything = sorted(
        events,
        key=lambda e: (e.time, e.data.seq or 0, list(MEANING).index(e.type.rsplit(".", 1)[1]), e.source, e.id),  # type: ignore[attr-defined]
    )
    submissions = [e.time for e in everything if e.type.endswith(".submitted")]
    if t <= min(submissions, default=everything[0].time):
        return {}
    states, agency, category = ["new"], UNASSIGNED, UNASSIGNED
    for e in (e for e in everything if e.time < t):
        kind, data = e.type.rsplit(".", 1)[1], e.data
        agency, category = data.agency or agency, data.category or category  # type: ignore[attr-defined]
        meant = MEANING[kind]
        if kind == "status_changed" and data.status in STATES:  # type: ignore[attr-defined]
            meant = data.status  # type: ignore[attr-defined]
        if kind == "info_supplied" and states[-1] == "waiting_info":
            meant = next(state for state in reversed(states) if state != "waiting_info")
        states += [meant] if meant else []
    counted = ["reports.received"]
    counted += ["reports.authority"] if states[-1] not in ("rejected", "duplicate", "cancelled") else []
    counted += ["reports.resolved"] if states[-1] in ("resolved", "published", "confirmed") else []
    return {(measure, agency, category): 1 for measure in counted}


@given(lives(st.just(at("2026-10-20 08:00")) | MOMENTS).flatmap(lambda e: st.tuples(st.just(e), st.permutations(e))))
def test_any_order_of_the_same_events_gives_the_same_history_and_flows(orders: tuple[list[Event], list[Event]]) -> None:
    one, other = orders
    assert history(one) == history(other)
    assert flows(history(one)) == flows(history(other))


@settings(max_examples=200)
@given(lives())
def test_at_every_moment_a_report_counts_as_the_events_before_it_say(events: list[Event]) -> None:
    found = flows(history(events))
    for t in asked_at(found):
        assert standing(found, t) == reference(events, t)


@settings(max_examples=40)
@given(st.lists(lives(), min_size=1, max_size=4))
def test_the_cells_of_many_reports_sum_to_their_states_at_the_end_of_every_day(reports: list[list[Event]]) -> None:
    counted: Counter[Any] = Counter()
    for events in reports:
        counted.update(cells(flows(history(events))))
    for past in (date(2026, 10, 29) + timedelta(days=n) for n in range(9)):
        expected: Counter[Any] = Counter()
        for events in reports:
            expected.update(reference(events, day_start(past)))
        assert standing_in(counted, past) == dict(expected)


@given(lives(), st.lists(st.tuples(WAYS, MOMENTS), max_size=3))
def test_once_a_submission_is_known_a_later_event_changes_nothing_before_it(
    events: list[Event], more: list[tuple[tuple[str, dict[str, Any]], datetime]]
) -> None:
    events.append(made("submitted", at("2026-10-30 00:00"), "first", None, {"category": "rac"}))
    later = [made(kind, time, f"later-{n}", None, data) for n, ((kind, data), time) in enumerate(more)]
    t = min((e.time for e in later), default=at("2027-01-01 00:00"))
    before, after = flows(history(events)), flows(history(events + later))
    assert [flow for flow in before if flow.moment < t] == [flow for flow in after if flow.moment < t]


@given(lives())
def test_all_flows_of_a_report_are_in_the_cohort_of_its_day_of_receipt(events: list[Event]) -> None:
    states = history(events)
    assert {flow.cohort for flow in flows(states)} == {civil_day(states[-1].received_at)}


def numbered(count: int, *steps: Step) -> list[list[Event]]:
    return [life(SUBMITTED, *steps) for _ in range(count)]


def test_the_worked_example_of_the_domain_comes_out_of_events() -> None:
    """100 received, 10 rejected, 20 duplicate, 40 resolved in time, 5 late, 25 open: authority 70, processed 45/70."""
    reports = [
        *numbered(10, ("rejected", "2026-10-21 08:00", {})),
        *numbered(20, ("accepted", "2026-10-20 09:00", {}), ("duplicate_linked", "2026-10-20 10:00", {})),
        *numbered(40, ("dispatched", "2026-10-20 09:00", {"agency": "a"}), ("resolved", "2026-10-25 10:00", {})),
        *numbered(5, ("resolved", "2026-10-29 10:00", {}), ("published", "2026-10-30 10:00", {})),
        *numbered(25, ("accepted", "2026-10-20 09:00", {})),
    ]
    counted: Counter[Any] = Counter()
    for events in reports:
        counted.update(cells(flows(history(events))))
    first, past = date(2026, 10, 1), date(2026, 11, 1)
    received, processed = (figure(f"reports.{name}", counted, first, past) for name in ("received", "processed"))
    assert (received.numerator, received.shown) == (100, "100")
    assert (processed.numerator, processed.denominator, processed.shown) == (45, 70, "64,28 %")
    early = figure("reports.processed", counted, first, date(2026, 10, 26))
    assert (early.numerator, early.denominator) == (40, 70)
    others = figure("reports.processed", counted, date(2026, 10, 21), past)
    assert (others.numerator, others.denominator, others.shown) == (0, 0, "N/A")


def state(*steps: Step) -> str:
    return history(life(SUBMITTED, *steps))[-1].state


DISPATCHED = ("dispatched", "2026-10-20 09:00", {"agency": "so-xay-dung"})
WAITING: Step = ("info_requested", "2026-10-20 10:00", {})


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], "new"),
        ([("accepted", "2026-10-20 09:00", {})], "accepted"),
        ([DISPATCHED], "dispatched"),
        ([DISPATCHED, ("returned_by_agency", "2026-10-20 10:00", {})], "returned"),
        ([DISPATCHED, WAITING], "waiting_info"),
        ([DISPATCHED, WAITING, ("info_supplied", "2026-10-21 10:00", {})], "dispatched"),
        ([DISPATCHED, ("info_supplied", "2026-10-21 10:00", {})], "dispatched"),
        ([DISPATCHED, ("status_changed", "2026-10-21 10:00", {"status": "in_progress"})], "in_progress"),
        ([DISPATCHED, ("status_changed", "2026-10-21 10:00", {"status": "unheard of"})], "dispatched"),
        ([("resolved", "2026-10-22 10:00", {}), ("rated", "2026-10-23 10:00", {"rating": 1})], "resolved"),
        ([("resolved", "2026-10-22 10:00", {}), ("reopened", "2026-10-23 10:00", {})], "reopened"),
        ([("resolved", "2026-10-22 10:00", {}), ("anonymised", "2026-11-23 10:00", {})], "resolved"),
    ],
)  # fmt: skip
def test_each_event_leads_to_its_state(steps: Sequence[Step], expected: str) -> None:
    assert state(*steps) == expected


def test_a_submission_whose_clock_is_behind_does_not_undo_what_followed_it() -> None:
    skewed = life(("submitted", "2026-10-20 08:00", {"category": "rac"}), ("accepted", "2026-10-20 07:59", {}))
    (report,) = {history(skewed)[-1]}
    assert (report.state, report.received_at) == ("accepted", at("2026-10-20 08:00"))
    assert all(flow.moment == at("2026-10-20 08:00") for flow in flows(history(skewed)))


def test_a_report_is_received_when_it_was_submitted_however_late_that_event_comes() -> None:
    known = life(("accepted", "2026-10-20 08:05", {}))
    assert history(known)[-1].received_at == at("2026-10-20 08:05")
    assert history(known + life(SUBMITTED))[-1].received_at == at("2026-10-20 08:00")


def test_october_by_category_stays_what_it_was_when_staff_correct_the_category_in_november() -> None:
    corrected = life(SUBMITTED, ("accepted", "2026-11-02 08:00", {"category": "cay-xanh"}))
    found = flows(history(corrected))
    assert standing(found, at("2026-11-01 00:00")) == {
        ("reports.received", UNASSIGNED, "rac"): 1,
        ("reports.authority", UNASSIGNED, "rac"): 1,
    }
    assert {kind for _, _, kind in standing(found, at("2026-12-01 00:00"))} == {"cay-xanh"}


def test_a_report_counts_for_the_agency_that_has_it() -> None:
    moved = life(
        SUBMITTED, DISPATCHED, ("resolved", "2026-10-22 08:00", {}), ("reopened", "2026-11-02 08:00", {}),
        ("redispatched", "2026-11-03 08:00", {"agency": "ubnd"}),
    )  # fmt: skip
    found = flows(history(moved))
    assert standing(found, at("2026-11-01 00:00")) == {
        (f"reports.{measure}", "so-xay-dung", "rac"): 1 for measure in ("received", "authority", "resolved")
    }
    assert standing(found, at("2026-12-01 00:00")) == {
        (f"reports.{measure}", "ubnd", "rac"): 1 for measure in ("received", "authority")
    }
