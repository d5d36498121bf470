"""How much comes in, far from what is usual at that hour of the week: median ± k·MAD (DOMAIN §5)."""

from collections.abc import Iterator, Sequence
from math import sqrt

from streams.alerts.finding import Finding
from streams.alerts.systems import Decisions
from streams.arrivals import BUCKET, HOUR, Seen, flows, is_special
from streams.catalogue.rules import Rule
from streams.days import clock
from streams.health.now import State
from streams.scene import Scene
from streams.words import Words

STEADY = 0.6745
"""MAD of a Poisson count over its deviation: few weeks may agree by chance, and nothing is steadier than that."""

NEARLY = 0.8
"""Hysteresis: over when it is back within this share of the distance at which it began."""

COVERED = 0.75
"""Less of an hour than this says nothing about the hour."""


def volume(rule: Rule, scene: Scene, decisions: Decisions) -> Iterator[Finding]:
    """Each flow of which far less or far more came in the last hour than usually does.

    Silent before so many weeks are known of that hour, where fewer than so many are expected, and on holidays. What a
    system that is down carries, and complaints about it, belong to its alert.
    """
    arrivals = scene.arrivals
    if arrivals is None or is_special(scene.catalogue, arrivals.upto - 1):
        return
    wanted, away = rule.parameters.get("flows"), _away(decisions)
    for flow, systems in flows(scene.catalogue).items():
        if isinstance(wanted, tuple) and flow not in wanted:
            continue
        seen = arrivals.seen(flow, arrivals.upto - HOUR, arrivals.upto)
        root = next((f"carrier:{system}" for system in systems if system in away), None)
        if seen.covered < COVERED or scene.now - arrivals.upto > 3 * BUCKET:
            yield Finding(rule, {"flow": flow}, Words("chưa đếm được", "not counted"), sure=False)
        elif seen.weeks >= _number(rule, "weeks", 4) and seen.expected >= _number(rule, "least_expected", 10):
            yield from _judged(rule, flow, seen, arrivals.upto, root)


def _judged(rule: Rule, flow: str, seen: Seen, upto: int, root: str | None) -> Iterator[Finding]:
    distance = _number(rule, "deviations", 5) * max(seen.mad, STEADY * sqrt(seen.expected))
    off = abs(seen.n - seen.expected)
    if off > NEARLY * distance:
        usual = f"{seen.expected:.0f} ± {distance:.0f}"
        reason = Words(
            f"{seen.n} trong một giờ đến {clock(upto)}, thường là {usual}",
            f"{seen.n} in the hour to {clock(upto)}, usually {usual}",
        )
        evidence = {"n": seen.n, "expected": round(seen.expected, 1), "weeks": seen.weeks}
        yield Finding(
            rule, {"flow": flow}, reason, sure=off > distance, suppressed_by=root, evidence=evidence
        )  # fmt: skip


def _away(decisions: Decisions) -> Sequence[str]:
    """Systems that do not answer."""
    states = (State.DOWN, State.UNREACHABLE)
    return [decision.id for decision in decisions if decision.kind == "system" and decision.state in states]


def _number(rule: Rule, name: str, otherwise: float) -> float:
    value = rule.parameters.get(name)
    return value if isinstance(value, float) else otherwise
