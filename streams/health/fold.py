"""Folding the beats of one system into its checks' intervals, with checkpoints to fold on from.

In order, a fold goes on from the last state. A late beat starts again from the checkpoint before it and stops where the
state is again what a later checkpoint says, so that one late ping costs a few hundred beats, not a history.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from streams.contracts.types import LATEST
from streams.days import microseconds
from streams.health.beats import PLANNED, Beat
from streams.health.checks import MAINTENANCE, Check, Interval, open_interval, silence, step
from streams.health.terms import DEFAULT, Book

CHECKPOINT_EVERY = 256
"""Beats between checkpoints of one system."""

FOREVER = microseconds(LATEST)

NO_TERMS: Book = {}
"""Of a system that the catalogue does not know."""


@dataclass(slots=True)
class System:
    """Where a system's checks stand after all beats up to `last` (microseconds since 1970, None before the first)."""

    last: int | None = None
    checks: dict[str, Check] = field(default_factory=dict)
    maintenance: dict[str, int] = field(default_factory=dict)

    def copy(self) -> "System":
        return System(self.last, dict(self.checks), dict(self.maintenance))

    def open_intervals(self) -> tuple[list[Interval], list[Interval]]:
        """What lasts until further beats come, of checks and of maintenance: states, the silence after them, work."""
        known = (open_interval(name, check) for name, check in self.checks.items())
        silent = [silence(name, check, FOREVER) for name, check in self.checks.items()]
        work = [Interval(name, since, FOREVER, MAINTENANCE) for name, since in self.maintenance.items()]
        return [i for i in known if i is not None] + silent, work

    def as_json(self) -> dict[str, object]:
        checks = {name: list(check) for name, check in self.checks.items()}
        return {"last": self.last, "checks": checks, "maintenance": self.maintenance}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> "System":
        checks: Mapping[str, Iterable[object]] = value["checks"]  # type: ignore[assignment]  # our own JSON
        return cls(
            value["last"],  # type: ignore[arg-type]  # our own JSON
            {name: Check(*check) for name, check in checks.items()},  # type: ignore[arg-type]  # likewise
            dict(value["maintenance"]),  # type: ignore[call-overload]  # likewise
        )


@dataclass(slots=True)
class Folded:
    """The outcome: the system afterwards, the intervals that are new or changed, and the checkpoints passed."""

    system: System
    beats_since: int
    observed: dict[tuple[str, int], Interval] = field(default_factory=dict)
    maintained: dict[tuple[str, int], Interval] = field(default_factory=dict)
    checkpoints: dict[int, System] = field(default_factory=dict)


def fold(start: System, beats: Iterable[Beat], beats_since: int = 0, terms: Book = NO_TERMS) -> Folded:
    """Fold beats, sorted, onto a system. `beats_since` counts the beats since the checkpoint that `start` grew from."""
    folded = Folded(start.copy(), beats_since)
    system = folded.system
    for time, rank, _, name, status, interval, grace in beats:
        if folded.beats_since >= CHECKPOINT_EVERY and system.last is not None and time > system.last:
            folded.checkpoints[time] = system.copy()
            folded.beats_since = 0
        folded.beats_since += 1
        system.last = time
        if rank <= PLANNED:
            _maintain(folded, name, status, time)
        elif status != "start":
            before = system.checks.get(name)
            of = terms.get(name, DEFAULT)
            cover = (of.interval if interval is None else interval) + (of.grace if grace is None else grace)
            system.checks[name], closed = step(name, before, time, status, cover, of.failures, of.successes)
            if closed is not None:
                folded.observed[name, closed.lower] = closed
            if before is not None and time > before.until:
                folded.observed[name, before.until] = silence(name, before, time)
    for name, check in system.checks.items():
        known = open_interval(name, check)
        if known is not None:
            folded.observed[name, known.lower] = known
    for name, since in system.maintenance.items():
        folded.maintained[name, since] = Interval(name, since, FOREVER, MAINTENANCE)
    return folded


def _maintain(folded: Folded, name: str, status: str, time: int) -> None:
    planned = folded.system.maintenance
    if status == "maintenance_started" and name not in planned:
        planned[name] = time
    elif status == "maintenance_ended" and name in planned:
        since = planned.pop(name)
        folded.maintained[name, since] = Interval(name, since, max(time, since + 1), MAINTENANCE)
