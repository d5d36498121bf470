"""The life of an alert: pending → firing → acknowledged → resolved, with `suppressed` beside it (DOMAIN §5).

A pure function of the alert as it stands, what its rule finds now, and the clock: run again on the same it changes
nothing, so a restart or a replay tells nobody twice. States and relapses as in prometheus/alertmanager and keephq/keep.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from streams.alerts.finding import Finding, Labels
from streams.catalogue.rules import Severity
from streams.words import Words

SECOND = 1_000_000

RELAPSE = 600 * SECOND
"""What comes back within this time after it was over is the same episode of the same alert, reopened."""

DAMPING, MOST_DAMPING = 60 * SECOND, 900 * SECOND
"""How long a relapsed alert must be quiet before it is over: doubled with each relapse, up to the most."""

BY_HAND = 3600 * SECOND
"""What was resolved by hand and never ceased to be wrong is opened again after this time."""


class State(StrEnum):
    """`pending`: wrong, but not for long enough, or nobody can be sure yet."""

    PENDING = "pending"
    FIRING = "firing"
    ACKNOWLEDGED = "acknowledged"
    SUPPRESSED = "suppressed"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert, of whichever episode is the last; times are microseconds since 1970.

    `told`: receivers were told that it fires, and not yet that it is over. `clear_since`: its rule finds nothing any
    more, but it is not over yet. `by_hand`: somebody resolved it, and it has not been found gone since. `passing`: its
    end is told to nobody.
    """

    id: str
    rule: str
    labels: Labels
    severity: Severity
    state: State
    since: int
    reason: Words
    evidence: Mapping[str, Any] = field(default_factory=dict)
    level: int = 0
    episode: int = 0
    relapses: int = 0
    told: bool = False
    fired_at: int | None = None
    clear_since: int | None = None
    resolved_at: int | None = None
    by_hand: bool = False
    acknowledged_at: int | None = None
    acknowledged_by: str | None = None
    suppressed_by: str | None = None
    silenced_until: int | None = None
    silenced_by: str | None = None
    passing: bool = False

    @property
    def is_open(self) -> bool:
        return self.state not in (State.PENDING, State.RESOLVED)


def step(alert: Alert | None, found: Finding | None, now: int, *, blind: bool = False) -> Alert | None:
    """The alert after a look at `now`. None: there never was one, and there is none.

    `blind`: what the rule looks at is older than it should be (Nhịp is catching up). Then nothing begins or ends; what
    began and ended meanwhile is recorded and told to nobody.
    """
    alert = _settled(alert, now) if alert is not None else None
    if found is None:
        return alert if alert is None or blind else _gone(alert, now)
    if not found.sure:
        return _doubted(alert, found) if alert and alert.is_open else alert
    if alert is None or alert.state is State.RESOLVED:
        alert = _begun(alert, found, now)
    if alert.state is State.RESOLVED or (blind and alert.is_open):
        return alert
    if alert.state is State.PENDING:
        since = alert.since if found.since is None else min(found.since, now)
        alert = _seen(replace(alert, since=since, level=found.level), found)
        return alert if blind or now - alert.since < found.rule.for_s * SECOND else _fired(alert, now)
    return _standing(_worse(replace(_seen(alert, found), clear_since=None), found))


def lasts(alert: Alert, found: Finding) -> bool:
    """Whether an open alert that this finding has not changed stays as it is whatever the clock says, until something
    else is found of it or somebody acts."""
    return alert.is_open and found.sure and alert.silenced_until is None


def _settled(alert: Alert, now: int) -> Alert:
    """A silence that has run out is none, and who was told of an alert hears that somebody resolved it."""
    if alert.silenced_until is not None and alert.silenced_until <= now:
        alert = replace(alert, silenced_until=None, silenced_by=None)
    return replace(alert, told=False) if alert.state is State.RESOLVED else alert


def _doubted(alert: Alert, found: Finding) -> Alert:
    """Doubt may suppress an alert. It lifts nothing: a child is not told of before it was looked at again."""
    if found.suppressed_by is None:
        return replace(alert, clear_since=None)
    return _standing(replace(alert, clear_since=None, suppressed_by=found.suppressed_by))


def _begun(alert: Alert | None, found: Finding, now: int) -> Alert:
    """Pending from now on, unless somebody has just resolved what is still there."""
    since = now if found.since is None else min(found.since, now)
    if alert is None:
        return Alert(
            found.id, found.rule.name, found.labels, found.rule.severity, State.PENDING, since, found.reason,
            found.evidence, found.level, passing=found.passing,
        )  # fmt: skip
    if alert.by_hand and alert.resolved_at is not None and now - alert.resolved_at < BY_HAND:
        return alert
    return replace(alert, state=State.PENDING, since=since, level=found.level, by_hand=False)


def _seen(alert: Alert, found: Finding) -> Alert:
    return replace(
        alert, reason=found.reason, evidence=found.evidence, severity=found.rule.severity,
        suppressed_by=found.suppressed_by,
    )  # fmt: skip


def _fired(alert: Alert, now: int) -> Alert:
    """A new episode, or the last one reopened."""
    relapsed = alert.episode > 0 and alert.resolved_at is not None and now - alert.resolved_at < RELAPSE
    fired = replace(alert, state=State.FIRING, fired_at=now, resolved_at=None)
    if relapsed:
        return _standing(replace(fired, relapses=alert.relapses + 1))
    return _standing(replace(fired, episode=alert.episode + 1, relapses=0))


def _worse(alert: Alert, found: Finding) -> Alert:
    """An acknowledgement was of what was known then: worse has to be told again."""
    if found.level <= alert.level:
        return alert
    return replace(alert, level=found.level, acknowledged_at=None, acknowledged_by=None)


def _standing(alert: Alert) -> Alert:
    """The state of an open alert, from who has acknowledged, silenced or suppressed it."""
    if alert.suppressed_by is not None or alert.silenced_until is not None:
        return replace(alert, state=State.SUPPRESSED)
    if alert.acknowledged_at is not None:
        return replace(alert, state=State.ACKNOWLEDGED)
    return replace(alert, state=State.FIRING, told=True)


def _gone(alert: Alert, now: int) -> Alert:
    """Over at once the first time; after relapses only when it has been quiet for a while."""
    if alert.state is State.RESOLVED:
        return replace(alert, by_hand=False)
    if alert.state is State.PENDING:
        return replace(alert, state=State.RESOLVED, resolved_at=alert.resolved_at or now)
    clear_since = now if alert.clear_since is None else alert.clear_since
    if now - clear_since < damping(alert.relapses):
        return replace(alert, clear_since=clear_since)
    return replace(
        alert, state=State.RESOLVED, resolved_at=now, clear_since=None, told=False, suppressed_by=None,
        acknowledged_at=None, acknowledged_by=None,
    )  # fmt: skip


def damping(relapses: int) -> int:
    """Microseconds without a finding after which an alert that relapsed so often is over."""
    return min(DAMPING << min(relapses - 1, 10), MOST_DAMPING) if relapses else 0
