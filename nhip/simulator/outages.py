"""When systems are down: each fails by itself now and then, and takes what stands on it along."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from random import Random

from nhip.simulator.conduct import trait
from streams.catalogue import System


@dataclass(frozen=True, slots=True)
class Climate:
    """How often systems fail, and for how long: hours of uptime in the mean, and seconds down, median and most."""

    hours: float
    median: float
    longest: float


DEMO = Climate(hours=20, median=120, longest=400)
REAL = Climate(hours=60 * 24, median=40 * 60, longest=14 * 3600)
QUIET = Climate(hours=1e9, median=1, longest=1)
"""Nothing ever fails."""


class Outages:
    """Asked at moments that never go back; the answer does not depend on who else asked."""

    def __init__(self, seed: int, systems: Iterable[System], start: float, climate: Climate) -> None:
        self._systems = {system.id: _Condition(system, seed, start, climate) for system in systems}
        self._carriers: dict[str, list[System]] = {}
        for condition in self._systems.values():
            for carried in condition.system.carries:
                self._carriers.setdefault(carried, []).append(condition.system)

    def root(self, id: str | None, now: float) -> str | None:
        """The system by whose failure this one is down: the topmost in its line; None while it works."""
        found = None
        while id is not None:
            condition = self._systems[id]
            found = id if condition.failing(now) else found
            id = condition.system.parent
        return found

    def carrier_down(self, carried: str, now: float) -> System | None:
        """The system that should carry this (`dossiers:online`, say) and is down."""
        return next((system for system in self._carriers.get(carried, ()) if self.root(system.id, now)), None)

    def since(self, id: str, now: float) -> float:
        """For how many seconds its last change is past."""
        return self._systems[id].since(now)


class _Condition:
    """One system's turns of working and failing."""

    def __init__(self, system: System, seed: int, start: float, climate: Climate) -> None:
        self.system = system
        self._random = Random(f"{seed}:{system.id}")  # noqa: S311 - a simulation, not a secret
        self._climate, self._failing, self._since = climate, False, -inf
        self._until = start + self._uptime()

    def failing(self, now: float) -> bool:
        while now >= self._until:
            self._failing, self._since = not self._failing, self._until
            self._until += self._downtime() if self._failing else self._uptime()
        return self._failing

    def since(self, now: float) -> float:
        self.failing(now)
        return now - self._since

    def _uptime(self) -> float:
        hours = self._climate.hours * (0.4 + 2 * trait(self.system.id, "uptime"))
        return self._random.expovariate(1 / (hours * 3600))

    def _downtime(self) -> float:
        return min(self._random.lognormvariate(0, 0.8) * self._climate.median, self._climate.longest)
