"""A life cycle told as a generator: it yields what happens now and how long until it goes on."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]
Life = Generator[tuple[str, Data, float], float, None]
"""Yields type (its last word), data and the wait in seconds of traffic; is sent the moment it goes on; returns at its
end. The first moment is sent too: a life begins when its first event is due."""

BEGINNING: tuple[str, Data, float] = ("", {}, 0.0)
"""What a life yields before it is sent its first moment."""

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose life it is, and who tells of it."""

    prefix: str  # of the event types
    source: str
    id: str
    life: Life


def begun(life: Life) -> Life:
    """A life that waits for its first moment: generators take nothing before their first yield."""
    next(life)
    return life
