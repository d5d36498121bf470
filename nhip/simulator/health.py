"""Pings of every check of every system in the catalogue, with what each is watched for."""

import heapq
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from nhip.simulator.conduct import trait
from nhip.simulator.life import DAY, HOUR, Data
from nhip.simulator.outages import Outages
from nhip.simulator.rhythm import activity
from streams.catalogue import Catalogue, Check, Metric, System

_PROBES = 3
_RENEWED_DAYS = 365
_RENEWED_BEFORE = 12  # days that are left when somebody thinks of it
_ERRORS = ("hết thời gian chờ", "HTTP 502", "HTTP 503", "từ chối kết nối", "lỗi TLS")


class Ping(NamedTuple):
    """Who tells it, of which system, and what."""

    source: str
    system_id: str
    data: Data


class Health:
    """What probes tell. `every`: seconds between pings of a check, where not the catalogue's."""

    def __init__(self, random: Random, catalogue: Catalogue, outages: Outages, every: int | None = None) -> None:
        self._random, self._outages, self._every = random, outages, every
        self._checks = [(system, check) for system in catalogue.systems for check in system.checks]
        self._turn = 0

    def ping(self, now: float) -> Ping:
        """A ping of the next check in turn."""
        self._turn += 1
        return self._told(self._turn, now)

    def pings(self, start: float) -> Iterator[tuple[float, Ping]]:
        """Every check in its interval, with the moment of each ping; spread evenly from the start."""
        intervals = [self._every or check.interval_s for _, check in self._checks]
        agenda = [(start + interval * n / len(intervals), n) for n, interval in enumerate(intervals)]
        heapq.heapify(agenda)
        while True:
            now, number = agenda[0]
            yield now, self._told(number, now)
            heapq.heapreplace(agenda, (now + intervals[number], number))

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
        down = self._outages.root(system.id, now) is not None
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
