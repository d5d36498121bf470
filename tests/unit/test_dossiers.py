"""What a dossier counts as (DOMAIN §1.2), whatever its events and their order, held against a slow reference."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from streams.catalogue import Catalogue
from streams.contracts import DOSSIERS, Event
from streams.days import civil_day, day_start
from streams.dossiers.flags import contradictions
from streams.dossiers.flows import overdue_since
from tests.unit.dossier_reference import Reference
from tests.unit.dossier_tools import CATALOGUES, DAY, NEAR, ORDER, body, lives, of, states_of, totals
from tests.unit.event_tools import event, hours
from tests.unit.fold_tools import MOMENTS, asked_at, cells, standing, standing_in


@given(lives().flatmap(lambda events: st.tuples(st.just(events), st.permutations(events))), CATALOGUES)
def test_any_order_of_the_same_events_gives_the_same_history_and_flows(
    orders: tuple[list[Event], list[Event]], catalogue: Catalogue
) -> None:
    one, other = orders
    assert states_of(one, catalogue) == states_of(other, catalogue)
    assert of(one, catalogue) == of(other, catalogue)


@settings(max_examples=400)
@given(lives(), CATALOGUES)
def test_at_every_moment_a_dossier_counts_as_its_events_say(events: list[Event], catalogue: Catalogue) -> None:
    reference, found = Reference(events, catalogue), of(events, catalogue)
    for t in asked_at(found):
        assert standing(found, t) == reference.counts(t)


@settings(max_examples=30)
@given(st.lists(lives(), min_size=1, max_size=4))
def test_the_cells_of_many_dossiers_sum_to_their_states_at_the_end_of_every_day(dossiers: list[list[Event]]) -> None:
    counted: Counter[Any] = Counter()
    for events in dossiers:
        counted.update(cells(of(events)))
    for past in (date(2026, 10, 28) + timedelta(days=n) for n in range(14)):
        expected: Counter[Any] = Counter()
        for events in dossiers:
            expected.update(Reference(events).counts(day_start(past)))
        assert standing_in(counted, past) == dict(expected)


@given(lives())
def test_what_is_received_is_either_open_or_finished_at_every_moment(events: list[Event]) -> None:
    """So the two sides of the form that people sign are equal, for every period."""
    found = of(events)
    for t in asked_at(found):
        total = totals(found, t)
        assert total["received"] == total["open"] + total["finished"]
        assert 0 <= total["overdue"] <= total["open"]
        assert 0 <= total["finished_on_time"] <= total["finished"]


@settings(max_examples=60)
@given(lives())
def test_a_transfer_between_agencies_moves_the_dossier_and_keeps_the_totals(events: list[Event]) -> None:
    stay = [e.model_copy(update={"data": e.data.model_copy(update={"agency": "a"})}) for e in events]
    moved, stayed = of(events), of(stay)
    for t in asked_at(moved):
        assert totals(moved, t) == totals(stayed, t)


LATER = body({}, {"finished_at": NEAR, "returned_at": NEAR, "due_at": NEAR, "agency": st.just("c")})
LATER_WAYS = st.sampled_from(ORDER[2:]).flatmap(lambda kind: st.tuples(st.just(kind), LATER))


@settings(max_examples=200)
@given(lives(), st.lists(LATER_WAYS, min_size=1, max_size=3))
def test_events_that_follow_change_nothing_before_the_moments_they_name(
    events: list[Event], more: list[tuple[str, dict[str, Any]]]
) -> None:
    """Unless they correct the receipt or what the dossier is, or show by an apology that a due date which upstream gave
    before was the apology's, or settle a contradiction, for which the dossier counted nowhere. The first due date holds
    from the beginning however late it is told: it tells from when on it was near, and that an end was early."""
    last = max(e.time for e in events)
    later = [
        event(DOSSIERS, kind, last + hours(n + 1), {"id": f"later-{n}"}, **{"rating": 1, "due_at": "2026-12-01"} | data)
        for n, (kind, data) in enumerate(more)
    ]
    given_before = {civil_day(e.data.due_at) for e in events if e.data.due_at}  # type: ignore[attr-defined]  # the body of a dossier
    announced = {civil_day(e.data.due_at) for e in later if e.type.endswith("extended")}  # type: ignore[attr-defined]  # the body of a dossier
    assume(not given_before & announced and not contradictions(states_of(events)[-1]))
    named = [(e.time, e.data.finished_at, e.data.returned_at, e.data.due_at) for e in later]  # type: ignore[attr-defined]  # the body of a dossier
    t = min(moment for moments in named for moment in moments if moment)
    settled = any(e.data.due_at for e in events if not e.type.endswith("extended")) and not announced  # type: ignore[attr-defined]  # the body of a dossier
    first = set() if settled else {"dossiers.due_soon", "dossiers.finished_early"}
    before, after = of(events), of(events + later)
    assert [flow for flow in before if flow.moment < t and flow.measure not in first] == [
        flow for flow in after if flow.moment < t and flow.measure not in first
    ]


def waits(event: Event) -> bool:
    return event.type.endswith("requested") or event.data.status in (5, 6)  # type: ignore[attr-defined]  # the body of a dossier


@settings(max_examples=200)
@given(lives(), DAY | NEAR, MOMENTS)
def test_an_apology_never_makes_a_dossier_less_late_where_nothing_is_waited_for(
    events: list[Event], due: str, time: datetime
) -> None:
    apology = event(DOSSIERS, "extended", time, {"id": "apology"}, due_at=due)
    told, silent = of([*events, apology]), of(events)
    assume(bool(told) or not silent)  # a date before the receipt contradicts itself
    assume(not any(map(waits, events)))  # docs/indicators.md says what a wait may do beside it
    for t in asked_at(told + silent):
        with_, without = totals(told, t), totals(silent, t)
        assert with_["finished_on_time"] <= without["finished_on_time"]
        assert with_["overdue"] >= without["overdue"]


@given(lives())
def test_overdue_since_is_when_the_last_unbroken_overdue_began_or_will_begin(events: list[Event]) -> None:
    found = of(events)
    moments = sorted({flow.moment for flow in found})
    counted = [(moment, totals(found, moment + timedelta(microseconds=1))["overdue"]) for moment in moments]
    expected = None
    for moment, overdue in counted:
        expected = (expected or moment) if overdue else None
    assert overdue_since(found) == expected
