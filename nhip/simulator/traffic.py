"""The traffic of a province: reports, dossiers and pings on one clock, one event every 1/rate seconds."""

import heapq
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from random import Random
from typing import Any

from nhip.simulator.dossiers import dossier
from nhip.simulator.health import Health
from nhip.simulator.ids import uuid7
from nhip.simulator.life import Subject
from nhip.simulator.reports import report
from nhip.simulator.rhythm import VIETNAM, share_of_people, stamp

CloudEvent = dict[str, Any]

_NEW = 0.18  # of people's events are the first of a life; a life has about six
_REPORTS = 0.4  # of new lives; the others are dossiers


def generate(seed: int, start: datetime, rate: float, events: int | None = None) -> Iterator[CloudEvent]:
    """Yield CloudEvents in the order of their times, from `start` on, `rate` a second, without end if not told one."""
    traffic = _Traffic(Random(seed), start.timestamp())  # noqa: S311 - a simulation, not a secret
    for number in count() if events is None else range(events):
        yield traffic.next(start.timestamp() + number / rate)


class _Traffic:
    def __init__(self, random: Random, start: float) -> None:
        self._random = random
        self._health = Health(random, start)
        self._waiting: list[tuple[float, int, Subject]] = []  # lives that go on, by when; the number breaks ties
        self._numbers = count(1)
        self._run = f"{datetime.fromtimestamp(start, VIETNAM):%y%m%d-%H%M%S}"  # so that another run has other subjects
        self._share, self._share_until = 0.0, start

    def next(self, now: float) -> CloudEvent:
        if now >= self._share_until:
            self._share, self._share_until = share_of_people(now), now + 60
        if self._random.random() < self._share:
            return self._of_people(now)
        source, system, data = self._health.ping(now)
        return self._event("vn.nhip.health.ping", source, system, now, data)

    def _of_people(self, now: float) -> CloudEvent:
        while self._waiting and self._waiting[0][0] <= now and self._random.random() > _NEW:
            _, number, subject = heapq.heappop(self._waiting)
            event = self._go_on(subject, number, now)
            if event is not None:
                return event
        return self._begin(now)

    def _go_on(self, subject: Subject, number: int, now: float) -> CloudEvent | None:
        try:
            return self._tell(subject, number, now, subject.life.send(now))
        except StopIteration:
            return None

    def _begin(self, now: float) -> CloudEvent:
        number = next(self._numbers)
        name = f"{self._run}-{number:07d}"
        is_report = self._random.random() < _REPORTS
        subject = report(self._random, name) if is_report else dossier(self._random, name, now)
        return self._tell(subject, number, now, next(subject.life))

    def _tell(self, subject: Subject, number: int, now: float, step: tuple[str, dict[str, Any], float]) -> CloudEvent:
        word, data, wait = step
        heapq.heappush(self._waiting, (now + wait, number, subject))
        return self._event(subject.prefix + word, subject.source, subject.id, now, data)

    def _event(self, name: str, source: str, subject: str, now: float, data: dict[str, Any]) -> CloudEvent:
        return {
            "specversion": "1.0",
            "id": uuid7(self._random, now),
            "source": source,
            "type": name,
            "subject": subject,
            "time": stamp(now),
            "datacontenttype": "application/json",
            "data": data,
        }
