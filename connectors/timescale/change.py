"""What new beats change of one system: gathered while folding, written at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from streams.health.beats import Beat
from streams.health.checks import Interval
from streams.health.fold import Folded, System
from streams.health.refold import Refold
from streams.health.terms import Book


@dataclass(slots=True)
class Change:
    """A system's state so far, what to write, and the stretches of time whose days it touches.

    Times are microseconds; `first` is that of the system's first beat, the new ones included.
    """

    subject: str
    first: int
    system: System
    beats_since: int
    terms: Book = field(default_factory=dict)
    stretches: list[tuple[int, int]] = field(default_factory=list)
    observed: dict[tuple[str, int], Interval] = field(default_factory=dict)
    maintained: dict[tuple[str, int], Interval] = field(default_factory=dict)
    checkpoints: dict[int, System] = field(default_factory=dict)

    def take(self, outcome: Folded | Refold, lower: int, upper: int) -> None:
        """Add what a fold over a stretch of time found."""
        self.observed.update(outcome.observed)
        self.maintained.update(outcome.maintained)
        self.checkpoints.update(outcome.checkpoints)
        self.stretches.append((lower, upper))

    def ends_with(self, folded: Folded) -> None:
        """The state after all beats."""
        self.system, self.beats_since = folded.system, folded.beats_since


def touched_from(system: System, beats: Sequence[Beat]) -> int:
    """From when on these beats, sorted, can change what is known.

    A check speaks on from its last ping or its run, and days are told up to the system's last beat.
    """
    checks = [system.checks[name] for name in {beat.check for beat in beats} & system.checks.keys()]
    known = beats[0].time if system.last is None else min(beats[0].time, system.last)
    return min([known, *(check.run_start if check.run else check.last for check in checks)])
