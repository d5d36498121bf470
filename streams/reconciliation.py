"""Reconciliation with the national portal, đối soát (DOMAIN §6): its list and ours, dossier by dossier."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from streams.days import civil_day
from streams.dossiers.life_cycle import FINALITY
from streams.dossiers.verdicts import Verdict

_WAITING = frozenset({5, 6})


class Standing(NamedTuple):
    """How one side has a dossier. `overdue` is what that side says of unfinished work, None where it says nothing."""

    status: int | None
    due_at: datetime | None
    ended_at: datetime | None
    overdue: bool | None = None

    def verdict(self, now: datetime) -> Verdict:
        """In time or not, by this side's own dates; early and on time are one. An end counts in a final status only."""
        if self.ended_at is not None and self.status in FINALITY:
            return Verdict.ON_TIME if self.due_at is None or self.ended_at <= self.due_at else Verdict.LATE
        if self.overdue is not None:
            return Verdict.OVERDUE if self.overdue else Verdict.OPEN
        late = self.due_at is not None and self.due_at <= now and self.status not in _WAITING
        return Verdict.OVERDUE if late else Verdict.OPEN


class Difference(NamedTuple):
    """What of a dossier differs: its existence, status, due date or verdict, with both values as text."""

    dossier: str
    what: str
    portal: str | None
    ours: str | None


def compare(dossier: str, portal: Standing | None, ours: Standing | None, now: datetime) -> Iterator[Difference]:
    """Everything in which the two sides differ; due dates by the day, for the portal often names no time."""
    if portal is None or ours is None:
        yield Difference(dossier, "existence", *("missing" if side is None else "exists" for side in (portal, ours)))
        return
    if portal.status is not None and portal.status != ours.status:
        yield Difference(dossier, "status", str(portal.status), None if ours.status is None else str(ours.status))
    due = [None if side.due_at is None else civil_day(side.due_at).isoformat() for side in (portal, ours)]
    if due[0] != due[1]:
        yield Difference(dossier, "due_date", *due)
    verdicts = [side.verdict(now).value for side in (portal, ours)]
    if verdicts[0] != verdicts[1]:
        yield Difference(dossier, "verdict", *verdicts)
