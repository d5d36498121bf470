"""How fast each stream moves, out of its growing count."""

from collections import deque

KEPT = 240
"""Points of the sparkline, one an interval."""
_SMOOTHED = 20  # intervals behind the rate that is shown as a number


class Rates:
    """Events a second for each stream, from one reading to the next."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[float, int]] = {}
        self._history: dict[str, deque[float]] = {}

    def add(self, name: str, at: float, stored: int) -> None:
        """Take note of a count read at `at`, seconds on a clock that never goes back."""
        history = self._history.setdefault(name, deque(maxlen=KEPT))
        if name in self._last:
            then, before = self._last[name]
            history.append(max(stored - before, 0) / max(at - then, 0.001))
        self._last[name] = at, stored

    def history(self, name: str) -> list[float]:
        """The last readings, oldest first."""
        return [round(rate, 1) for rate in self._history.get(name, ())]

    def now(self, name: str) -> float:
        """The mean of the last few."""
        last = list(self._history.get(name, ()))[-_SMOOTHED:]
        return round(sum(last) / len(last), 1) if last else 0.0
