"""Flows, cells and differences: integers that can be added and taken back."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from streams.flows import Cell, Flow, cells, difference, steps
from tests.unit.event_tools import at
from tests.unit.fold_tools import MOMENTS

KEYS = st.tuples(st.sampled_from(["m1", "m2"]), st.tuples(st.sampled_from(["a", "b"]), st.just("k")))
COHORTS = st.none() | st.just(date(2026, 10, 20))
FLOWS = st.lists(
    st.tuples(MOMENTS, KEYS, st.integers(-2, 2), COHORTS).map(lambda f: Flow(f[0], *f[1], f[2], f[3])), max_size=12
)


@given(FLOWS)
def test_a_cell_is_the_sum_of_its_days_flows_and_none_is_zero(flows: list[Flow]) -> None:
    found = cells(flows)
    assert 0 not in found.values()
    for flow in flows:
        day = flow.moment.date()  # the tests' moments are on the province's clock
        cell = Cell(flow.measure, flow.place, flow.cohort, day)
        same = [f for f in flows if f[1:3] == flow[1:3] and f.moment.date() == day and f.cohort == cell.cohort]
        assert found.get(cell, 0) == sum(f.n for f in same)
    assert sum(found.values()) == sum(flow.n for flow in flows)


@given(FLOWS, FLOWS)
def test_cells_do_not_depend_on_the_order_of_flows(flows: list[Flow], more: list[Flow]) -> None:
    assert cells(flows + more) == cells(more + flows)


@given(FLOWS, FLOWS)
def test_a_difference_is_what_turns_old_cells_into_new_ones(old: list[Flow], new: list[Flow]) -> None:
    before, after = cells(old), cells(new)
    change = difference(after, before)
    assert 0 not in change.values()
    total = {cell: before.get(cell, 0) + change.get(cell, 0) for cell in before.keys() | change.keys()}
    assert {cell: n for cell, n in total.items() if n} == after
    assert before == cells(old), "the old cells are read, not changed"


@given(st.lists(st.tuples(MOMENTS, st.lists(KEYS, unique=True, max_size=3)), max_size=6))
def test_what_is_present_after_each_step_is_what_the_flows_sum_to(history: list[tuple[object, list[object]]]) -> None:
    for n in range(len(history) + 1):
        total: dict[object, int] = {}
        for flow in steps(history[:n], None):  # type: ignore[arg-type]
            total[flow[1:3]] = total.get(flow[1:3], 0) + flow.n
        assert {key for key, count in total.items() if count} == set(history[n - 1][1] if n else ())
        assert set(total.values()) <= {0, 1}


def test_a_day_of_flows_is_the_provinces_day() -> None:
    late, early = at("2026-10-31 23:59:59.999999"), at("2026-11-01 00:00")
    assert [cell.day for cell in cells([Flow(late, "m", ("a",), 1), Flow(early, "m", ("a",), 1)])] == [
        date(2026, 10, 31),
        date(2026, 11, 1),
    ]
