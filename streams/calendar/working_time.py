"""Working time between moments, and the moments between amounts of it, in microseconds of work since 1900.

Prefix sums over days make every question one look-up or one bisection: a due date costs microseconds, whatever the
distance. Whole numbers throughout, so that what is added can be taken back exactly.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import accumulate, compress

from streams.calendar.week import Hours

_PROVINCE = timezone(timedelta(hours=7))
"""Asia/Ho_Chi_Minh since 1975; a fixed offset takes a tenth of the time."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2239, 12, 31)
"""Event data lie between 1900 and 2200 (streams/contracts/types.py). Outside these days no work is done."""

_FIRST = datetime(1900, 1, 1, tzinfo=_PROVINCE)  # a Monday
_DAYS = (LAST_DAY - FIRST_DAY).days + 1
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND


class WorkingTime:
    """When work is done: a week (Monday first), and the days that are worked otherwise than their weekday.

    `receipt_counts`: whether the day on which work begins is the first of a number of working days. Common practice is
    that it is not (DOMAIN §1.2, §7).
    """

    __slots__ = ("_before", "_days_before", "_exceptions", "_receipt_counts", "_week", "_worked")

    def __init__(
        self, week: Sequence[Hours], exceptions: Mapping[date, Hours] | None = None, *, receipt_counts: bool = False
    ) -> None:
        self._week = [_micro(hours) for hours in week]
        self._exceptions = {
            (day - FIRST_DAY).days: _micro(hours)
            for day, hours in (exceptions or {}).items()
            if FIRST_DAY <= day <= LAST_DAY
        }
        self._receipt_counts = receipt_counts
        amounts = ([sum(end - begin for begin, end in hours) for hours in self._week] * (_DAYS // 7 + 1))[:_DAYS]
        for day, hours in self._exceptions.items():
            amounts[day] = sum(end - begin for begin, end in hours)
        self._before = array("q", accumulate(amounts, initial=0))
        self._worked = array("q", compress(range(_DAYS), amounts))
        self._days_before = array("q", accumulate((amount > 0 for amount in amounts), initial=0))

    def between(self, start: datetime, end: datetime) -> int:
        """Working seconds in [start, end); below zero when `end` lies before `start`.

        Each moment counts as of its last whole working second, so parts add up exactly to the whole.
        """
        return self._position(end) // _SECOND - self._position(start) // _SECOND

    def after(self, start: datetime, seconds: int) -> datetime:
        """The first moment at which `seconds` of working time have passed since `start`, in UTC."""
        return self._first_at(self._position(start) + seconds * _SECOND) if seconds > 0 else start

    def before(self, end: datetime, seconds: int) -> datetime:
        """The last moment at which `seconds` of working time are left until `end`, in UTC."""
        return self._last_at(self._position(end) - seconds * _SECOND) if seconds > 0 else end

    def end_of_day_after(self, start: datetime, days: int) -> datetime:
        """The end of work of the `days`-th working day after the day of `start`, in UTC.

        With 0 days: of the same day, or of the next working day.
        """
        today = _clamped((start - _FIRST_UTC).days)
        following = today if self._receipt_counts or not days else _clamped(today + 1)
        nth = self._days_before[following] + max(days, 1) - 1
        if nth >= len(self._worked):
            return _moment(_DAYS, 0)
        day = self._worked[nth]
        return _moment(day, self._hours(day)[-1][1])

    def is_working(self, moment: datetime) -> bool:
        """Whether work is done at that moment."""
        day, clock = _day_and_clock(moment)
        return any(begin <= clock < end for begin, end in self._hours(day))

    def is_working_day(self, day: date) -> bool:
        """Whether any work is done on that civil day."""
        return bool(self._hours((day - FIRST_DAY).days))

    def _hours(self, day: int) -> Hours:
        exception = self._exceptions.get(day)
        if exception is not None:
            return exception
        return self._week[day % 7] if 0 <= day < _DAYS else ()

    def _position(self, moment: datetime) -> int:
        """Working microseconds from the first day to a moment."""
        day, clock = _day_and_clock(moment)
        position = self._before[_clamped(day)]
        for begin, end in self._hours(day):
            if clock <= begin:
                break
            position += min(clock, end) - begin
        return position

    def _first_at(self, position: int) -> datetime:
        """The end of the span in which a position is reached, rather than the beginning of the next."""
        day = bisect_left(self._before, position) - 1
        left = position - self._before[day]
        for begin, end in self._hours(day):
            if left <= end - begin:
                return _moment(day, begin + left)
            left -= end - begin
        return _moment(_DAYS, 0)

    def _last_at(self, position: int) -> datetime:
        """The beginning of the span that begins at a position, rather than the end of the one before."""
        if position < 0:
            return _moment(0, 0)
        day = bisect_right(self._before, position) - 1
        left = position - self._before[day]
        for begin, end in self._hours(day):
            if left < end - begin:
                return _moment(day, begin + left)
            left -= end - begin
        return _moment(_DAYS, 0)


def _micro(hours: Hours) -> Hours:
    return tuple((begin * _SECOND, end * _SECOND) for begin, end in hours)


def _day_and_clock(moment: datetime) -> tuple[int, int]:
    since = moment - _FIRST_UTC
    return since.days, since.seconds * _SECOND + since.microseconds


def _clamped(day: int) -> int:
    return 0 if day < 0 else min(day, _DAYS)


def _moment(day: int, clock: int) -> datetime:
    return _FIRST_UTC + timedelta(day, 0, clock)


_FIRST_UTC = _FIRST.astimezone(UTC)
