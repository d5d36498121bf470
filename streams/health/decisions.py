"""Decisions about systems and probes, from the folds, the last pings, what was observed and the catalogue."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from streams import catalogue
from streams.health import reasons
from streams.health.beats import SYSTEM
from streams.health.fold import System
from streams.health.now import LastPing, SystemNow, stands_until, system_now
from streams.health.parents import below_their_parents
from streams.health.probes import ProbeNow, silent_probes, without_probes
from streams.scene import Decision, Scene

NOTHING = System()
NO_PINGS: Mapping[str, LastPing] = {}


class Measured(NamedTuple):
    """What a system was found to be from what, at a moment, and until when that stands (None: for ever)."""

    fold: System
    pings: Mapping[str, LastPing]
    known: "catalogue.System | None"
    begun: int | None
    at: int
    until: int | None
    found: SystemNow

    def stands(self, fold: System, pings: Mapping[str, LastPing], known: "catalogue.System | None", at: int) -> bool:
        same = fold is self.fold and pings is self.pings and known is self.known
        return same and self.at <= at and (self.until is None or at <= self.until)


class Decided(NamedTuple):
    """A decision and what it was made of."""

    now: SystemNow
    measured: SystemNow
    decision: Decision


class Health:
    """Every system's state, the never heard ones of the catalogue too, and every probe that is silent.

    What nothing has happened to since the last look is not worked out again: of thousands of systems few have pinged
    within half a second. What comes out is a function of the scene alone.
    """

    def __init__(self) -> None:
        self._measured: dict[str, Measured] = {}
        self._decided: dict[str, Decided] = {}

    def __call__(self, scene: Scene) -> Iterator[Decision]:
        known = {system.id: system for system in scene.catalogue.systems}
        measured = {id: self._measure(id, known.get(id), scene) for id in sorted(known.keys() | scene.systems.keys())}
        probes = silent_probes(measured)
        planned = {id: fold.maintenance[SYSTEM] for id, fold in scene.systems.items() if SYSTEM in fold.maintenance}
        seen = without_probes(measured, probes, planned)
        parents = {id: system.parent for id, system in known.items() if system.parent is not None}
        for id, now in below_their_parents(seen, parents).items():
            yield self._decide(id, now, measured[id], parents.get(id))
        for probe, silent in probes.items():
            yield _of_probe(probe, silent)

    def _measure(self, id: str, known: "catalogue.System | None", scene: Scene) -> SystemNow:
        fold, pings = scene.systems.get(id, NOTHING), scene.pings.get(id, NO_PINGS)
        begun = scene.observed.lower if scene.observed else None
        before = self._measured.get(id)
        if before is None or before.begun != begun or not before.stands(fold, pings, known, scene.now):
            found = system_now(fold, pings, known, scene.observed, scene.now)
            until = stands_until(fold, pings, known, scene.observed, scene.now)
            before = self._measured[id] = Measured(fold, pings, known, begun, scene.now, until, found)
        return before.found

    def _decide(self, id: str, now: SystemNow, measured: SystemNow, parent: str | None) -> Decision:
        before = self._decided.get(id)
        if before is None or before.measured is not measured or before.now != now:
            before = self._decided[id] = Decided(now, measured, _of_system(id, now, measured, parent))
        return before.decision


def _of_system(id: str, now: SystemNow, measured: SystemNow, parent: str | None) -> Decision:
    pings = [check.ping for check in now.checks.values()]
    heartbeats = [check.heartbeat for check in now.checks.values() if check.heartbeat is not None]
    data = {
        "measured": measured.state,
        "parent": parent,
        "heartbeat": max(heartbeats, default=None),
        "latency_ms": max((ping.latency_ms for ping in pings if ping.latency_ms is not None), default=None),
        "cert_days": min((ping.cert_days for ping in pings if ping.cert_days is not None), default=None),
        "queue_length": max((ping.queue_length for ping in pings if ping.queue_length is not None), default=None),
        "checks": {
            name: {
                "state": check.state,
                "since": check.since,
                "reason": check.reason._asdict(),
                "heartbeat": check.heartbeat,
                "required": check.required,
                "probe": check.ping.probe,
            }
            for name, check in now.checks.items()
        },
    }
    return Decision("system", id, now.state, now.since, now.reason, data)


def _of_probe(probe: str, silent: ProbeNow) -> Decision:
    hanging = [f"{system}/{check}" for system, check in silent.checks]
    reason = reasons.silent_together(len(hanging))
    return Decision("probe", probe, "down", silent.since, reason, {"checks": hanging})
