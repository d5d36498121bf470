"""Rollups: whatever is asked, the rows that answer it sum to what the cells of days would."""

from collections import Counter
from datetime import date, datetime, timedelta

import orjson
from hypothesis import given
from hypothesis import strategies as st

from connectors.timescale.packing import pack, unpack
from streams.flows import Cell, Contribution, Flow, Place, contribution
from streams.lanes import packed, unpacked
from streams.rollup import NO_COHORT, leaves, located, rows
from tests.unit.fold_tools import MOMENTS

COUNTERS = st.dictionaries(st.integers(0, 90), st.integers(-(2**40), 2**40), max_size=12)


@given(COUNTERS, COUNTERS)
def test_packed_counters_add_as_each_would(one: dict[int, int], other: dict[int, int]) -> None:
    total = unpacked(packed(one) + packed(other))
    assert [one.get(lane, 0) + other.get(lane, 0) for lane in range(len(total))] == total
    assert all(one.get(lane, 0) + other.get(lane, 0) == 0 for lane in range(len(total), 100))
    assert not total or total[-1], "the last one is not zero"
    assert unpacked(packed(one) - packed(one)) == []


LANES = {"dossiers.open": 0, "dossiers.finished": 1, "dossiers.overdue": 7}
PLACES = st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), st.just("p"), st.sampled_from(["online", "post"]))
DAYS = st.integers(0, 900).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
CHANGES = st.dictionaries(
    st.builds(Cell, st.sampled_from([*LANES, "dossiers.days#3"]), PLACES, st.none() | DAYS, DAYS),
    st.integers(-3, 3),
    max_size=15,
)


def made_of(cells: dict[Cell, int]) -> Contribution:
    past: dict[tuple[Place, date | None, date], dict[str, int]] = {}
    for (measure, *where), n in cells.items():
        past.setdefault(tuple(where), {})[measure] = n  # type: ignore[arg-type]  # the rest of a Cell
    return Contribution(past, {})


@given(CHANGES, CHANGES)
def test_what_is_added_less_what_is_taken_back_turns_old_rows_into_new_ones(
    old: dict[Cell, int], new: dict[Cell, int]
) -> None:
    before, now = made_of(old), made_of(new)
    total = Counter(rows("dossiers", leaves("dossiers", [before], (), LANES)))
    total.update(rows("dossiers", leaves("dossiers", [now], [before], LANES)))
    assert {row: n for row, n in total.items() if n} == rows("dossiers", leaves("dossiers", [now], (), LANES))


@given(CHANGES)
def test_every_axis_and_every_grain_counts_each_change_once(changes: dict[Cell, int]) -> None:
    expected: Counter[tuple[str, int, bool]] = Counter()
    for cell, n in changes.items():
        expected[*located(cell.measure, LANES), cell.cohort is None] += n
    found: dict[tuple[str, str], Counter[tuple[str, int, bool]]] = {}
    for row, counters in rows("dossiers", leaves("dossiers", [made_of(changes)], (), LANES)).items():
        counted = found.setdefault((row.axis, row.grain), Counter())
        for lane, n in enumerate(unpacked(counters)):
            counted[row.vector, lane, row.cohort == NO_COHORT] += n
    axes = {"agency", "field", "procedure", "channel", "agency,field"}
    assert {axis for axis, _ in found} <= axes
    for (_, grain), counted in found.items():
        own = {key: n for key, n in expected.items() if n and key[2] == (len(grain) == 1)}
        assert {key: n for key, n in counted.items() if n} == own


@given(CHANGES, DAYS)
def test_what_stands_at_the_end_of_a_day_is_the_years_the_months_and_the_days_before(
    changes: dict[Cell, int], past: date
) -> None:
    month, year = past.replace(day=1), past.replace(month=1, day=1)
    ranges = {"Y": (date.min, year), "M": (year, month), "D": (month, past)}
    standing: Counter[str] = Counter()
    for row, counters in rows("dossiers", leaves("dossiers", [made_of(changes)], (), LANES)).items():
        lower, upper = ranges.get(row.grain, (past, past))
        if row.axis == "agency" and row.vector == "dossiers" and lower <= row.day < upper:
            standing[row.who] += sum(unpacked(counters))
    expected: Counter[str] = Counter()
    for cell, n in changes.items():
        if cell.measure in LANES and cell.cohort is None and cell.day < past:
            expected[cell.place[0]] += n
    assert {who: n for who, n in standing.items() if n} == {who: n for who, n in expected.items() if n}


FLOWS = st.lists(
    st.builds(
        Flow,
        MOMENTS,
        st.sampled_from(["dossiers.open", "dossiers.overdue"]),
        PLACES,
        st.integers(-1, 1),
        st.none() | DAYS,
    ),
    max_size=10,
)


@given(FLOWS, MOMENTS)
def test_what_a_subject_contributes_is_read_back_as_it_was_kept(flows: list[Flow], last: datetime) -> None:
    counts = contribution(flows, last)
    assert unpack(orjson.loads(pack(counts))) == counts
