"""What a new catalogue changes, and from which day on it decides otherwise than the one before."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from streams.calendar import Calendar
from streams.catalogue.catalogue import Catalogue
from streams.catalogue.entry import Entry
from streams.catalogue.references import NAMED_BY

EVER = date.min
"""The day from which something holds that has no beginning."""

DECIDING = frozenset({"calendar", "duty", "areas", "agencies", "fields", "procedures", "categories", "systems"})
"""What states and indicators depend on; the rest concerns alerts, from now on."""


class Change(NamedTuple):
    """One entry or table that was added, changed or removed; `since` is the first day on which that is felt."""

    section: str
    name: str
    kind: str
    since: date

    def reaches_into_the_past(self, today: date) -> bool:
        """Whether what was decided before today would be decided otherwise."""
        return self.section in DECIDING and self.since < today


def changes(before: Catalogue, after: Catalogue) -> list[Change]:
    """Everything that differs, in the order of the catalogue's keys."""
    found: list[Change] = []
    if before.calendar != after.calendar:
        found.append(Change("calendar", "", "changed", _calendar_since(before.calendar, after.calendar)))
    if before.duty != after.duty:
        found.append(Change("duty", "", "changed", EVER))
    for section in Catalogue.model_fields:
        if isinstance(getattr(before, section), tuple):
            found += _entries(section, getattr(before, section), getattr(after, section))
    return found


def _entries(section: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    was, now = _by_name(section, before), _by_name(section, after)
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            kind = "added" if name not in was else "removed" if name not in now else "changed"
            yield Change(section, name, kind, _since(was.get(name, []), now.get(name, [])))


def _by_name(section: str, entries: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for entry in entries:
        found.setdefault(getattr(entry, NAMED_BY.get(section, "code")), []).append(entry)
    return found


def _since(before: list[Any], after: list[Any]) -> date:
    """The first day on which another entry holds, or none."""
    if not all(isinstance(entry, Entry) for entry in (*before, *after)):
        return EVER
    bounds = {bound for entry in (*before, *after) for bound in (entry.valid_from, entry.valid_to) if bound is not None}
    return next((day for day in sorted({EVER, *bounds}) if _on(before, day) != _on(after, day)), EVER)


def _on(entries: list[Any], day: date) -> dict[str, Any] | None:
    """What holds on a day, without its days."""
    holding = next((entry for entry in entries if entry.holds_on(day)), None)
    return holding.model_dump(exclude={"valid_from", "valid_to"}) if holding else None


def _calendar_since(before: Calendar, after: Calendar) -> date:
    """The first day on which other hours are worked."""
    if (before.week, before.receipt_counts) != (after.week, after.receipt_counts):
        return EVER
    was, now = before.exceptions, after.exceptions
    week = before.week.days()
    usual = {day: week[day.weekday()] for day in was.keys() | now.keys()}
    return min((day for day, hours in usual.items() if was.get(day, hours) != now.get(day, hours)), default=date.max)
