"""What a new catalogue changes, and from which day on folds decide otherwise than with the one before."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from streams.calendar import Calendar
from streams.catalogue.catalogue import Catalogue
from streams.catalogue.entry import Entry
from streams.catalogue.references import NAMED_BY
from streams.health.terms import book

EVER = date.min
"""The day from which something holds that has no beginning."""

_JUDGED_BY = frozenset({"procedures", "categories"})
"""Due dates and verdicts come from all that these say but their titles."""

_KNOWN = frozenset({"areas", "agencies", "fields"})
"""Of these, folds only ask whether they are known at any time. Systems, rules and duties are asked about at present."""


class Change(NamedTuple):
    """One entry or table that was added, changed or removed.

    `since` is the first day on which folds decide otherwise; None when they do not.
    """

    section: str
    name: str
    kind: str
    since: date | None


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


def reach(found: Iterable[Change], today: date) -> date | None:
    """The first day before today on which something would be decided otherwise; None when the past stays as it is."""
    return min((change.since for change in found if change.since is not None and change.since < today), default=None)


def _entries(section: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    was, now = _by_name(section, before), _by_name(section, after)
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            kind = "added" if name not in was else "removed" if name not in now else "changed"
            yield Change(section, name, kind, _since(section, kind, was.get(name, []), now.get(name, [])))


def _by_name(section: str, entries: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for entry in entries:
        found.setdefault(getattr(entry, NAMED_BY.get(section, "code")), []).append(entry)
    return found


def _since(section: str, kind: str, before: list[Entry], after: list[Entry]) -> date | None:
    """The first day on which something else holds that folds ask for."""
    if section in _KNOWN:
        return None if kind == "changed" else EVER
    if section == "systems":  # they keep the terms they were first heard with
        return EVER if _terms(before) != _terms(after) else None
    if section not in _JUDGED_BY:
        return None
    bounds = {bound for entry in (*before, *after) for bound in (entry.valid_from, entry.valid_to) if bound is not None}
    return next((day for day in sorted({EVER, *bounds}) if _on(before, day) != _on(after, day)), None)


def _terms(entries: Sequence[Any]) -> dict[str, Any]:
    return book(entries[0]) if entries else {}


def _on(entries: list[Entry], day: date) -> dict[str, Any] | None:
    """What is judged by on a day."""
    holding = next((entry for entry in entries if entry.holds_on(day)), None)
    return holding.model_dump(exclude={"valid_from", "valid_to", "title"}) if holding else None


def _calendar_since(before: Calendar, after: Calendar) -> date | None:
    """The first day on which other hours are worked; None when only names of days differ."""
    if (before.week, before.receipt_counts) != (after.week, after.receipt_counts):
        return EVER
    was, now = before.exceptions, after.exceptions
    week = before.week.days()
    usual = {day: week[day.weekday()] for day in was.keys() | now.keys()}
    return min((day for day, hours in usual.items() if was.get(day, hours) != now.get(day, hours)), default=None)
