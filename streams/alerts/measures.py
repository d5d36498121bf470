"""Numbers that systems report with their pings: days of a certificate, a queue, a share of errors."""

from collections.abc import Iterator

from streams.alerts import names
from streams.alerts.finding import Finding
from streams.alerts.systems import Decisions
from streams.catalogue.rules import Rule
from streams.days import moment
from streams.health.now import LastPing
from streams.scene import Scene
from streams.words import Words

BAND = 0.1
"""Hysteresis: an alert begins at its limit, and ends once the number is this share of the limit away from it."""

DAYS = (30.0, 14.0, 7.0, 1.0)
"""When a certificate is told of, if its rule names no days (DOMAIN §5)."""


def certificate(rule: Rule, scene: Scene, _: Decisions) -> Iterator[Finding]:
    """Each system whose first certificate to end has no more days than the rule names; found first in office hours.

    Each fewer step is a worse level of the same alert, and told again.
    """
    days = rule.parameters.get("days")
    steps = days if isinstance(days, tuple) else DAYS
    working = scene.catalogue.working_time.is_working(moment(scene.now))
    for system, left in _values(rule, scene, "cert_days"):
        passed = sum(left <= float(day) for day in steps)
        if passed:
            reason = Words(f"chứng thư số còn {left:g} ngày", f"the certificate has {left:g} days left")
            yield Finding(
                rule, {"system": system}, reason, sure=working, level=passed, evidence={"cert_days": left}
            )  # fmt: skip


def threshold(rule: Rule, scene: Scene, _: Decisions) -> Iterator[Finding]:
    """Each system whose number is above, or below, what the rule allows; of several checks the worst counts."""
    metric = str(rule.parameters["metric"])
    name = names.metric(metric)
    above, below = rule.parameters.get("above"), rule.parameters.get("below")
    for system, value in _values(rule, scene, metric):
        for limit, sign in ((above, 1), (below, -1)):
            if isinstance(limit, float) and sign * (value - limit) > -BAND * abs(limit):
                beyond = Words("vượt", "above") if sign > 0 else Words("dưới", "below")
                reason = Words(
                    f"{name.vi} {value:g}, {beyond.vi} {limit:g}", f"{name.en} {value:g}, {beyond.en} {limit:g}"
                )
                sure = sign * (value - limit) > 0
                yield Finding(
                    rule, {"system": system, "metric": metric}, reason, sure=sure, evidence={metric: value}
                )  # fmt: skip


def sync_gap(rule: Rule, scene: Scene, _: Decisions) -> Iterator[Finding]:
    """Each system that is watched for it and says that its last step with us is longer ago than so many minutes."""
    minutes = rule.parameters.get("minutes")
    limit = 60 * (minutes if isinstance(minutes, float) else 30.0)
    for system in scene.catalogue.systems:
        gaps = [_value(ping, "sync_gap_s") for ping in scene.pings.get(system.id, {}).values()]
        gap = max((one for one in gaps if one is not None), default=0.0)
        if "sync_gap" in system.watch and gap > (1 - BAND) * limit:
            reason = Words(
                f"đồng bộ chậm {gap / 60:.0f} phút, cho phép {limit / 60:.0f}",
                f"{gap / 60:.0f} minutes since it was in step, {limit / 60:.0f} are allowed",
            )
            yield Finding(rule, {"system": system.id}, reason, sure=gap > limit, evidence={"sync_gap_s": gap})


def _values(rule: Rule, scene: Scene, metric: str) -> Iterator[tuple[str, float]]:
    """The number by system: the highest of its checks, or the lowest where few is bad."""
    wanted = rule.parameters.get("systems")
    few_is_bad = metric == "cert_days" or "below" in rule.parameters
    for system, pings in scene.pings.items():
        values = [value for ping in pings.values() if (value := _value(ping, metric)) is not None]
        if values and (not isinstance(wanted, tuple) or system in wanted):
            yield system, min(values) if few_is_bad else max(values)


def _value(ping: LastPing, metric: str) -> float | None:
    if metric in ("cert_days", "queue_length", "latency_ms"):
        found: float | None = getattr(ping, metric)
        return found
    return (ping.metrics or {}).get(metric)
