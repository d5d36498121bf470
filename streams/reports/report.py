"""Where a field report stands after one event."""

from datetime import datetime
from typing import NamedTuple

from msgspec import Struct

from streams.reports.clock import Clock, Wait
from streams.reports.facts import Facts
from streams.reports.life_cycle import OPEN, RESOLVED, ReportState
from streams.reports.place import unknown


class Verdict(NamedTuple):
    """The first resolution and the citizen's date then in force: a reopening does not change it."""

    resolved_at: datetime
    due_at: datetime

    @property
    def late(self) -> bool:
        return self.resolved_at > self.due_at


class Report(Struct, frozen=True, gc=False):
    """One state of a report. Moments are in UTC: comparing those costs a tenth of comparing others.

    `received_at` is its submission, or its first known event until that one arrives; nothing happens before it. `work`
    is where the work stands, also while the report is hidden from the public; `resumes` where it will stand after a
    wait. `due_at` is the citizen's date, `agency_due_at` the agency's. `recomplained`: work that was resolved has begun
    again. `notes` are the flags of single events.
    """

    received_at: datetime
    changed_at: datetime
    facts: Facts
    citizen: Clock
    due_at: datetime
    agency_clock: Clock | None = None
    agency_due_at: datetime | None = None
    work: ReportState = ReportState.NEW
    resumes: ReportState = ReportState.NEW
    hidden: bool = False
    waiting_since: datetime | None = None
    waits: tuple[Wait, ...] = ()
    responded_at: datetime | None = None
    dispatched_at: datetime | None = None
    verdict: Verdict | None = None
    ended_at: datetime | None = None
    hand_backs: int = 0
    reopenings: int = 0
    recomplained: bool = False
    extensions: int = 0
    rating: int | None = None
    anonymised: bool = False
    notes: frozenset[str] = frozenset()

    @property
    def state(self) -> ReportState:
        """The state as the public sees it."""
        return ReportState.HIDDEN if self.hidden else self.work

    @property
    def open(self) -> bool:
        return self.work in OPEN

    @property
    def resolved(self) -> bool:
        return self.work in RESOLVED

    @property
    def judged_by(self) -> datetime:
        """The date open work runs to: the citizen's, and after a reopening the one of the agency's new clock."""
        if self.verdict is not None and self.agency_due_at is not None:
            return self.agency_due_at
        return self.due_at

    @property
    def overdue_at(self) -> datetime | None:
        """When open work becomes overdue unless something happens before; None when it does not. Late once is late for
        good; a wait for the citizen makes nothing overdue that was not so when it began."""
        if not self.open or self.contradictory:
            return None
        if self.verdict is not None and self.verdict.late:
            return self.verdict.due_at
        judged_by = self.judged_by
        waits_in_time = self.waiting_since is not None and self.waiting_since <= judged_by
        return None if waits_in_time else judged_by

    @property
    def flags(self) -> tuple[str, ...]:
        """What is unusual or wrong about the report, by name."""
        facts = self.facts
        found = {*self.notes, *unknown(facts.place, facts.agency, facts.category, facts.area)}
        if self.citizen.named is not None and self.citizen.named < self.received_at:
            found.add("due_before_received")
        return tuple(sorted(found))

    @property
    def contradictory(self) -> bool:
        """Whether its own dates contradict each other: it cannot be judged, and is left out of what is on time."""
        named = self.citizen.named
        return "resolved_before_received" in self.notes or (named is not None and named < self.received_at)
