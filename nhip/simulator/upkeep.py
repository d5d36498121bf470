"""Planned work on systems: announced, and at hours at which nobody minds."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from nhip.simulator.life import DAY
from nhip.simulator.outages import Climate
from nhip.simulator.rhythm import VIETNAM
from streams.catalogue import System

_SATURDAY, _HOUR = 5, 22


class Turn(NamedTuple):
    """Planned work on a system begins or ends."""

    at: float
    system_id: str
    begins: bool


def upkeep(seed: int, systems: Iterable[System], start: float, climate: Climate) -> Iterator[Turn]:
    """Every turn, in order. Only what nothing stands on: the others are worked on while they run."""
    systems = tuple(systems)
    parents = {system.parent for system in systems}
    leaves = [system.id for system in systems if system.id not in parents]
    random = Random(f"{seed}:upkeep")  # noqa: S311 - a simulation, not a secret
    turns = [Turn(_next(random, start, climate), id, True) for id in leaves]
    heapq.heapify(turns)
    while turns:
        turn = turns[0]
        yield turn
        after = turn.at + climate.median * random.uniform(1, 4) if turn.begins else _next(random, turn.at, climate)
        heapq.heapreplace(turns, Turn(after, turn.system_id, not turn.begins))


def _next(random: Random, now: float, climate: Climate) -> float:
    """Some time later; where there are nights to wait for, on a Saturday's."""
    at = now + random.expovariate(1 / (climate.hours * 3600))
    if climate.hours * 3600 < DAY:
        return at
    moment = datetime.fromtimestamp(at, VIETNAM)
    night = moment.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    return (night + timedelta((_SATURDAY - night.weekday()) % 7 or 7)).timestamp() + random.uniform(0, 3600)
