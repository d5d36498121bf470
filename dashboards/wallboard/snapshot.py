"""What the wallboard shows, as it is read once an interval."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StreamPulse:
    """One stream: events stored, duplicates and dead letters counted, all since the beginning.

    `newest` is the newest append time applied, `data_age_s` how long ago the stream was known to be complete;
    both None before the first event.
    """

    name: str
    stored: int
    duplicates: int
    dead_letters: int
    newest: datetime | None
    data_age_s: float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator of today (Asia/Ho_Chi_Minh): `shown` is what people read, "99,61 %".

    A count has no denominator. `health.uptime` counts seconds.
    """

    name: str
    numerator: int | None
    denominator: int | None
    shown: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything on the page, as of one moment."""

    as_of: datetime
    streams: list[StreamPulse]
    indicators: list[Reading]
