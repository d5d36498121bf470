"""Pings of every check of every system in the catalogue, with what each is watched for."""

import heapq
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from nhip.simulator.conduct import trait
from nhip.simulator.life import DAY, HOUR, Data
from nhip.simulator.outages import Outages
from nhip.simulator.rhythm import activity
from nhip.simulator.upkeep import Turn
from streams.catalogue import Catalogue, Check, Metric, System

_PROBES = 3
_OPERATORS = "/hau-giang/data-centre"
_RENEWED_DAYS = 365
_RENEWED_BEFORE = 12  # days that are left when somebody thinks of it
_ERRORS = ("hết thời gian chờ", "HTTP 502", "HTTP 503", "từ chối kết nối", "lỗi TLS")


class Ping(NamedTuple):
    """Who tells it, of which system, and what; planned work is told in words of its own."""

    source: str
    system_id: str
    data: Data
    word: str = "ping"


class Health:
    """What probes tell, and operators of planned work. `every`: seconds between pings where not the catalogue's."""

    def __init__(
        self, random: Random, catalogue: Catalogue, outages: Outages, turns: Iterator[Turn], every: int | None = None
    ) -> None:
        self._random, self._outages, self._every = random, outages, every
        self._checks = [(system, check) for system in catalogue.systems for check in system.checks]
        self._probed = 0
        self._turns, self._worked_on = turns, set[str]()
        self._turn = next(turns)

    def ping(self, now: float) -> Ping:
        """What is told next: planned work if it is time for it, else a ping of the next check."""
        if self._turn.at <= now:
            return self._of_work()
        self._probed += 1
        return self._told(self._probed, now)

    def pings(self, start: float) -> Iterator[tuple[float, Ping]]:
        """Every check in its interval, spread evenly from the start, and planned work; each with its moment."""
        intervals = [self._every or check.interval_s for _, check in self._checks]
        agenda = [(start + interval * n / len(intervals), n) for n, interval in enumerate(intervals)]
        heapq.heapify(agenda)
        while True:
            now, number = agenda[0]
            if self._turn.at <= now:
                yield self._turn.at, self._of_work()
                continue
            yield now, self._told(number, now)
            heapq.heapreplace(agenda, (now + intervals[number], number))

    def _of_work(self) -> Ping:
        turn, self._turn = self._turn, next(self._turns)
        if turn.begins:
            self._worked_on.add(turn.system_id)
        else:
            self._worked_on.discard(turn.system_id)
        data: Data = {"system_id": turn.system_id, "note": "Bảo trì theo kế hoạch"}
        return Ping(_OPERATORS, turn.system_id, data, f"maintenance_{'started' if turn.begins else 'ended'}")

    def _told(self, number: int, now: float) -> Ping:
        system, check = self._checks[number % len(self._checks)]
        probe = number % _PROBES + 1
        interval = self._every or check.interval_s
        data: Data = {
            "system_id": system.id,
            "check_id": check.id,
            "probe": check.probe or f"probe-{probe}",
            "interval_s": interval,
            "grace_s": max(check.grace_s, interval if self._every else 0),
        }
        down = system.id in self._worked_on or self._outages.root(system.id, now) is not None
        data |= self._failure() if down else self._success(system, check, now)
        return Ping(f"/hau-giang/probe/{probe}", system.id, data)

    def _failure(self) -> Data:
        return {"status": "fail", "error": self._random.choice(_ERRORS)}

    def _success(self, system: System, check: Check, now: float) -> Data:
        """What is usual there, by the catalogue's baselines: some fields of a ping have a name of their own."""
        random, slow = self._random, self._random.random() < 0.004
        usual = {metric.name: metric for metric in system.metrics}
        latency = usual.pop("latency_ms", _LATENCY).baseline * random.lognormvariate(0, 0.3) * (12 if slow else 1)
        data: Data = {"status": "degraded" if slow else "ok", "latency_ms": round(latency, 1)}
        if queue := usual.pop("queue_length", None):
            data["queue_length"] = self._queue(system, queue.baseline, now)
        if certificate := usual.pop("cert_days", None):
            data["cert_days"] = _cert_days(f"{system.id}/{check.id}", certificate.baseline, now)
        if usual:
            data["metrics"] = {name: self._number(metric, now) for name, metric in usual.items()}
        return data

    def _queue(self, system: System, usual: float, now: float) -> int:
        """What has gathered while it was down is worked off within the hour."""
        backlog = max(1 - self._outages.since(system.id, now) / HOUR, 0) * 20
        return int(usual * (activity(now) + backlog) * self._random.uniform(0.3, 1.6))

    def _number(self, metric: Metric, now: float) -> float:
        """Published figures stand; the others go with the hours of the day, and a share is no more than all."""
        if metric.published:
            return metric.baseline
        number = metric.baseline * self._random.uniform(0.9, 1.1)
        if metric.unit == "%":
            return round(min(number, 100.0), 1)
        return round(number * (0.25 + 0.75 * activity(now)), 1)


_LATENCY = Metric(name="latency_ms", baseline=80, unit="ms")


def _cert_days(name: str, usual: float, now: float) -> int:
    """Days left, renewed when few are."""
    lifetime = _RENEWED_DAYS - _RENEWED_BEFORE
    return _RENEWED_DAYS - int((now / DAY + usual + trait(name, "certificate") * 30) % lifetime)
