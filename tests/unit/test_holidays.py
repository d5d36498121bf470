"""The calendar of three years, held against the calendars that the ministries published."""

from datetime import date, timedelta

import pytest

from streams.calendar import Calendar
from tests.unit.test_working_time import SWAPPED_NEW_YEAR
from tests.unit.working_time_reference import MADE_UP, works_on


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_the_year_is_worked_or_not_as_published(year: int) -> None:
    work = SWAPPED_NEW_YEAR.working_time
    assert [day for day in days_of(year) if work.is_working_day(day) != works_on(day)] == []


def test_the_library_alone_lacks_one_swap_that_the_example_catalogue_adds() -> None:
    work = Calendar().working_time
    wrong = {day for year in (2024, 2025, 2026) for day in days_of(year) if work.is_working_day(day) != works_on(day)}
    assert wrong == {date(2026, 1, 2), date(2026, 1, 10)}
    assert MADE_UP - wrong < set(Calendar().swapped_days)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 2, 17), "Tết Nguyên Đán"),
        (date(2026, 4, 27), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
        (date(2025, 5, 2), "Ngày nghỉ (thay cho ngày 26/04/2025)"),
    ],
)
def test_holidays_have_names(day: date, name: str) -> None:
    assert Calendar().holiday(day) == name


def test_a_calendar_that_was_stored_is_the_same_when_read_back() -> None:
    assert Calendar.model_validate_json(SWAPPED_NEW_YEAR.model_dump_json()) == SWAPPED_NEW_YEAR
