"""Every kind of rule: a new one is one function and one line here."""

from collections.abc import Callable, Iterable, Mapping

from streams.alerts.digests import digest
from streams.alerts.finding import Finding
from streams.alerts.measures import certificate, sync_gap, threshold
from streams.alerts.pipeline import pipeline
from streams.alerts.reports import hot_spot, urgent_report
from streams.alerts.systems import Decisions, system_degraded, system_down
from streams.alerts.volume import volume
from streams.catalogue.rules import Kind, Rule
from streams.pipeline import fresh_streams
from streams.scene import Scene

Judge = Callable[[Rule, Scene, Decisions], Iterable[Finding]]
"""A pure function: everything that the rule finds wrong in a scene."""

JUDGES: Mapping[Kind, Judge] = {
    "system_down": system_down,
    "system_degraded": system_degraded,
    "certificate": certificate,
    "threshold": threshold,
    "urgent_report": urgent_report,
    "volume": volume,
    "hot_spot": hot_spot,
    "digest": digest,
    "sync_gap": sync_gap,
    "pipeline": pipeline,
}

STREAM: Mapping[Kind, str] = {
    "system_down": "health",
    "system_degraded": "health",
    "certificate": "health",
    "threshold": "health",
    "urgent_report": "reports",
    "hot_spot": "reports",
    "digest": "dossiers",
    "sync_gap": "health",
}
"""What a kind of rule looks at: while that stream is behind, it neither begins nor ends an alert."""


def findings(scene: Scene, decisions: Decisions) -> list[Finding]:
    """What every rule of the catalogue finds."""
    judged = ((rule, JUDGES[rule.kind]) for rule in scene.catalogue.rules if rule.kind in JUDGES)
    return [finding for rule, judge in judged for finding in judge(rule, scene, decisions)]


def blind(scene: Scene) -> frozenset[str]:
    """The names of the rules whose stream is not known to be stored up to now."""
    behind = set(STREAM.values()) - fresh_streams(scene.partitions, scene.now)
    return frozenset(rule.name for rule in scene.catalogue.rules if STREAM.get(rule.kind) in behind)
