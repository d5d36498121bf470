"""The working week: from when to when each weekday is worked, on the province's clock."""

from itertools import pairwise
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

Span = tuple[int, int]
"""Begin and end in seconds since midnight."""

Hours = tuple[Span, ...]
"""The spans in which one day is worked, in order and apart; none on a day off."""

_SECONDS_A_DAY = 86_400


def hours(texts: Any) -> Hours:
    """`["07:00-11:00", "13:00-17:00"]` as spans. Raises ValueError saying what is wrong with them."""
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
        raise ValueError('must be a list of spans like ["07:00-11:00", "13:00-17:00"]; [] is a day off')
    spans = tuple(_span(text) for text in texts)
    for (_, end), (begin, _) in pairwise(spans):
        if begin < end:
            raise ValueError("spans must follow each other without overlap")
    return spans


def _span(text: str) -> Span:
    begin, dash, end = text.partition("-")
    try:
        span = _seconds(begin), _seconds(end)
    except ValueError:
        dash = ""
    if not dash or not 0 <= span[0] < span[1] <= _SECONDS_A_DAY:
        raise ValueError(f'{text!r} is not a span like "07:00-11:00"')
    return span


def _seconds(clock: str) -> int:
    hour, minute = clock.strip().split(":")
    if not (len(minute) == 2 and int(minute) < 60):
        raise ValueError(clock)
    return int(hour) * 3600 + int(minute) * 60


def _texts(spans: Hours) -> list[str]:
    return ["-".join(f"{second // 3600:02}:{second // 60 % 60:02}" for second in span) for span in spans]


DayHours = Annotated[Hours, BeforeValidator(hours), PlainSerializer(_texts)]

_OFFICE_HOURS: Hours = ((7 * 3600, 11 * 3600), (13 * 3600, 17 * 3600))


class Week(BaseModel):
    """Hours by weekday; the default is DOMAIN §3's: Monday to Friday 07:00–11:00 and 13:00–17:00."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    monday: DayHours = _OFFICE_HOURS
    tuesday: DayHours = _OFFICE_HOURS
    wednesday: DayHours = _OFFICE_HOURS
    thursday: DayHours = _OFFICE_HOURS
    friday: DayHours = _OFFICE_HOURS
    saturday: DayHours = ()
    sunday: DayHours = ()

    def days(self) -> tuple[Hours, ...]:
        """Monday first."""
        return (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday)
