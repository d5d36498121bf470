"""Asking the catalogue: what holds at a moment, who came after whom, who is on duty."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.calendar.week import Week
from streams.catalogue import Agency, Catalogue, Category, Procedure
from streams.catalogue.entry import Entry
from streams.catalogue.rules import Override, Shift
from streams.contracts.types import PROVINCE_TIME
from streams.days import civil_day, day_start
from tests.unit.event_tools import at

JULY = date(2025, 7, 1)


def agency(code: str, successor: str | None = None, begun: date | None = None, ended: date | None = None) -> Agency:
    return Agency(code=code, name=code.upper(), successor=successor, valid_from=begun, valid_to=ended)


MERGED = Catalogue(
    agencies=(
        agency("a", "b", ended=date(2025, 3, 1)),
        agency("b", "c", date(2025, 3, 1), JULY),
        agency("c", begun=JULY),
        agency("same"),
    )
)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [("2025-02-28 23:59", "a"), ("2025-03-01 00:00", "b"), ("2025-06-30 23:59", "b"), ("2025-07-01 00:00", "c")],
)
def test_an_entry_holds_from_midnight_to_midnight_in_the_province(moment: str, holds: str) -> None:
    assert [code for code in "abc" if MERGED.agency(code, at(moment)) is not None] == [holds]
    assert MERGED.successor("a", at(moment)) == holds


def test_before_its_beginning_an_agency_is_itself() -> None:
    assert MERGED.successor("c", at("2025-01-01 00:00")) == "c"
    assert MERGED.successor("same", at("1990-01-01 00:00")) == "same"
    assert MERGED.successor("never-heard-of", at("2025-01-01 00:00")) == "never-heard-of"


def test_one_that_has_ended_is_told_from_one_that_is_unknown() -> None:
    assert MERGED.agency("a", at("2026-01-01 00:00")) is None
    assert MERGED.has_agency("a")
    assert not MERGED.has_agency("z")
    assert not MERGED.has_agency(None)
    assert MERGED.agency(None, at("2026-01-01 00:00")) is None


BOUNDS = st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), unique=True, max_size=6).map(sorted)
MOMENTS = st.datetimes(datetime(2023, 12, 1), datetime(2027, 1, 31), timezones=st.just(PROVINCE_TIME))  # noqa: DTZ001 - Hypothesis adds the zone


@given(BOUNDS, MOMENTS)
def test_of_entries_that_follow_each_other_exactly_one_holds(bounds: list[date], moment: datetime) -> None:
    spans = list(zip([None, *bounds], [*bounds, None], strict=True))
    entries = tuple(
        Procedure(code="1", title=f"{n}", field="f", online_level=4, working_days=n, valid_from=begin, valid_to=end)
        for n, (begin, end) in enumerate(spans)
    )
    found = Catalogue(procedures=entries).procedure("1", moment)
    assert found is not None
    assert found.working_days == sum(day <= civil_day(moment) for day in bounds)
    assert [entry for entry in entries if entry.holds_on(civil_day(moment))] == [found]


def test_an_entry_without_days_holds_always() -> None:
    assert Entry(code="x").holds_on(date.min)
    assert Entry(code="x").holds_on(date.max)


def test_defaults_of_a_category_are_the_domain_s() -> None:
    category = Category(code="rac-thai", title="Rác thải")
    assert (category.kind, category.dispatch_s, category.reject_days, category.ask_days) == ("timed", 300, 2, 5)
    assert (category.resolve, category.publish_days) == (15, 2)


def test_duty_time_goes_on_through_holidays_where_the_province_says_so() -> None:
    tet = at("2026-02-17 09:00")
    assert Catalogue().duty_time.after(tet, 300) == at("2026-02-23 07:05")
    always = Catalogue(duty=Week.model_validate({"tuesday": ["00:00-24:00"]}))
    assert always.duty_time.after(tet, 300) == at("2026-02-17 09:05")
    assert always.working_time.after(tet, 300) == at("2026-02-23 07:05")


def test_the_turns_that_a_period_touches_are_counted() -> None:
    shift = Shift(name="ioc", people=("an", "binh"), first=date(2026, 11, 2), handover=time(7))
    assert shift.turns(at("2026-11-01 00:00"), at("2026-11-02 07:00")) == 0
    assert shift.turns(at("2026-11-01 00:00"), at("2026-11-02 07:01")) == 1
    assert shift.turns(at("2026-11-03 00:00"), at("2026-11-09 07:00")) == 1
    assert shift.turns(at("2026-11-03 00:00"), at("2026-11-09 07:01")) == 2
    assert shift.turns(at("2026-11-09 00:00"), at("2026-11-24 00:00")) == 4


def test_who_stands_in_has_the_duty_and_the_turns_go_on_as_they_were() -> None:
    override = Override(person="chi", begins=at("2026-11-08 12:00"), ends=at("2026-11-10 12:00"))
    shift = Shift(name="ioc", people=("an", "binh"), first=date(2026, 11, 2), overrides=(override,))
    days = ("2026-11-08 11:59", "2026-11-08 12:00", "2026-11-10 11:59", "2026-11-10 12:00")
    assert [shift.on_duty(at(day)) for day in days] == ["an", "chi", "chi", "binh"]


def test_a_shift_is_handed_over_in_the_morning_and_goes_round() -> None:
    shift = Shift(name="ioc", people=("an", "binh", "chi"), first=date(2026, 11, 2), handover=time(7, 30))
    assert shift.on_duty(at("2026-11-02 07:29")) is None
    assert shift.on_duty(at("2026-11-02 07:30")) == "an"
    assert shift.on_duty(at("2026-11-09 07:29")) == "an"
    assert shift.on_duty(at("2026-11-09 07:30")) == "binh"
    assert shift.on_duty(day_start(date(2026, 11, 2)) + timedelta(days=21, hours=8)) == "an"
