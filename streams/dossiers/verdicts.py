"""Whether a dossier is in time: by its due date, by the QĐ 766 clock, and as the portal has it (DOMAIN §1.2)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from streams.days import civil_day
from streams.dossiers.fold import Dossier
from streams.dossiers.life_cycle import FINALITY, SNAPSHOT, WAITING_FOR_CITIZEN
from streams.occurrences import Occurrence


class Verdict(StrEnum):
    """Finished: early (trước hạn, a day or more), on time (đúng hạn), late (quá hạn). Unfinished: open or overdue."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    OPEN = "open"
    OVERDUE = "overdue"


def finished(dossier: Dossier, end: datetime) -> Verdict:
    """The verdict on an end, by the due date in force when it was told. Without any due date nothing is late."""
    return _against(dossier.due.at, end)


def judged(states: Sequence[Dossier]) -> Dossier:
    """The state that the verdict is of: the one that told the end, where there is one, since a due date that is moved
    afterwards judges nothing; else the last."""
    found = last = states[-1]
    if last.ended_at is not None:
        for state in reversed(states):
            if state.ended_at != last.ended_at:
                break
            found = state
    return found


def overdue(dossier: Dossier, moment: datetime) -> bool:
    """Overdue just after `moment`. A clock that stands still since before the due date has not run out: a dossier that
    waits for the citizen ends, so far, at the time of the request."""
    due = dossier.due
    if due.at is None or due.at > moment or dossier.unclear:
        return False
    return due.paused_since is None or due.paused_since > due.at


def finished_late_766(dossier: Dossier, end: datetime) -> bool:
    """QĐ 766: more than one request for supplements is overdue; status 5 alone stops the clock."""
    return dossier.requests > 1 or (dossier.due.at_766 is not None and end > dossier.due.at_766)


def overdue_766(dossier: Dossier, moment: datetime) -> bool:
    """The same for an unfinished dossier, just after `moment`."""
    if dossier.unclear:
        return False
    if dossier.requests > 1:
        return True
    due = dossier.due.at_766
    if due is None or due > moment:
        return False
    since = dossier.due.paused_since if dossier.due.paused_by == WAITING_FOR_CITIZEN else None
    return since is None or since > due


def apologised(dossier: Dossier, before: datetime) -> bool:
    """Whether an apology was given in time: one after the end comes too late."""
    return dossier.apologised_at is not None and dossier.apologised_at <= before


class Portal(NamedTuple):
    """What the portal holds of a dossier, by the last snapshot that came, and the verdict of those dates alone."""

    as_of: datetime
    due_at: datetime
    ended_at: datetime | None
    verdict: Verdict


def portal(ordered: Sequence[Occurrence]) -> Portal | None:
    """The portal's own verdict as synced: of the last snapshot that names a due date; None where none does.

    It knows neither our working time nor that an apology's date is no due date.
    """
    snapshots = (event for event in reversed(ordered) if event.type == SNAPSHOT and event.data.due_at is not None)
    snapshot = next(snapshots, None)
    if snapshot is None:
        return None
    body = snapshot.data
    as_of = (body.synced_at or snapshot.time).astimezone(UTC)
    due = body.due_at.astimezone(UTC)
    end = body.finished_at or body.returned_at
    if end is None and body.status in FINALITY:
        end = snapshot.time
    if end is None:
        return Portal(as_of, due, None, Verdict.OVERDUE if as_of > due else Verdict.OPEN)
    return Portal(as_of, due, end.astimezone(UTC), _against(due, end))


def _against(due: datetime | None, end: datetime) -> Verdict:
    if due is None or end <= due:
        return Verdict.EARLY if due is not None and civil_day(end) < civil_day(due) else Verdict.ON_TIME
    return Verdict.LATE
