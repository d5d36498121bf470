"""A clock of a report: when it began, the date it runs to, and the waits for the citizen that stopped it.

A report has two (DOMAIN §1.1): the citizen's, from submission to resolution, which never restarts; and the agency's,
from the latest dispatch or reopening.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from streams.reports.deadlines import Deadlines


class Wait(NamedTuple):
    """A time of `waiting_info`: nothing can be done until the citizen answers."""

    begun: datetime
    ended: datetime


class Clock(NamedTuple):
    """`named` is upstream's date, None while ours holds; `waits` are those that move the date: each does so once, so
    one that upstream answered with a new date is not among them. `moved` says that the wait going on is such a one."""

    started_at: datetime
    named: datetime | None = None
    waits: tuple[Wait, ...] = ()
    moved: bool = False

    def told(self, due_at: datetime) -> "Clock":
        """Upstream names the date: what moved the one before is settled, and so is the wait that goes on."""
        return Clock(self.started_at, due_at, (), moved=True)

    def waits_from_now(self) -> "Clock":
        """A wait begins."""
        return self._replace(moved=False)

    def waited(self, wait: Wait) -> "Clock":
        """A wait has ended."""
        return self if self.moved else self._replace(waits=(*self.waits, wait))

    def due_at(self, deadlines: Deadlines) -> datetime:
        """The date in force: upstream's, else ours, later by the waits. A wait that began when the date had passed
        moves nothing: it was not the citizen who made it late."""
        due_at = self.named or deadlines.resolved_by(self.started_at)
        for wait in self.waits:
            if wait.begun <= due_at:
                due_at = deadlines.later(due_at, wait.begun, wait.ended)
        return due_at


def running_time(start: datetime, end: datetime, waits: Iterable[Wait]) -> timedelta:
    """How long a clock ran between two moments, on the wall, waits for the citizen left out."""
    ran = end - start
    for wait in waits:
        ran -= max(min(wait.ended, end) - max(wait.begun, start), timedelta())
    return ran
