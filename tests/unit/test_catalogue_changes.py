"""What a new catalogue changes, and since when."""

from datetime import date

import pytest

from streams.calendar import Calendar
from streams.calendar.calendar import Closure, MakeUpDay
from streams.calendar.week import Week
from streams.catalogue import Catalogue, Check, Procedure, System
from streams.catalogue.changes import EVER, Change, changes, reach
from streams.catalogue.places import Agency
from streams.catalogue.rules import Person

TODAY = date(2026, 11, 24)


def procedure(days: int, valid_from: date | None = None, valid_to: date | None = None) -> Procedure:
    return Procedure(
        code="1", title="P", field="f", online_level=4, working_days=days, valid_from=valid_from, valid_to=valid_to
    )


def of(before: Catalogue, after: Catalogue) -> Change:
    """The only change."""
    (change,) = changes(before, after)
    return change


def procedures(*entries: Procedure) -> Catalogue:
    return Catalogue(procedures=entries)


def test_the_same_catalogue_changes_nothing() -> None:
    assert changes(procedures(procedure(3)), procedures(procedure(3))) == []


def test_an_entry_is_added_changed_or_removed() -> None:
    nobody, one, other = Catalogue(), procedures(procedure(3)), procedures(procedure(5))
    assert of(nobody, one) == ("procedures", "1", "added", EVER)
    assert of(one, other) == ("procedures", "1", "changed", EVER)
    assert of(other, nobody) == ("procedures", "1", "removed", EVER)


def test_an_entry_that_changes_on_a_day_changes_from_that_day() -> None:
    day = date(2027, 1, 1)
    change = of(procedures(procedure(3)), procedures(procedure(3, valid_to=day), procedure(5, valid_from=day)))
    assert change == ("procedures", "1", "changed", day)
    assert reach([change], TODAY) is None
    assert reach([change], date(2027, 1, 2)) == day


@pytest.mark.parametrize(
    ("calendar", "since"),
    [
        (Calendar(closures=(Closure(first=date(2026, 9, 7), last=date(2026, 9, 8), reason="bão"),)), date(2026, 9, 7)),
        (Calendar(closures=(Closure(first=date(2026, 9, 6), last=date(2026, 9, 7), reason="bão"),)), date(2026, 9, 7)),
        (
            Calendar(make_up_days=(MakeUpDay(day=date(2027, 2, 13), stands_for=date(2027, 2, 12)),)),
            date(2027, 2, 13),
        ),
        (Calendar(receipt_counts=True), EVER),
        (Calendar(week=Week.model_validate({"saturday": ["07:00-11:00"]})), EVER),
    ],
)
def test_a_calendar_is_felt_on_the_first_day_with_other_hours(calendar: Calendar, since: date) -> None:
    assert of(Catalogue(), Catalogue(calendar=calendar)) == ("calendar", "", "changed", since)


def test_titles_phones_and_people_decide_nothing() -> None:
    renamed = procedures(procedure(3).model_copy(update={"title": "Q"}))
    assert of(procedures(procedure(3)), renamed) == ("procedures", "1", "changed", None)
    assert of(Catalogue(), Catalogue(people=(Person(id="p", name="P", phone="113"),))).since is None
    one, other = (Catalogue(agencies=(Agency(code="a", name="A", duty_phone=phone),)) for phone in ("113", "114"))
    assert reach(changes(one, other), TODAY) is None


def test_an_agency_that_becomes_known_is_told_from_unknown_ones_whenever_it_was_named() -> None:
    assert reach(changes(Catalogue(), Catalogue(agencies=(Agency(code="a", name="A"),))), TODAY) == EVER


def test_a_system_with_other_terms_is_to_be_folded_again_and_one_with_another_name_is_not() -> None:
    def province(name: str, grace_s: int) -> Catalogue:
        checks = (Check(id="web", grace_s=grace_s),)
        return Catalogue(systems=(System(id="lgsp", name=name, name_en="LGSP", watch=("errors",), checks=checks),))

    before = province("Trục", 60)
    assert [change.since for change in changes(before, province("Trục liên thông", 60))] == [None]
    assert [change.since for change in changes(before, province("Trục", 90))] == [EVER]
