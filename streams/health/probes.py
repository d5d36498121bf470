"""Probes that fell silent: one finding each, and no word about the systems they looked at (DOMAIN §1.3)."""

from collections.abc import Mapping
from typing import NamedTuple

from streams.health import reasons
from streams.health.now import CheckNow, State, SystemNow, of_checks


class ProbeNow(NamedTuple):
    """A probe all of whose checks are silent: one finding, whatever hangs on it."""

    since: int
    checks: tuple[tuple[str, str], ...]


def silent_probes(systems: Mapping[str, SystemNow]) -> dict[str, ProbeNow]:
    """Probes of two checks or more that are silent in all of them, by name."""
    hanging: dict[str, list[tuple[str, str, CheckNow]]] = {}
    for id, now in systems.items():
        for name, check in now.checks.items():
            if check.ping.probe is not None and check.heartbeat is not None:
                hanging.setdefault(check.ping.probe, []).append((id, name, check))
    return {
        probe: ProbeNow(max(check.since or 0 for _, _, check in found), tuple((id, name) for id, name, _ in found))
        for probe, found in hanging.items()
        if len(found) > 1 and all(check.silent and check.state is State.DOWN for _, _, check in found)
    }


def without_probes(
    systems: Mapping[str, SystemNow], probes: Mapping[str, ProbeNow], planned: Mapping[str, int]
) -> dict[str, SystemNow]:
    """The same systems, of which nothing is known as far as they hang on a silent probe."""
    silent = {(id, name): probe for probe, now in probes.items() for id, name in now.checks}
    return {id: _unknown(id, now, silent, planned.get(id)) for id, now in systems.items()}


def _unknown(id: str, now: SystemNow, silent: Mapping[tuple[str, str], str], planned: int | None) -> SystemNow:
    if not any((id, name) in silent for name in now.checks):
        return now
    return of_checks(
        {
            name: check._replace(state=State.UNKNOWN, reason=reasons.hanging(silent[id, name]))
            if (id, name) in silent
            else check
            for name, check in now.checks.items()
        },
        planned,
    )
