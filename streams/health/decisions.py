"""Decisions about systems and probes, from the folds, the last pings, what was observed and the catalogue."""

from collections.abc import Iterator

from streams.health.beats import SYSTEM
from streams.health.fold import System
from streams.health.now import SystemNow, system_now
from streams.health.parents import below_their_parents
from streams.health.probes import ProbeNow, silent_probes, without_probes
from streams.scene import Decision, Scene


def decide(scene: Scene) -> Iterator[Decision]:
    """Every system's state, the never heard ones of the catalogue too, and every probe that is silent."""
    known = {system.id: system for system in scene.catalogue.systems}
    measured = {
        id: system_now(
            scene.systems.get(id, System()), scene.pings.get(id, {}), known.get(id), scene.observed, scene.now
        )
        for id in sorted(known.keys() | scene.systems.keys())
    }
    probes = silent_probes(measured)
    planned = {id: fold.maintenance[SYSTEM] for id, fold in scene.systems.items() if SYSTEM in fold.maintenance}
    seen = without_probes(measured, probes, planned)
    parents = {id: system.parent for id, system in known.items() if system.parent is not None}
    for id, now in below_their_parents(seen, parents).items():
        yield _of_system(id, now, measured[id], parents.get(id))
    for probe, silent in probes.items():
        yield _of_probe(probe, silent)


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
                "reason": check.reason,
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
    reason = f"all {len(hanging)} checks of it are silent together"
    return Decision("probe", probe, "down", silent.since, reason, {"checks": hanging})
