"""Working time the slow way: every minute of a while is looked at on its own, with days off as they were published.

Nothing here comes from streams/calendar or from the `holidays` library.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import compress, count, islice

from streams.contracts.types import PROVINCE_TIME

MINUTE = timedelta(minutes=1)

OFF = {
    # 2024: Thông báo 5015/TB-LĐTBXH (Tết, Quốc khánh), Công văn 2450/VPCP-KGVX (29/4 for 4/5)
    date(2024, 1, 1), *(date(2024, 2, day) for day in range(8, 15)), date(2024, 4, 18),
    date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 1), date(2024, 9, 2), date(2024, 9, 3),
    # 2025: Thông báo 6150/TB-BLĐTBXH (Tết 25/1 to 2/2; 2/5 for 26/4; Quốc khánh 30/8 to 2/9)
    date(2025, 1, 1), *(date(2025, 1, day) for day in range(27, 32)), date(2025, 4, 7),
    date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 2), date(2025, 9, 1), date(2025, 9, 2),
    # 2026: Bộ Nội vụ (Tết 14/2 to 22/2; 31/8 for 22/8; 2/1 for 10/1), Nghị quyết 80-NQ/TW (24/11)
    date(2026, 1, 1), date(2026, 1, 2), *(date(2026, 2, day) for day in range(16, 21)), date(2026, 4, 27),
    date(2026, 4, 30), date(2026, 5, 1), date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 24),
}  # fmt: skip
"""Weekdays off in three years, as the ministries announced them."""

MADE_UP = {date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)}
"""Saturdays worked in exchange."""

SPANS = (("07:00", "11:00"), ("13:00", "17:00"))


def works_on(day: date) -> bool:
    return day in MADE_UP or (day.weekday() < 5 and day not in OFF)


def works_in(minute: datetime) -> bool:
    """Whether the minute that begins then is worked."""
    local = minute.astimezone(PROVINCE_TIME)
    return works_on(local.date()) and any(begin <= local.strftime("%H:%M") < end for begin, end in SPANS)


@dataclass(frozen=True)
class While:
    """The minutes between two midnights, each 1 where work is done."""

    first: date
    last: date
    minutes: bytes

    @classmethod
    def around(cls, first: date, last: date) -> "While":
        begin = datetime.combine(first, datetime.min.time(), PROVINCE_TIME)
        number = (last - first).days * 24 * 60
        return cls(first, last, bytes(works_in(begin + n * MINUTE) for n in range(number)))

    def moment(self, minute: int) -> datetime:
        return datetime.combine(self.first, datetime.min.time(), PROVINCE_TIME) + minute * MINUTE

    def between(self, start: int, end: int) -> int:
        """Worked minutes from one minute to another."""
        return self.minutes.count(1, start, end)

    def after(self, start: int, amount: int) -> int:
        """The end of the `amount`-th worked minute, walking on."""
        return next(islice(self._worked(start, 1), amount - 1, None)) + 1

    def before(self, end: int, amount: int) -> int:
        """The beginning of the `amount`-th worked minute, walking back."""
        return next(islice(self._worked(end - 1, -1), amount - 1, None))

    def end_of_day_after(self, start: int, days: int) -> int:
        """The end of the last worked minute of the `days`-th worked day after today."""
        day = self.moment(start).date()
        while days:
            day += timedelta(1)
            days -= works_on(day)
        noon = (day - self.first).days * 24 * 60 + 12 * 60
        return self.before(noon + 12 * 60, 1) + 1

    def _worked(self, start: int, step: int) -> Iterator[int]:
        rest = self.minutes[start::step] if start >= 0 else b""
        return compress(count(start, step), rest)
