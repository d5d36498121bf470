"""The traffic of a province: of a demo, so many events a second, and of years, in which everything takes its time."""

import heapq
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from random import Random
from typing import Any

from nhip.simulator.applications import Applications
from nhip.simulator.clock import DEMO_PACE, Clock
from nhip.simulator.complaints import Complaints
from nhip.simulator.dossiers import dossier
from nhip.simulator.health import Health, Ping
from nhip.simulator.ids import uuid7
from nhip.simulator.life import DAY, HOUR, Data, Subject
from nhip.simulator.outages import DEMO, QUIET, REAL, Climate, Outages
from nhip.simulator.places import Places
from nhip.simulator.province import province
from nhip.simulator.reports import report, reports_of_a_crowd
from nhip.simulator.rhythm import VIETNAM, activity, share_of_people, stamp
from nhip.simulator.upkeep import upkeep
from nhip.simulator.world import World
from streams.catalogue import Catalogue

CloudEvent = dict[str, Any]

_NEW = 0.1  # of people's events begin a life, and all while nobody waits; a life has about eight
_REPORTS = 0.4  # of new lives in a demo; the others are dossiers
_CROWDS = 0.01  # of new reports begin a crowd
_CROWD_SECONDS = HOUR

_DOSSIERS_A_YEAR, _REPORTS_A_YEAR = 200_000, 20_000
_WHILE_OPEN = 0.5  # of those who come at any hour; at other hours only the portal is open
_MEAN_ACTIVITY = 0.41  # of the busiest hour's, over a week
_YEAR = 365.25 * DAY


def generate(
    seed: int, start: datetime, rate: float, events: int | None = None, catalogue: Catalogue | None = None
) -> Iterator[CloudEvent]:
    """A demo: CloudEvents in the order of their times, from `start` on, `rate` a second, without end if not told one.

    Lives of days go by in minutes.
    """
    begun = start.timestamp()
    traffic = _Traffic(seed, begun, catalogue or province(), DEMO_PACE, DEMO)
    for number in count() if events is None else range(events):
        yield traffic.next(begun + number / rate)


def history(
    seed: int,
    start: datetime,
    end: datetime,
    scale: float,
    every: int | None,
    catalogue: Catalogue | None = None,
    climate: Climate = REAL,
) -> Iterator[CloudEvent]:
    """Hours, days or years: every event at its own time. `climate` says how often systems fail.

    At a `scale` of 1 the province files about 200 000 dossiers a year (DOMAIN §4) and sends 20 000 reports; `every` is
    how often each check pings, in seconds, where not as often as the catalogue says.
    """
    traffic = _Traffic(seed, start.timestamp(), catalogue or province(), 1.0, climate, every)
    return traffic.until(end.timestamp(), scale)


class _Traffic:
    """Lives on an agenda, each waiting for the moment at which it goes on."""

    def __init__(
        self, seed: int, start: float, catalogue: Catalogue, pace: float, climate: Climate, every: int | None = None
    ) -> None:
        self._random = random = Random(seed)  # noqa: S311 - a simulation, not a secret
        self._start, self._time = start, catalogue.working_time
        begun = datetime.fromtimestamp(start, VIETNAM)
        outages = Outages(seed, catalogue.systems, start, climate)
        places = Places(catalogue, begun.date())
        applications = Applications(catalogue, places, begun)
        self._world = World(Clock(catalogue, pace), places, Complaints(catalogue), applications, outages)
        turns = upkeep(seed, catalogue.systems, start, REAL if climate is QUIET else climate)
        self._health = Health(random, catalogue, outages, turns, every)
        self._agenda: list[tuple[float, int, Subject]] = []  # the number breaks ties
        self._numbers = count(1)
        self._named = 0
        self._run = f"{begun:%y%m%d-%H%M%S}"  # so that another run has other subjects
        self._share, self._share_until = 0.0, start

    def next(self, now: float) -> CloudEvent:
        """A demo's next event: of people or of a system, as the hour has it."""
        if now >= self._share_until:
            self._share, self._share_until = share_of_people(now, self._time), now + 60
        if self._random.random() >= self._share:
            return self._ping(now, self._health.ping(now))
        if self._random.random() < _NEW:
            self._begin(now, is_report=self._random.random() < _REPORTS)
        while True:
            while self._agenda and self._agenda[0][0] <= now:
                event = self._go_on(now)
                if event is not None:
                    return event
            self._begin(now, is_report=self._random.random() < _REPORTS)

    def until(self, end: float, scale: float) -> Iterator[CloudEvent]:
        """Everything that happens before `end`, each at its time."""
        pings, arrivals = self._health.pings(self._start), self._arrivals(scale)
        at_ping, ping = next(pings)
        at_arrival, is_report = next(arrivals)
        while True:
            now = min(at_ping, at_arrival, self._agenda[0][0] if self._agenda else end)
            if now >= end:
                return
            if now == at_ping:
                yield self._ping(now, ping)
                at_ping, ping = next(pings)
            elif now == at_arrival:
                self._begin(now, is_report=is_report)
                at_arrival, is_report = next(arrivals)
            elif (event := self._go_on(now)) is not None:
                yield event

    def _arrivals(self, scale: float) -> Iterator[tuple[float, bool]]:
        """When people come, and whether it is to report something: a Poisson process, thinned by the rhythm of days."""
        reports, dossiers = _REPORTS_A_YEAR * scale, _DOSSIERS_A_YEAR * scale / _WHILE_OPEN
        rate, random, now = (reports + dossiers) / _YEAR / _MEAN_ACTIVITY, self._random, self._start
        while True:
            now += random.expovariate(rate)
            if random.random() < activity(now, self._time):
                yield now, random.random() * (reports + dossiers) < reports

    def _begin(self, now: float, *, is_report: bool) -> bool:
        """Put a new life on the agenda, or a crowd's; False when the door it would come through is closed."""
        if is_report and self._random.random() < _CROWDS:
            names = [self._name() for _ in range(self._random.randint(5, 20))]
            at = now
            for subject in reports_of_a_crowd(self._random, self._world, names):
                self._enter(at, subject)
                at += self._world.clock.passing(self._random.uniform(0, 2 * _CROWD_SECONDS / len(names)))
            return True
        begin = report if is_report else dossier
        found = begin(self._random, self._world, self._name(), now)
        if found is None:
            return False
        self._enter(now, found)
        return True

    def _enter(self, at: float, subject: Subject) -> None:
        heapq.heappush(self._agenda, (at, next(self._numbers), subject))

    def _name(self) -> str:
        self._named += 1
        return f"{self._run}-{self._named:07d}"

    def _go_on(self, now: float) -> CloudEvent | None:
        """The next event of the life whose turn it is; None when that was its end."""
        _, number, subject = heapq.heappop(self._agenda)
        try:
            word, data, wait = subject.life.send(now)
        except StopIteration:
            return None
        heapq.heappush(self._agenda, (now + wait, number, subject))
        return self._event(subject.prefix + word, subject.source, subject.id, now, data)

    def _ping(self, now: float, ping: Ping) -> CloudEvent:
        return self._event(f"vn.nhip.health.{ping.word}", ping.source, ping.system_id, now, ping.data)

    def _event(self, name: str, source: str, subject: str, now: float, data: Data) -> CloudEvent:
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
