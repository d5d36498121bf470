"""Working time: as a slow reference says, and at its edges."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.calendar import Calendar, WorkingTime
from streams.calendar.calendar import Closure, Holiday, MakeUpDay
from streams.calendar.week import Week
from tests.unit.event_tools import at
from tests.unit.working_time_reference import While

CASES = 10_000

SWAPPED_NEW_YEAR = Calendar(
    extra_holidays=(Holiday(day=date(2026, 1, 2), name="Nghỉ thay cho ngày 10/1/2026"),),
    make_up_days=(MakeUpDay(day=date(2026, 1, 10), stands_for=date(2026, 1, 2)),),
)
"""What the library does not know of the three years."""

WORK = SWAPPED_NEW_YEAR.working_time

TET = [
    (date(2023, 12, 18), date(2024, 5, 20)),
    (date(2024, 12, 16), date(2025, 5, 19)),
    (date(2025, 12, 15), date(2026, 5, 18)),
]
"""Three years' ends, Tết and the days of April and May, each with what is swapped for them."""

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone
AMOUNTS = st.integers(0, 3_000_000)


def test_ten_thousand_cases_over_three_tet_holidays_are_as_the_slow_reference_says() -> None:
    random, compared = Random(2026), 0
    for first, last in TET:
        slow = While.around(first, last)
        middle = len(slow.minutes) // 2
        for _ in range(CASES // len(TET) + 1):
            start, span = random.randrange(len(slow.minutes) // 4, middle), random.randrange(len(slow.minutes) // 4)
            amount, days = random.randrange(1, 6 * 8 * 60), random.randrange(1, 21)
            here, there = slow.moment(start), slow.moment(start + span)
            assert WORK.between(here, there) == 60 * slow.between(start, start + span)
            assert WORK.after(here, 60 * amount) == slow.moment(slow.after(start, amount))
            assert WORK.before(there, 60 * amount) == slow.moment(slow.before(start + span, amount))
            assert WORK.end_of_day_after(here, days) == slow.moment(slow.end_of_day_after(start, days))
            assert WORK.is_working(here) is bool(slow.minutes[start])
            compared += 1
    print(f"{compared} random cases over {len(TET)} Tết holidays: equal to the minute-by-minute reference")
    assert compared >= CASES


@given(MOMENTS, AMOUNTS)
def test_what_is_added_is_what_lies_between(start: datetime, seconds: int) -> None:
    assert WORK.between(start, WORK.after(start, seconds)) == seconds
    assert WORK.between(WORK.before(start, seconds), start) == seconds


@given(st.lists(MOMENTS, min_size=3, max_size=3))
def test_parts_add_up_to_the_whole(moments: list[datetime]) -> None:
    a, b, c = moments
    assert WORK.between(a, b) + WORK.between(b, c) == WORK.between(a, c)
    assert WORK.between(a, b) == -WORK.between(b, a)


@given(MOMENTS, st.integers(1, 3_000_000))
def test_the_due_moment_is_the_first_and_the_moment_before_it_the_last_of_its_kind(start: datetime, n: int) -> None:
    moment, tick = WORK.after(start, n), timedelta(microseconds=1)
    assert WORK.is_working(moment - tick)
    assert WORK.is_working(WORK.before(start, n))


@given(MOMENTS, st.integers(1, 60), st.integers(0, 60))
def test_working_days_add_up(start: datetime, some: int, more: int) -> None:
    end = WORK.end_of_day_after(start, some)
    assert not WORK.is_working(end)
    assert WORK.is_working(end - timedelta(microseconds=1))
    assert WORK.end_of_day_after(end, more) == WORK.end_of_day_after(start, some + more)


@given(MOMENTS, st.sampled_from(["UTC", "Asia/Ho_Chi_Minh", "America/New_York"]))
def test_the_time_zone_a_moment_is_written_in_makes_no_difference(moment: datetime, zone: str) -> None:
    other = moment.astimezone(ZoneInfo(zone))
    assert WORK.after(other, 5000) == WORK.after(moment, 5000)
    assert WORK.end_of_day_after(other, 3) == WORK.end_of_day_after(moment, 3)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-11-16 09:00", 1, "2026-11-17 17:00"),
        ("2026-11-16 23:59", 1, "2026-11-17 17:00"),
        ("2026-11-17 00:00", 1, "2026-11-18 17:00"),  # midnight begins another day of receipt
        ("2026-11-20 09:00", 1, "2026-11-23 17:00"),  # the weekend
        ("2026-11-21 09:00", 1, "2026-11-23 17:00"),  # received on a Saturday
        ("2026-11-23 09:00", 1, "2026-11-25 17:00"),  # the day of Vietnamese culture
        ("2026-02-13 16:00", 1, "2026-02-23 17:00"),  # Tết
        ("2024-02-06 08:00", 3, "2024-02-16 17:00"),
        ("2025-12-31 08:00", 1, "2026-01-05 17:00"),  # the year's end, with a swapped Friday
        ("2026-01-09 08:00", 1, "2026-01-10 17:00"),  # and its made-up Saturday
        ("2024-05-03 08:00", 1, "2024-05-04 17:00"),
        ("2026-11-16 09:00", 0, "2026-11-16 17:00"),  # the same day
        ("2026-11-21 09:00", 0, "2026-11-23 17:00"),
    ],
)
def test_a_due_date_is_the_end_of_a_working_day(received: str, days: int, due: str) -> None:
    assert WORK.end_of_day_after(at(received), days) == at(due)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-16 10:30", 30, "2026-11-16 11:00"),
        ("2026-11-16 10:30", 31, "2026-11-16 13:01"),  # the noon break
        ("2026-11-16 12:00", 1, "2026-11-16 13:01"),
        ("2026-11-16 16:59", 2, "2026-11-17 07:01"),
        ("2026-02-13 16:59", 2, "2026-02-23 07:01"),
        ("2025-12-31 17:00", 8 * 60, "2026-01-05 17:00"),
    ],
)
def test_hours_of_work_leave_out_noon_night_and_holidays(start: str, minutes: int, due: str) -> None:
    assert WORK.after(at(start), minutes * 60) == at(due)


