"""Systems that are down, silent or degraded, and probes that fell silent: what the deciders of health say of them."""

from collections.abc import Iterator, Mapping, Sequence

from streams.alerts.finding import Finding
from streams.alerts.incidents import evidence
from streams.catalogue.rules import Rule
from streams.health.now import State
from streams.scene import Decision, Scene
from streams.words import Words

SETTLING = 120_000_000
"""Microseconds that what stands on a system has to answer in after that system has come back, a system itself after
planned work, and that the other checks of a probe have to be heard in before a silence is the system's own."""

Decisions = Sequence[Decision]
_DOUBTFUL = (State.LATE, State.UNKNOWN)
_ANSWERING = (State.UP, State.DEGRADED, State.LATE)


def system_down(rule: Rule, scene: Scene, decisions: Decisions) -> Iterator[Finding]:
    """Each system that is down by failures or by silence, and each probe all of whose checks are silent."""
    systems = {decision.id: decision for decision in decisions if decision.kind == "system"}
    heard, affected = _heard(systems), _affected(systems)
    for system in _watched(rule, systems):
        if system.state != State.UP:
            above = _above(system, systems)
            waits = (
                _parent_may_be_next(system, above)
                or _probe_may_be_next(system, heard, scene.now)
                or _may_be_planned(system, scene)
            )
            yield from _down(rule, scene, system, above, waits, affected.get(system.id, ()))
    for probe in (decision for decision in decisions if decision.kind == "probe"):
        yield Finding(rule, {"probe": probe.id}, probe.reason, probe.since, evidence={"checks": probe.data["checks"]})


def system_degraded(rule: Rule, _: Scene, decisions: Decisions) -> Iterator[Finding]:
    """Each system that answers, but says that it works badly."""
    systems = {decision.id: decision for decision in decisions if decision.kind == "system"}
    for system in _watched(rule, systems):
        reason = Words("hoạt động kém", "degraded")
        if system.state == State.DEGRADED:
            yield Finding(rule, {"system": system.id}, reason, system.since)
        elif system.state != State.UP:
            yield Finding(rule, {"system": system.id}, reason, sure=False)


def _watched(rule: Rule, systems: Mapping[str, Decision]) -> list[Decision]:
    wanted = rule.parameters.get("systems")
    return [system for id, system in systems.items() if not isinstance(wanted, tuple) or id in wanted]


def _down(
    rule: Rule, scene: Scene, system: Decision, above: Sequence[Decision], waits: bool, affected: Sequence[str]
) -> Iterator[Finding]:
    labels = {"system": system.id}
    match system.state:
        case State.DOWN:
            yield Finding(
                rule, labels, system.reason, system.since,
                sure=not waits,
                suppressed_by=_suppressed(system, above, scene.now),
                evidence=evidence(system.id, affected, system.since, scene),
            )  # fmt: skip
        case State.UNREACHABLE:
            root = [one.id for one in above if one.state == State.DOWN][-1]
            sure = system.data["measured"] == State.DOWN
            yield Finding(rule, labels, system.reason, system.since, sure=sure, suppressed_by=f"parent:{root}")
        case State.MAINTENANCE:
            yield Finding(rule, labels, system.reason, sure=False, suppressed_by="maintenance")
        case state if state in _DOUBTFUL:
            yield Finding(rule, labels, system.reason, sure=False)


def _above(system: Decision, systems: Mapping[str, Decision]) -> list[Decision]:
    """What it stands on, the nearest first; parents have no circles: the catalogue is checked on load."""
    found: list[Decision] = []
    above = systems.get(system.data["parent"] or "")
    while above is not None:
        found.append(above)
        above = systems.get(above.data["parent"] or "")
    return found


def _parent_may_be_next(system: Decision, above: Sequence[Decision]) -> bool:
    """Whether something below it counts as up only because it has not been looked at since this one went down."""
    heard = [one.data.get("heartbeat") for one in above if one.state in _ANSWERING]
    return any(heartbeat <= (system.since or 0) for heartbeat in heard if heartbeat is not None)


def _heard(systems: Mapping[str, Decision]) -> dict[str, int]:
    """When each probe of two checks or more was last heard through any of them."""
    heard: dict[str, list[int]] = {}
    for system in systems.values():
        for check in system.data["checks"].values():
            if check["probe"] is not None and check["heartbeat"] is not None:
                heard.setdefault(check["probe"], []).append(check["heartbeat"])
    return {probe: max(times) for probe, times in heard.items() if len(times) > 1}


def _probe_may_be_next(system: Decision, heard: Mapping[str, int], now: int) -> bool:
    """Whether all that is known against it is the silence of a probe that nobody has heard since."""
    since = system.since or 0
    silent = [
        check["probe"]
        for check in system.data["checks"].values()
        if check["required"] and check["state"] == State.DOWN and check["since"] > (check["heartbeat"] or 0)
    ]
    return now - since < SETTLING and bool(silent) and all(heard.get(probe, now) <= since for probe in silent)


def _may_be_planned(system: Decision, scene: Scene) -> bool:
    """Whether it has been down since planned work that has only just ended: it has to be started first."""
    ended = scene.planned_until.get(system.id)
    return ended is not None and (system.since or 0) <= ended and scene.now - ended < SETTLING


def _suppressed(system: Decision, above: Sequence[Decision], now: int) -> str | None:
    """By planned work on what it stands on, or while that has only just come back."""
    for one in above:
        came_back = one.since is not None and one.since > (system.since or 0) and now - one.since < SETTLING
        if one.state == State.MAINTENANCE or (one.state == State.UP and came_back):
            return f"parent:{one.id}"
    return None


def _affected(systems: Mapping[str, Decision]) -> dict[str, list[str]]:
    """By system, all that stands on it and does not answer."""
    found: dict[str, list[str]] = {}
    for system in systems.values():
        if system.state in (State.DOWN, State.UNREACHABLE):
            for above in _above(system, systems):
                found.setdefault(above.id, []).append(system.id)
    return found
