"""Civil days of the province and moments as integers: exact, also around midnight and far from now."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.contracts.types import PROVINCE_TIME
from streams.days import MICROSECOND, civil_day, day_start, microseconds, moment
from tests.unit.event_tools import at

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1976, 1, 1), datetime(2199, 1, 1), timezones=ZONES)  # noqa: DTZ001 - Hypothesis adds the zone
OF_EVENTS = st.integers(0, 2**32 * 10**6 - 1)  # up to 2106


@given(MOMENTS)
def test_the_civil_day_is_seven_hours_ahead_of_greenwich(time: datetime) -> None:
    assert civil_day(time) == (time.astimezone(UTC) + timedelta(hours=7)).date()


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=ZONES))  # noqa: DTZ001 - Hypothesis adds the zone
def test_the_civil_day_is_that_of_the_time_zone_in_every_year_that_data_may_name(time: datetime) -> None:
    assert civil_day(time) == time.astimezone(PROVINCE_TIME).date()


@given(MOMENTS)
def test_a_moment_lies_between_the_starts_of_its_day_and_of_the_next(time: datetime) -> None:
    day = civil_day(time)
    assert day_start(day) <= time < day_start(day + timedelta(days=1))


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("2026-10-31T16:59:59.999999+00:00", date(2026, 10, 31)),
        ("2026-10-31T17:00:00+00:00", date(2026, 11, 1)),
        ("2026-11-01T00:00:00+07:00", date(2026, 11, 1)),
        ("2026-10-31T23:59:59.999999+07:00", date(2026, 10, 31)),
        ("2026-12-31T12:00:00-05:00", date(2027, 1, 1)),
    ],
)
def test_midnight_is_the_province_s(time: str, day: date) -> None:
    assert civil_day(datetime.fromisoformat(time)) == day


def test_a_day_starts_at_midnight_in_the_province() -> None:
    assert day_start(date(2026, 11, 1)) == at("2026-11-01 00:00") == datetime(2026, 10, 31, 17, tzinfo=UTC)


@given(MOMENTS)
def test_microseconds_are_exact_there_and_back(time: datetime) -> None:
    assert moment(microseconds(time)) == time
    assert microseconds(time + MICROSECOND) == microseconds(time) + 1


@settings(max_examples=600)
@given(OF_EVENTS, ZONES)
def test_microseconds_are_the_same_in_any_zone(time: int, zone: timezone) -> None:
    assert microseconds(moment(time).astimezone(zone)) == time
