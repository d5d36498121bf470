"""A life cycle told as a generator: it yields what happens now and how long until it goes on."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]
Life = Generator[tuple[str, Data, float], float, None]
"""Yields type (its last word), data and the wait in seconds; is sent the moment it goes on; returns at its end."""

PACE = 600
"""How many seconds of a life pass in one second of the traffic: whole lives of days fit into a demo."""

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose life it is, and who tells of it."""

    prefix: str  # of the event types
    source: str
    id: str
    life: Life
