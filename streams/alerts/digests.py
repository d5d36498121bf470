"""Digests of dossiers, by agency: what is overdue and what is about to be; never a page (DOMAIN §5)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from streams.alerts.finding import Finding
from streams.alerts.systems import Decisions
from streams.catalogue import Catalogue
from streams.catalogue.parameters import times_of
from streams.catalogue.rules import Rule
from streams.contracts.types import PROVINCE_TIME
from streams.days import civil_day, microseconds, moment
from streams.scene import Scene
from streams.words import Words

STANDS = timedelta(hours=1)
"""How long a digest stands: who was away at its time, or behind, tells it within that."""


class Deadline(NamedTuple):
    """What a digest counts: dossiers that were overdue `at` its time, and those that will be `until` a later one."""

    at: datetime
    until: datetime


def deadline(rule: Rule, catalogue: Catalogue, now: datetime) -> Deadline | None:
    """The digest that stands at a moment; None between digests and on days on which nobody works."""
    today = civil_day(now)
    if not catalogue.working_time.is_working_day(today):
        return None
    begun = (datetime.combine(today, at, PROVINCE_TIME) for at in times_of(rule))
    at = next((at for at in begun if at <= now < at + STANDS), None)
    return None if at is None else Deadline(at, catalogue.working_time.after(at, int(_hours(rule) * 3600)))


def digest(rule: Rule, scene: Scene, _: Decisions) -> Iterator[Finding]:
    """Each agency that has dossiers to see to. What it says is as of the digest's time, whenever it is looked at."""
    due = deadline(rule, scene.catalogue, moment(scene.now))
    if due is None:
        return
    for one in scene.unfinished.get(rule.name, ()):
        hours = f"{_hours(rule):g}"
        reason = Words(
            f"{one.overdue} hồ sơ quá hạn, {one.due_soon} hồ sơ sẽ quá hạn trong {hours} giờ làm việc",
            f"{one.overdue} dossiers overdue, {one.due_soon} will be within {hours} working hours",
        )
        evidence = {"overdue": one.overdue, "due_soon": one.due_soon, "oldest": one.oldest.isoformat()}
        yield Finding(rule, {"agency": one.agency}, reason, microseconds(due.at), passing=True, evidence=evidence)


def _hours(rule: Rule) -> float:
    hours = rule.parameters.get("due_within_hours")
    return hours if isinstance(hours, float) else 8.0
