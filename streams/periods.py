"""Periods that reports are made for: calendar periods, and the reporting periods of the administration (DOMAIN §2)."""

import re
from datetime import date
from typing import NamedTuple

from streams.errors import WrongUse

REPORTING_DAY = 15
"""The day on which a reporting period begins (Decree 09/2019/NĐ-CP as provinces apply it)."""

_FORMS = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)|-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<nine>9M))?"
    r"|(?P<first>\d{4}-\d\d-\d\d)\.\.(?P<last>\d{4}-\d\d-\d\d)"
)


class Period(NamedTuple):
    """The civil days [first, past). `name` is how it was asked for."""

    name: str
    first: date
    past: date


def period(text: str, *, reporting: bool = False) -> Period:
    """The period that a text names: 2026-10, 2026-Q3, 2026-H1, 2026-9M, 2026, or 2026-10-01..2026-10-31 with both days.

    `reporting`: the administration's: a month from the 15th of the month before to the 14th, and longer ones so too;
    the year from 15/12 to 14/12. Raises WrongUse for anything else.
    """
    found = _FORMS.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        if found["first"]:
            return _between(text, found["first"], found["last"], reporting)
        first_month, months = _months(found)
        begin, end = _month(int(found["year"]), first_month), _month(int(found["year"]), first_month + months)
    except ValueError:
        raise WrongUse(
            f"{text!r} names no period: write a month 2026-10, a quarter 2026-Q3, a half 2026-H1, nine months 2026-9M, "
            "a year 2026, or days 2026-10-01..2026-10-31"
        ) from None
    if reporting:
        return Period(f"{text} (15–14)", _before(begin), _before(end))
    return Period(text, begin, end)


def running(today: date) -> list[Period]:
    """The calendar month, quarter and year that a day lies in."""
    month = f"{today:%Y-%m}"
    return [period(month), period(f"{today.year}-Q{(today.month + 2) // 3}"), period(f"{today:%Y}")]


def months_before(today: date, many: int) -> list[Period]:
    """The calendar months before the one a day lies in, the oldest first."""
    last = today.year * 12 + today.month - 1
    return [period(f"{month // 12}-{month % 12 + 1:02d}") for month in range(last - many, last)]


def _between(text: str, first: str, last: str, reporting: bool) -> Period:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if reporting:
        raise WrongUse("a period of days is what it says: leave --reporting away")
    if end < begin:
        raise WrongUse(f"the period {text} ends before it begins")
    return Period(text, begin, date.fromordinal(end.toordinal() + 1))


def _months(found: re.Match[str]) -> tuple[int, int]:
    """First month, from 1, and number of months."""
    if found["month"]:
        return int(found["month"]), 1
    if found["quarter"]:
        return 3 * int(found["quarter"]) - 2, 3
    if found["half"]:
        return 6 * int(found["half"]) - 5, 6
    return 1, 9 if found["nine"] else 12


def _month(year: int, month: int) -> date:
    """The first day of a month; month 13 is the January after."""
    if month > 13 or month < 1:
        raise ValueError
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _before(begin: date) -> date:
    """The 15th of the month before."""
    return date(begin.year - (begin.month == 1), (begin.month - 2) % 12 + 1, REPORTING_DAY)
