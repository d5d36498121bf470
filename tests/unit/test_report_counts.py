"""What a report counts as: at every moment as the definitions say, in whatever order and batches its events come."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.contracts import Event
from streams.days import civil_day, day_start
from streams.flows import Cell, difference
from streams.reports.flows import flows
from streams.reports.fold import history
from tests.unit.fold_tools import asked_at, cells, standing, standing_in
from tests.unit.report_reference import Reference
from tests.unit.report_tools import CATALOGUE, MOMENTS, TET, WAYS, lives, made


def flows_of(events: list[Event]) -> list[Any]:
    return flows(history(events, CATALOGUE))


@settings(max_examples=400)
@given(lives())
def test_at_every_moment_a_report_counts_as_the_events_before_it_say(events: list[Event]) -> None:
    found, slow = flows_of(events), Reference(events)
    for t in asked_at(found):
        assert standing(found, t) == slow.counts(t)


@settings(max_examples=100)
@given(lives())
def test_the_dates_of_a_report_are_as_the_slow_reference_counts_them(events: list[Event]) -> None:
    slow = Reference(events)
    for n, report in enumerate(history(events, CATALOGUE)):
        assert (report.due_at, report.agency_due_at) == (slow.citizens(n), slow.agencys(n))
        assert report.verdict is None or report.verdict.late is slow.verdict_late(n)


@given(lives(st.just(TET) | MOMENTS).flatmap(lambda e: st.tuples(st.just(e), st.permutations(e))))
def test_any_order_of_the_same_events_gives_the_same_states_and_flows(orders: tuple[list[Event], list[Event]]) -> None:
    one, other = (history(events, CATALOGUE) for events in orders)
    assert one == other
    assert flows(one) == flows(other)


@given(lives().flatmap(lambda e: st.tuples(st.permutations(e), st.integers(0, len(e)))))
def test_batches_add_up_to_what_one_fold_of_everything_counts(batches: tuple[list[Event], int]) -> None:
    events, first = batches
    kept: Counter[Cell] = Counter()
    before: dict[Cell, int] = {}
    for known in (events[:first], events):
        if known:
            now = cells(flows_of(known))
            kept.update(difference(now, before))
            before = now
    assert {cell: n for cell, n in kept.items() if n} == cells(flows_of(events))


@settings(max_examples=40)
@given(st.lists(lives(), min_size=1, max_size=4))
def test_the_cells_of_many_reports_sum_to_their_standing_at_the_end_of_every_day(reports: list[list[Event]]) -> None:
    counted: Counter[Any] = Counter()
    for events in reports:
        counted.update(cells(flows_of(events)))
    for past in (date(2026, 2, 9) + timedelta(days=n) for n in range(18)):
        expected: Counter[Any] = Counter()
        for events in reports:
            expected.update(Reference(events).counts(day_start(past)))
        assert standing_in(counted, past) == dict(expected)


@given(lives(), st.lists(st.tuples(WAYS, MOMENTS), max_size=3))
def test_once_a_submission_is_known_a_later_event_changes_nothing_before_it(
    events: list[Event], more: list[tuple[tuple[str, dict[str, Any]], datetime]]
) -> None:
    events.append(made("submitted", TET, "first", 0, {"category": "rac"}))
    later = [made(kind, time, f"later-{n}", None, data) for n, ((kind, data), time) in enumerate(more)]
    t = min((e.time for e in later), default=TET + timedelta(days=90))
    before, after = flows_of(events), flows_of(events + later)
    assert standing(before, t) == standing(after, t)


@given(lives())
def test_what_is_of_a_cohort_is_of_the_day_of_receipt(events: list[Event]) -> None:
    states = history(events, CATALOGUE)
    cohorts = {flow.cohort for flow in flows(states) if flow.measure == "reports.received"}
    assert cohorts == {civil_day(states[-1].received_at)}
