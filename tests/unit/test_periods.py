"""Periods: calendar ones, and those by which the administration reports."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.errors import WrongUse
from streams.periods import months_before, period, running


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2026-9M", "2026-01-01", "2026-09-30"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-10-05..2026-10-05", "2026-10-05", "2026-10-05"),
    ],
)
def test_calendar_periods(text: str, first: str, last: str) -> None:
    found = period(text)
    assert (f"{found.first}", f"{found.past - timedelta(1)}") == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10", "2026-09-15", "2026-10-14"),
        ("2026-01", "2025-12-15", "2026-01-14"),
        ("2026-Q1", "2025-12-15", "2026-03-14"),
        ("2026-Q4", "2026-09-15", "2026-12-14"),
        ("2026-H1", "2025-12-15", "2026-06-14"),
        ("2026-9M", "2025-12-15", "2026-09-14"),
        ("2026", "2025-12-15", "2026-12-14"),
    ],
)
def test_reporting_periods_as_domain_says_them(text: str, first: str, last: str) -> None:
    found = period(text, reporting=True)
    assert (f"{found.first}", f"{found.past - timedelta(1)}") == (first, last)


@given(year=st.integers(1990, 2100), reporting=st.booleans())
def test_months_quarters_and_halves_tile_the_year(year: int, reporting: bool) -> None:
    whole = period(f"{year}", reporting=reporting)
    for parts in ([f"-{m:02}" for m in range(1, 13)], [f"-Q{q}" for q in range(1, 5)], ["-H1", "-H2"]):
        found = [period(f"{year}{part}", reporting=reporting) for part in parts]
        assert (found[0].first, found[-1].past) == (whole.first, whole.past)
        assert all(a.past == b.first for a, b in pairwise(found))


@given(day=st.dates(date(1990, 1, 2), date(2100, 1, 1)))
def test_a_day_is_a_period(day: date) -> None:
    assert period(f"{day}..{day}")[1:] == (day, day + timedelta(1))


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026-Q5", "26-10", "2026-02-30..2026-03-01", "0000", "x"])
def test_anything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(WrongUse, match="2026-Q3"):
        period(text)


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(WrongUse, match="ends before"):
        period("2026-10-05..2026-10-04")


def test_a_day_lies_in_a_month_a_quarter_and_a_year() -> None:
    assert [one.name for one in running(date(2026, 11, 24))] == ["2026-11", "2026-Q4", "2026"]
    assert all(one.first <= date(2026, 3, 31) < one.past for one in running(date(2026, 3, 31)))


def test_the_months_before_a_day_go_back_over_new_year() -> None:
    assert [one.name for one in months_before(date(2026, 2, 28), 3)] == ["2025-11", "2025-12", "2026-01"]
