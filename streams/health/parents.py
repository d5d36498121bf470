"""What stands on a system that is down (DOMAIN §1.3)."""

from collections.abc import Mapping

from streams.health import reasons
from streams.health.now import State, SystemNow


def below_their_parents(systems: Mapping[str, SystemNow], parents: Mapping[str, str]) -> dict[str, SystemNow]:
    """The same systems; what is down, late or unknown below a system that is down is unreachable.

    One that answers is what it answers: it is reachable. `parents` gives each system's parent.
    """
    return {id: _below(id, now, systems, parents) for id, now in systems.items()}


def _below(id: str, now: SystemNow, systems: Mapping[str, SystemNow], parents: Mapping[str, str]) -> SystemNow:
    if now.state not in (State.DOWN, State.LATE, State.UNKNOWN):
        return now
    above, root = parents.get(id), None
    while above is not None:  # parents have no cycles: the catalogue is checked on load
        if above in systems and systems[above].state is State.DOWN:
            root = above
        above = parents.get(above)
    if root is None:
        return now
    return now._replace(state=State.UNREACHABLE, reason=reasons.below(root, now.reason))
