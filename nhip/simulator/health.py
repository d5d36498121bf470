"""Pings: every check in turn, by three probes; systems fail now and then and take what stands on them along."""

from dataclasses import dataclass
from random import Random

from nhip.simulator.life import Data
from nhip.simulator.systems import SYSTEMS, System

INTERVAL_SECONDS, GRACE_SECONDS = 60, 60
_PROBES = 3
_ERRORS = ("hết thời gian chờ", "HTTP 502", "HTTP 503", "từ chối kết nối", "lỗi TLS")


@dataclass(slots=True)
class Condition:
    """Whether a system works, and until when."""

    failing: bool
    until: float


class Health:
    """The state of every system as the traffic's clock goes on."""

    def __init__(self, random: Random, start: float) -> None:
        self._random = random
        self._conditions = {system.id: Condition(False, start + self._uptime(system)) for system in SYSTEMS}
        self._checks = [(system, check) for system in SYSTEMS for check in system.checks]
        self._turn = 0

    def ping(self, now: float) -> tuple[str, str, Data]:
        """The next check's ping: source, system id and data."""
        system, check = self._checks[self._turn % len(self._checks)]
        self._turn += 1
        probe = self._turn % _PROBES + 1
        data: Data = {
            "system_id": system.id,
            "check_id": check,
            "probe": f"probe-{probe}",
            "interval_s": INTERVAL_SECONDS,
            "grace_s": GRACE_SECONDS,
        }
        data |= self._failure() if self._fails(system, now) else self._success(system)
        return f"/hau-giang/probe/{probe}", system.id, data

    def _fails(self, system: System, now: float) -> bool:
        condition = self._conditions[system.id]
        if now >= condition.until:
            condition.failing = not condition.failing
            condition.until = now + (self._outage() if condition.failing else self._uptime(system))
        return condition.failing or (system.parent is not None and self._conditions[system.parent].failing)

    def _uptime(self, system: System) -> float:
        return self._random.expovariate(1 / (system.hours_between_failures * 3600))

    def _outage(self) -> float:
        return self._random.uniform(40, 400)

    def _failure(self) -> Data:
        return {"status": "fail", "error": self._random.choice(_ERRORS)}

    def _success(self, system: System) -> Data:
        random = self._random
        latency = random.lognormvariate(0, 0.3) * system.latency_ms
        slow = random.random() < 0.004
        data: Data = {
            "status": "degraded" if slow else "ok",
            "latency_ms": round(latency * 12 if slow else latency, 1),
        }
        if system.cert_days is not None:
            data["cert_days"] = system.cert_days
        if system.queue is not None:
            data["queue_length"] = int(system.queue * random.uniform(0.3, 1.6))
        if system.metrics:
            data["metrics"] = {name: round(usual * random.uniform(0.9, 1.1), 1) for name, usual in system.metrics}
        return data
