"""Where partitions stand: for lag and freshness, and for the watchdog that ends a process which does not move."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an assigned partition stands."""

    topic: str
    partition: int
    position: int | None  # everything below is stored; None while paused or refused
    end: int  # stable end as last heard from the broker
    polled_at: float | None  # when the broker last answered a fetch of it, seconds since 1970

    @property
    def behind(self) -> bool:
        return self.position is not None and self.position < self.end


class Watchdog:
    """Remembers since when each partition has been behind at one position. Times are seconds of any one clock."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._still: dict[tuple[str, int], tuple[int | None, float]] = {}

    def stalled(self, standings: Iterable[Standing], now: float) -> list[Standing]:
        """Return the partitions that have been behind without progress for longer than the limit."""
        current = {(standing.topic, standing.partition): standing for standing in standings}
        self._still = {key: self._since(key, standing, now) for key, standing in current.items()}
        return [standing for key, standing in current.items() if now - self._still[key][1] > self._limit]

    def _since(self, key: tuple[str, int], standing: Standing, now: float) -> tuple[int | None, float]:
        position = standing.position if standing.behind else None
        before, since = self._still.get(key, (None, now))
        return (position, since if position is not None and position == before else now)


def stable_end(state: Any) -> int:
    """The stable end in aiokafka's state of a partition: brokers without transactions tell a high-water mark only."""
    end = state.lso if state.lso is not None and state.lso >= 0 else state.highwater
    return int(end) if end is not None else 0
