"""What real sources do: say things twice, out of order, late, wrongly, and differently the second time."""

import heapq
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count, cycle
from math import inf
from random import Random
from typing import Any

import orjson

from nhip.simulator.bad import BAD
from nhip.simulator.ids import uuid7
from nhip.simulator.records import Kind, Record
from nhip.simulator.rhythm import stamp
from streams.contracts import HEALTH

_MEMORY = 2000  # how far back a duplicate or a conflict reaches, in records
_CONFLICT_EVERY = 4
_CUT_SECONDS = 2 * 86_400.0
_PING = HEALTH.type_prefix + "ping"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Shares of the records, 0 to 1. Of the bad ones every fourth is a conflict, the others come kind by kind."""

    duplicates: float = 0.05
    disorder: float = 0.05
    late: float = 0.01
    bad: float = 0.001


def disturb(records: Iterable[Record], seed: int, trouble: Trouble | None = None) -> Iterator[Record]:
    """Yield every record once, some later than meant, and trouble between them. What is held back comes at the end."""
    return _Disturbance(Random(seed), trouble or Trouble()).run(records)  # noqa: S311 - a simulation, not a secret


class _Disturbance:
    def __init__(self, random: Random, trouble: Trouble) -> None:
        self._random, self._trouble = random, trouble
        self._held: list[tuple[int, int, Record]] = []  # by the position at which each is let go
        self._numbers = count()
        self._recent: deque[Record] = deque(maxlen=_MEMORY)
        self._begun = inf
        self._bad = cycle(random.sample(BAD, len(BAD)))
        self._wrong, self._owed = count(1), 0.0

    def run(self, records: Iterable[Record]) -> Iterator[Record]:
        for position, record in enumerate(records):
            self._begun = min(self._begun, record.at)
            if not self._hold_back(position, record):
                yield self._sent(self._late(record))
            while self._held and self._held[0][0] <= position:
                yield self._sent(replace(heapq.heappop(self._held)[2], at=record.at))
            yield from self._extra(record.at)
        while self._held:
            yield self._sent(heapq.heappop(self._held)[2])

    def _sent(self, record: Record) -> Record:
        self._recent.append(record)
        return record

    def _hold_back(self, position: int, record: Record) -> bool:
        roll = self._random.random()
        if roll < self._trouble.disorder:
            record, wait = replace(record, label="disordered"), self._random.randint(1, 100)
        elif roll < self._trouble.disorder + self._trouble.late and record.topic != HEALTH.topic:
            record, wait = replace(record, label="late"), self._random.randint(500, 3000)
        else:
            return False
        heapq.heappush(self._held, (position + wait, next(self._numbers), record))
        return True

    def _late(self, record: Record) -> Record:
        """Let a probe catch up after a cut: now and then a ping tells of an earlier time, of this traffic."""
        if record.topic != HEALTH.topic or self._random.random() >= self._trouble.late:
            return record
        event = orjson.loads(record.value or b"")
        if event["type"] != _PING:
            return record
        then = record.at - self._random.random() * min(record.at - self._begun, _CUT_SECONDS)
        event |= {"id": uuid7(self._random, then), "time": stamp(then)}
        return replace(record, value=orjson.dumps(event), label="late")

    def _extra(self, at: float) -> Iterator[Record]:
        if self._recent and self._random.random() < self._trouble.duplicates:
            yield replace(self._random.choice(self._recent), at=at, kind=Kind.DUPLICATE, label="")
        self._owed += self._trouble.bad
        if self._owed >= 1:  # exactly their share, so that a short run has some
            self._owed -= 1
            yield self._bad_one(at)

    def _bad_one(self, at: float) -> Record:
        if next(self._wrong) % _CONFLICT_EVERY == 0 and self._recent:
            return _conflict(self._random.choice(self._recent), at)
        return next(self._bad)(self._random, at)


def _conflict(first: Record, at: float) -> Record:
    """The same identity with other content."""
    event: dict[str, Any] = orjson.loads(first.value or b"")
    data = event["data"]
    if event["type"] == _PING:
        data["latency_ms"] = data.get("latency_ms", 0) + 1000.5
    else:
        data["note"] = f"{data.get('note', '')} (nội dung khác)"
    return replace(first, value=orjson.dumps(event), at=at, kind=Kind.CONFLICT, label="conflict")
