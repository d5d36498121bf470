"""Flows, contributions and differences: integers that can be added and taken back."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from streams.flows import Ahead, Flow, contribution, difference, to_come
from tests.unit.event_tools import at
from tests.unit.fold_tools import MOMENTS, cells

KEYS = st.tuples(st.sampled_from(["m1", "m2"]), st.tuples(st.sampled_from(["a", "b"]), st.just("k")))
COHORTS = st.none() | st.just(date(2026, 10, 20))
FLOWS = st.lists(
    st.tuples(MOMENTS, KEYS, st.integers(-2, 2), COHORTS).map(lambda f: Flow(f[0], *f[1], f[2], f[3])), max_size=12
)


@given(FLOWS, MOMENTS)
def test_a_contribution_is_what_its_flows_come_to_and_nothing_in_it_is_zero(flows: list[Flow], last: datetime) -> None:
    found = contribution(flows, last)
    assert found.cells == cells(flows)
    assert to_come([found], ()) == moments(flow for flow in flows if flow.moment > last)
    for numbers in (*found.past.values(), *found.ahead.values()):
        assert numbers
        assert 0 not in numbers.values()


def moments(flows: Iterable[Flow]) -> dict[Ahead, int]:
    """What flows come to at their moments, counted one by one."""
    counts: Counter[Ahead] = Counter()
    for flow in flows:
        counts[Ahead(flow.measure, flow.place, flow.cohort, flow.moment)] += flow.n
    return {address: n for address, n in counts.items() if n}


@given(FLOWS, FLOWS, MOMENTS)
def test_contributions_do_not_depend_on_the_order_of_flows(flows: list[Flow], more: list[Flow], last: datetime) -> None:
    assert contribution(flows + more, last) == contribution(more + flows, last)


@given(FLOWS, FLOWS, MOMENTS)
def test_what_is_to_come_changes_by_what_is_added_less_what_is_taken(
    old: list[Flow], new: list[Flow], last: datetime
) -> None:
    before, now = contribution(old, last), contribution(new, last)
    total = Counter(to_come([before], ()))
    total.update(to_come([now], [before]))
    assert {address: n for address, n in total.items() if n} == to_come([now], ())


@given(FLOWS, FLOWS)
def test_a_difference_is_what_turns_old_cells_into_new_ones(old: list[Flow], new: list[Flow]) -> None:
    before, after = cells(old), cells(new)
    change = difference(after, before)
    assert 0 not in change.values()
    total = {cell: before.get(cell, 0) + change.get(cell, 0) for cell in before.keys() | change.keys()}
    assert {cell: n for cell, n in total.items() if n} == after
    assert before == cells(old), "the old cells are read, not changed"


def test_a_day_of_flows_is_the_provinces_day() -> None:
    late, early = at("2026-10-31 23:59:59.999999"), at("2026-11-01 00:00")
    found = contribution([Flow(late, "m", ("a",), 1), Flow(early, "m", ("a",), 1)], early)
    assert [day for _, _, day in found.past] == [date(2026, 10, 31), date(2026, 11, 1)]
