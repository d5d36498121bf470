"""How much may be under way: calls and events of each key, bytes of all."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from connectors.gateway.options import Limits
from connectors.gateway.problems import RequestRefused, try_later

BURST_SECONDS = 2.0


@dataclass(slots=True)
class _Use:
    """What one key uses: calls under way, and a bucket of events that fills with time and may be overdrawn once."""

    calls: int
    events: float
    filled_at: float


class Call:
    """One admitted call; what it holds is given back when it ends."""

    def __init__(self, admission: "Admission", use: _Use) -> None:
        self._admission = admission
        self._use = use
        self.held = 0

    def hold(self, size: int) -> None:
        """Count bytes kept in memory. Raises RequestRefused (503) where the gateway is full."""
        self._admission.hold(size)
        self.held += size

    def spend(self, events: int) -> None:
        """Count events after they are known: a large batch is let through, and the next call pays for it."""
        self._use.events -= events


class Admission:
    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        """`clock` is monotonic, in seconds."""
        self._limits = limits
        self._clock = clock
        self._uses: dict[str, _Use] = {}
        self.bytes_in_flight = 0

    @contextmanager
    def enter(self, key: str) -> Iterator[Call]:
        """Let a call of this key in. Raises RequestRefused (429 with Retry-After)."""
        use = self._filled(key)
        if use.calls >= self._limits.key_calls:
            raise RequestRefused(
                try_later("rate_limited", f"at most {self._limits.key_calls} calls of one key at the same time")
            )
        if use.events <= 0:
            wait = max(1, math.ceil((1 - use.events) / self._limits.key_rate))
            raise RequestRefused(
                try_later("rate_limited", f"at most {self._limits.key_rate:g} events a second with one key", wait)
            )
        call = Call(self, use)
        use.calls += 1
        try:
            yield call
        finally:
            use.calls -= 1
            self.bytes_in_flight -= call.held

    def hold(self, size: int) -> None:
        if self.bytes_in_flight + size > self._limits.bytes_in_flight:
            raise RequestRefused(try_later("busy", "too many bytes are waiting for Kafka"))
        self.bytes_in_flight += size

    def _filled(self, key: str) -> _Use:
        now, most = self._clock(), self._limits.key_rate * BURST_SECONDS
        use = self._uses.setdefault(key, _Use(0, most, now))
        use.events = min(most, use.events + (now - use.filled_at) * self._limits.key_rate)
        use.filled_at = now
        return use
