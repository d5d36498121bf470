"""What hangs together: a system that is down, what stands on it, what it carries, and who complains (DOMAIN §5)."""

from collections.abc import Iterator, Sequence
from typing import Any

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
