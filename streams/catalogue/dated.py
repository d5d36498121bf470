"""Entries found by their code as of a moment."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Generic, TypeVar

from streams.catalogue.entry import Entry
from streams.days import civil_day

T = TypeVar("T", bound=Entry)


class Dated(Generic[T]):
    """An index of entries; each code has one or more, holding at different times."""

    def __init__(self, entries: Iterable[T]) -> None:
        self._by_code: dict[str, list[T]] = {}
        for entry in entries:
            self._by_code.setdefault(entry.code, []).append(entry)

    def __contains__(self, code: str | None) -> bool:
        """Whether the code is known at any time."""
        return code in self._by_code

    def at(self, code: str | None, moment: datetime) -> T | None:
        """The entry of that code that holds at a moment; None where there is none."""
        entries = self._by_code.get(code) if code is not None else None
        if not entries:
            return None
        only = entries[0]
        if len(entries) == 1 and only.valid_from is None and only.valid_to is None:
            return only
        day = civil_day(moment)
        return next((entry for entry in entries if entry.holds_on(day)), None)

    def last(self, code: str) -> T | None:
        """The entry of that code that holds longest into the future, whether or not it has ended."""
        return max(self._by_code.get(code, ()), key=lambda entry: entry.valid_to or date.max, default=None)
