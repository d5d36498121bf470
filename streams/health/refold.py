"""Folding again from a checkpoint, when a beat came late: what to keep of what was known, and where to stop."""

from dataclasses import dataclass, field

from streams.health.beats import Beat
from streams.health.checks import NEW, Interval
from streams.health.fold import FOREVER, NO_TERMS, Folded, System, fold
from streams.health.terms import Book


@dataclass(slots=True)
class Refold:
    """A fold that runs stretch by stretch, from one stored checkpoint to the next, until nothing changes any more."""

    folded: Folded
    terms: Book = field(default_factory=dict)
    first: int = FOREVER
    observed: dict[tuple[str, int], Interval] = field(default_factory=dict)
    maintained: dict[tuple[str, int], Interval] = field(default_factory=dict)
    checkpoints: dict[int, System] = field(default_factory=dict)

    @classmethod
    def start(cls, system: System, terms: Book = NO_TERMS) -> "Refold":
        return cls(Folded(system, 0), terms)

    def stretch(self, beats: list[Beat]) -> None:
        """Fold the beats up to the next checkpoint."""
        beats = sorted(beats)
        self.first = min([self.first, *(beat.time for beat in beats[:1])])
        self.folded = fold(self.folded.system, beats, self.folded.beats_since, self.terms)
        self.observed.update(self.folded.observed)
        self.maintained.update(self.folded.maintained)
        self.checkpoints.update(self.folded.checkpoints)

    def agrees(self, known: System) -> bool:
        """Whether the state here is what an earlier fold found, so that all that follows stands."""
        return self.folded.system == known

    def still_open(self) -> set[tuple[bool, str, int]]:
        """Intervals that reach beyond this point, as (planned, check, lower): their stored ends stand."""
        system = self.folded.system
        reaching = {(False, name, check.lower) for name, check in system.checks.items() if check.state != NEW}
        turning = {(False, name, check.run_start) for name, check in system.checks.items() if check.run}
        silent = {(False, name, check.until) for name, check in system.checks.items()}
        return reaching | turning | silent | {(True, name, since) for name, since in system.maintenance.items()}

    def leave_out(self, keep: set[tuple[bool, str, int]]) -> None:
        """Do not write these, as (planned, check, lower)."""
        for planned, name, lower in keep:
            (self.maintained if planned else self.observed).pop((name, lower), None)
