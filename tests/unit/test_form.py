"""The form people sign: its sums, its two sides, and what differs after closing."""

from hypothesis import given
from hypothesis import strategies as st

from connectors.form.sheet import TITLES
from connectors.form.texts import HEADINGS
from streams.form import ASKED, COUNTS, Difference, Row, differences, rows, total

counts = st.integers(0, 50)
keys = st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(["x", "y"]))
columns = st.dictionaries(keys, counts, max_size=6)
found = st.fixed_dictionaries({column.name: columns for column in ASKED})


@given(found)
def test_the_two_sides_of_every_row_are_equal(found: dict[str, dict[tuple[str, str], int]]) -> None:
    for row in [*rows(found), total(rows(found))]:
        assert row.total == row.settled + row.being_settled


@given(found)
def test_every_column_that_was_asked_for_is_kept(found: dict[str, dict[tuple[str, str], int]]) -> None:
    whole = total(rows(found))
    asked = {name: sum(column.values()) for name, column in found.items()}
    assert whole.received == asked["received"]
    assert (whole.carried_over, whole.online, whole.late) == (asked["carried_over"], asked["online"], asked["late"])
    assert (whole.early, whole.on_time, whole.being_settled) == (asked["early"], asked["on_time"], asked["stock"])
    assert whole.overdue == asked["overdue"]


def test_what_went_to_another_agency_is_shown_as_moved() -> None:
    none: dict[tuple[str, str], int] = {}
    received = {("a", "x"): 3}
    stock = {("a", "x"): 1, ("b", "x"): 2}
    made = rows({c.name: none for c in ASKED} | {"received": received, "stock": stock})
    assert [(row.agency, row.moved, row.total) for row in made] == [("a", -2, 1), ("b", 2, 2)]
    assert total(made).moved == 0


def test_formulas_say_what_the_totals_are() -> None:
    row = Row("a", "x", *range(1, len(COUNTS) + 1))
    values = {heading.number: heading.value(row) for heading in HEADINGS}
    for heading in HEADINGS:
        if heading.formula:
            parts = [int(part.strip("()")) for part in heading.formula.split("+")]
            assert values[heading.number] == sum(values[part] for part in parts)


def test_every_count_has_a_title() -> None:
    assert set(TITLES) == set(COUNTS)


def test_a_closed_form_and_the_one_of_today_differ_cell_by_cell() -> None:
    closed = [Row("a", "x", 1, 2, 3, 0, 4, 0, 0, 2, 0)]
    now = [Row("a", "x", 1, 2, 4, 0, 4, 0, 0, 2, 1), Row("b", "x", 0, 0, 1, 0, 1, 0, 0, 0, 0)]
    assert differences(closed, closed) == []
    assert differences(closed, now) == [
        Difference("a", "x", "direct", 3, 4),
        Difference("a", "x", "overdue", 0, 1),
        Difference("b", "x", "direct", 0, 1),
        Difference("b", "x", "early", 0, 1),
    ]
