"""Small cells stay unknown, also to whoever knows the rule and every total."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.suppression import NOTHING, SMALLEST, Counts, Published, published

CODES = "abcd"


def seen(total: int, counts: Counts) -> tuple[int | None, tuple[int | None, ...]]:
    """What a reader has of one table: the total, and each cell or None."""
    found = published(total, {"agency": counts})
    if found.total is None:
        return None, (None,) * len(CODES)
    return found.total, tuple(None if code in found.hidden["agency"] else counts.get(code, 0) for code in CODES)


def test_who_knows_the_rule_and_tries_every_table_finds_two_numbers_possible_for_each_hidden_cell() -> None:
    """All tables of four cells up to ten: those that are published alike cannot be told apart."""
    alike = defaultdict(list)
    for cells in product(range(11), repeat=len(CODES)):
        alike[seen(sum(cells), dict(zip(CODES, cells, strict=True)))].append(cells)
    assert len(alike) > 5000
    for told, possible in alike.items():
        for n, cell in enumerate(told[1]):
            assert cell is not None or len({cells[n] for cells in possible}) > 1, (told, possible)


@given(st.dictionaries(st.sampled_from([f"{n}" for n in range(30)]), st.integers(0, 40)))
def test_no_cell_is_the_total_less_the_others_and_no_small_one_is_told(counts: dict[str, int]) -> None:
    found = published(sum(counts.values()), {"field": counts})
    if found.total is None:
        return
    hidden = found.hidden["field"]
    assert all(n == 0 or n >= SMALLEST for code, n in counts.items() if code not in hidden)
    assert len(hidden) != 1
    rest = found.total - sum(n for code, n in counts.items() if code not in hidden)
    assert not hidden or len(hidden) < rest, "else each of them were one"


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.integers(0, 12)), max_size=12))
def test_tables_of_the_same_things_are_told_or_withheld_together(crossed: list[tuple[str, str, int]]) -> None:
    """A total that one table must not give away is not the sum of another one."""
    tables: dict[str, dict[str, int]] = {"agency": {}, "field": {}}
    for agency, field, n in crossed:
        tables["agency"][agency] = tables["agency"].get(agency, 0) + n
        tables["field"][field] = tables["field"].get(field, 0) + n
    total = sum(n for _, _, n in crossed)
    alone = [published(total, {name: counts}) for name, counts in tables.items()]
    together = published(total, tables)
    assert (together == NOTHING) == (NOTHING in alone)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({}, ""),
        ({"a": 7, "b": 5}, ""),
        ({"a": 7, "b": 3, "c": 9}, "ab"),
        ({"a": 7, "b": 3, "c": 2}, "bc"),
        ({"a": 7, "b": 1, "c": 1}, "abc"),
        ({"a": 7, "b": 4, "c": 4}, "abc"),
        ({"a": 0, "b": 3, "c": 5, "d": 5}, "bcd"),
    ],
)
def test_beside_a_small_cell_the_smallest_of_the_others_are_hidden(counts: dict[str, int], hidden: str) -> None:
    total = sum(counts.values())
    assert published(total, {"agency": counts}) == Published(total, {"agency": frozenset(hidden)})


@pytest.mark.parametrize("counts", [{"a": 4}, {"a": 1, "b": 2}, dict.fromkeys("abcdef", 1), {"a": 20, "b": -1}])
def test_where_nothing_can_be_hidden_well_nothing_is_told(counts: dict[str, int]) -> None:
    assert published(sum(counts.values()), {"agency": counts}) == NOTHING