@pytest.mark.parametrize(
    ("end", "minutes", "since"),
    [
        ("2026-11-16 17:00", 4 * 60, "2026-11-16 13:00"),
        ("2026-11-16 13:00", 60, "2026-11-16 10:00"),
        ("2026-02-23 07:00", 60, "2026-02-13 16:00"),
    ],
)
def test_due_soon_begins_as_late_as_it_can(end: str, minutes: int, since: str) -> None:
    assert WORK.before(at(end), minutes * 60) == at(since)


def test_no_time_is_no_time() -> None:
    sunday = at("2026-11-22 03:00")
    assert WORK.after(sunday, 0) == WORK.before(sunday, 0) == sunday
    assert WORK.between(sunday, at("2026-11-23 07:00")) == 0


def test_the_day_of_receipt_counts_where_the_province_says_so() -> None:
    counting = Calendar(receipt_counts=True).working_time
    assert counting.end_of_day_after(at("2026-11-16 09:00"), 1) == at("2026-11-16 17:00")
    assert counting.end_of_day_after(at("2026-11-21 09:00"), 2) == at("2026-11-24 17:00") + timedelta(1)


def test_a_closure_is_no_working_time_and_a_make_up_day_has_the_hours_it_stands_for() -> None:
    week = Week.model_validate({"friday": ["07:00-11:00"]})
    storm = Closure(first=date(2026, 11, 19), last=date(2026, 11, 20), reason="bão số 13")
    made_up = MakeUpDay(day=date(2026, 11, 21), stands_for=date(2026, 11, 20))
    work = Calendar(week=week, closures=(storm,), make_up_days=(made_up,)).working_time
    assert work.end_of_day_after(at("2026-11-18 09:00"), 1) == at("2026-11-21 11:00")
    assert not work.is_working_day(date(2026, 11, 20))
    assert work.is_working_day(date(2026, 11, 21))


def test_a_week_may_run_day_and_night() -> None:
    always = WorkingTime([((0, 86_400),)] * 7)
    assert always.between(at("2026-02-16 00:00"), at("2026-02-18 12:00")) == 60 * 3600
    assert always.after(at("2026-02-16 23:30"), 3600) == at("2026-02-17 00:30")


def test_far_outside_the_calendar_time_stands_still_and_nothing_fails() -> None:
    early, late = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    for moment in (early, late):
        assert not WORK.is_working(moment)
    assert WORK.between(early, late) > 0
    assert WORK.after(late, 10) == WORK.end_of_day_after(late, 10) == datetime(2239, 12, 31, 17, tzinfo=UTC)
    assert WORK.before(early, 10) == datetime(1899, 12, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [["7-11"], ["11:00-07:00"], ["07:00-11:00", "10:00-12:00"], ["07:60-08:00"], ["07:00-25:00"], "07:00-11:00"],
)
def test_hours_that_are_none_are_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="span"):
        Week.model_validate({"monday": wrong})
