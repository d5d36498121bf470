"""A province's calendar: what makes working time, as data that can be stored and read back."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from streams.calendar.holidays import public_holidays, swapped_working_days
from streams.calendar.week import Hours, Week
from streams.calendar.working_time import WorkingTime


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Holiday(_Entry):
    """A public holiday or its compensatory day (ngày nghỉ bù)."""

    day: date
    name: str = Field(min_length=1)


class MakeUpDay(_Entry):
    """A day that is worked although its weekday is not (ngày làm bù), with the hours of the weekday it stands for."""

    day: date
    stands_for: date
    note: str | None = None

    @model_validator(mode="after")
    def _of_two_days(self) -> Self:
        if self.day == self.stands_for:
            raise ValueError("a make-up day must stand for another day than itself")
        return self


class Closure(_Entry):
    """Days on which the offices of the province are closed: a storm, a funeral."""

    first: date
    last: date
    reason: str = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("last must not be before first")
        return self

    def days(self) -> Iterator[date]:
        """Each day of it."""
        return (self.first + timedelta(n) for n in range((self.last - self.first).days + 1))


def _library_holidays() -> tuple[Holiday, ...]:
    return tuple(Holiday(day=day, name=name) for day, name in public_holidays())


class Calendar(_Entry):
    """The week and its exceptions.

    `holidays` and `swapped_days` (worked like a Monday) are the nation's, from the library unless given;
    `extra_holidays` and `make_up_days` add what it does not know. A closure of the province wins over the nation's
    calendar, a make-up day over a closure. `receipt_counts`: see WorkingTime.
    """

    week: Week = Week()
    receipt_counts: bool = False
    holidays: tuple[Holiday, ...] = Field(default_factory=_library_holidays)
    swapped_days: tuple[date, ...] = Field(default_factory=swapped_working_days)
    extra_holidays: tuple[Holiday, ...] = ()
    make_up_days: tuple[MakeUpDay, ...] = ()
    closures: tuple[Closure, ...] = ()

    @cached_property
    def working_time(self) -> WorkingTime:
        """Built once, about fifteen milliseconds."""
        return WorkingTime(self.week.days(), self.exceptions, receipt_counts=self.receipt_counts)

    def holiday(self, day: date) -> str | None:
        """The name of the public holiday on that day."""
        return self._names.get(day)

    @cached_property
    def _names(self) -> dict[date, str]:
        return {holiday.day: holiday.name for holiday in (*self.holidays, *self.extra_holidays)}

    @cached_property
    def exceptions(self) -> dict[date, Hours]:
        """The hours of the days that are not worked as their weekday."""
        return dict(self._exceptions())

    def _exceptions(self) -> Iterator[tuple[date, Hours]]:
        """Later ones win."""
        week = self.week.days()
        yield from ((day, ()) for day in self._names)
        yield from ((day, self.week.monday) for day in self.swapped_days)
        yield from ((day, ()) for closure in self.closures for day in closure.days())
        yield from ((made_up.day, week[made_up.stands_for.weekday()]) for made_up in self.make_up_days)
