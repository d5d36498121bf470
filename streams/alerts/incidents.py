"""What hangs together: a system that is down, what stands on it, what it carries, and who complains (DOMAIN §5)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from streams.arrivals import BUCKET, COMPLAINTS
from streams.scene import Scene

LEAST_WEEKS = 4
"""Before that nothing can be said of what is usual."""

LONGEST = 24 * 3_600_000_000
"""Microseconds of an outage of which it is told what came in: longer ago is not counted on."""


def evidence(system: str, affected: Sequence[str], since: int | None, scene: Scene) -> dict[str, Any]:
    """What else is affected, with figures: what stands on a system and does not answer, what has come since by the ways
    that go through them, and how many reports are about them; each beside what is usual."""
    known = scene.catalogue.system(system)
    if not affected and not (known and (known.carries or known.complaints)):
        return {}
    concerned = [known for id in (system, *affected) if (known := scene.catalogue.system(id))]
    carries = sorted({flow for known in concerned for flow in known.carries})
    complaints = sorted({COMPLAINTS + category for known in concerned for category in known.complaints})
    found = {
        "affected": list(affected),
        "carries": carries,
        "arrivals": list(_figures((*carries, *complaints), since, scene)),
    }
    return {name: value for name, value in found.items() if value}


def _figures(flows: Sequence[str], since: int | None, scene: Scene) -> Iterator[dict[str, Any]]:
    arrivals = scene.arrivals
    if arrivals is None or since is None:
        return
    begin = max(since, scene.now - LONGEST) // BUCKET * BUCKET
    for flow in flows:
        seen = arrivals.seen(flow, begin, arrivals.upto)
        if seen.weeks >= LEAST_WEEKS and round(seen.expected) + seen.n:
            yield {"flow": flow, "since": begin, "n": seen.n, "expected": round(seen.expected)}


class Joinable(Protocol):
    """What of an alert says where it belongs."""

    @property
    def labels(self) -> Mapping[str, str]: ...
    @property
    def suppressed_by(self) -> str | None: ...


A = TypeVar("A", bound=Joinable)


class Incident(NamedTuple, Generic[A]):
    """An alert and those that are suppressed because of it, however far below."""

    root: A
    members: Sequence[A]


def joined(alerts: Iterable[A]) -> list[Incident[A]]:
    """Open alerts along parents and what systems carry, each root with its own in the order given.

    One whose root is not among them, such as a parent in planned work, stands alone.
    """
    found = list(alerts)
    by_system = {alert.labels["system"]: n for n, alert in enumerate(found) if "system" in alert.labels}
    roots = [_root(n, found, by_system) for n in range(len(found))]
    members: dict[int, list[A]] = {n: [] for n in roots}
    for n, root in enumerate(roots):
        if n != root:
            members[root].append(found[n])
    return [Incident(found[n], members[n]) for n in sorted(members)]


def _root(n: int, alerts: Sequence[Joinable], by_system: Mapping[str, int]) -> int:
    """Up along what suppresses each; parents have no circles, and a system's own alert ends the way."""
    seen = {n}
    while (why := alerts[n].suppressed_by) is not None:
        above = by_system.get(why.partition(":")[2])
        if above is None or above in seen:
            break
        n = above
        seen.add(n)
    return n
