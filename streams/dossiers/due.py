"""When a dossier is due: upstream's date, else ours, and what waits and apologies do to it (DOMAIN §1.2)."""

from collections.abc import Sequence, Set
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from streams.days import civil_day, day_end, ends_a_day
from streams.dossiers.life_cycle import APOLOGY, WAITING_FOR_CITIZEN, WAITS
from streams.dossiers.rules import Rules
from streams.occurrences import Occurrence


class Cause(StrEnum):
    """Why a due date is what it is. All but upstream's and an apology's are of our own making: tự tính."""

    UPSTREAM = "upstream"
    APOLOGY = "apology"
    COMPUTED = "computed"
    WAIT = "wait"
    RESTART = "restart"
    FEE = "fee"


class Due(Struct, frozen=True, gc=False):
    """The due dates of a dossier after one event, in UTC.

    `at` is the verdict's, which an apology never moves; from `soon_at` on it is near. `at_766` is the one of the QĐ 766
    clock, which subtracts status 5 alone; `told_at` what the citizen was told last; `named` upstream's last own date.
    `paused_by` is the status in which the clock stands still, 0 while it runs; `moved` says that upstream has moved the
    date for this wait already. `waited` sums the seconds of the waits for the citizen that are over.
    """

    at: datetime | None = None
    soon_at: datetime | None = None
    at_766: datetime | None = None
    told_at: datetime | None = None
    cause: Cause | None = None
    named: datetime | None = None
    paused_by: int = 0
    paused_since: datetime | None = None
    moved: bool = False
    waited: int = 0


class Dates(NamedTuple):
    """The first due date with its cause, and the days that apologies announced."""

    first: datetime | None
    cause: Cause | None
    announced: Set[date]


def dates(ordered: Sequence[Occurrence], received: datetime | None, rules: Rules) -> Dates:
    """The first due date that upstream names holds from the beginning: a dossier has had one since its receipt.

    Where upstream names none, ours does: receipt and the procedure's working time. Where that is not known either, the
    earliest that an apology announces.
    """
    named = [event for event in ordered if event.data.due_at is not None]
    announced = [event.data.due_at for event in named if event.type == APOLOGY]
    upstream = next((event.data.due_at for event in named if event.type != APOLOGY), None)
    if upstream is not None and not announced:  # as most are
        return Dates(upstream.astimezone(UTC), Cause.UPSTREAM, frozenset())
    computed = rules.deadline(received) if received is not None else None
    if not named:
        return Dates(computed, Cause.COMPUTED if computed else None, frozenset())
    days = {civil_day(due_at) for due_at in announced}
    candidates = [(due_at, Cause.APOLOGY) for due_at in announced]
    if upstream is not None:
        candidates.append((upstream, Cause.UPSTREAM))
    if computed is not None and (upstream is None or civil_day(upstream) in days):
        candidates = [(computed, Cause.COMPUTED)]
    first, cause = min(candidates)
    return Dates(first.astimezone(UTC), cause, days)


def beginning(first: Dates, rules: Rules) -> Due:
    """The due dates before any event."""
    at = first.first
    return Due(at, rules.soon_before(at) if at else None, at, at, first.cause)


def after(
    due: Due, event: Occurrence, time: datetime, status: int, ended_at: datetime | None, first: Dates, rules: Rules
) -> Due:
    """The due dates after one event, of the UTC time `time`, that leads to a status.

    A wait moves the date once: by upstream's new date when it sends one, from the request to the answer, else by ours.
    """
    told: datetime | None = event.data.due_at
    pausing = status if status in WAITS and rules.pauses(status) else 0
    if told is None and pausing == due.paused_by:
        return due
    named = told.astimezone(UTC) if told is not None else None
    ended = time if ended_at is None else min(time, ended_at)
    waited = pausing != due.paused_by and due.paused_since is not None
    resumed = _resumed(due, ended, rules, moves=True) if waited else due
    own = named if named is not None and _is_own(due, event.type, named, resumed.at, first) else None
    changed = own is not None and own != due.at
    now = _resumed(due, ended, rules, moves=False) if waited and changed else resumed
    if pausing != due.paused_by:
        now = replace(now, paused_by=pausing, paused_since=time if pausing else None, moved=changed)
    if own is not None:
        now = replace(now, at=own, at_766=own, cause=Cause.UPSTREAM, named=own, moved=now.moved or changed)
    if now.at is not None and now.at != due.at:
        now = replace(now, soon_at=rules.soon_before(now.at))
    return now if named is None else replace(now, told_at=named)


def _is_own(due: Due, event_type: str, named: datetime, otherwise: datetime | None, first: Dates) -> bool:
    """Whether upstream names a date of its own: not an apology's, whoever repeats its day and in whatever order, where
    that is later than the date that holds `otherwise`; and not again the one that a wait has moved."""
    if event_type == APOLOGY:
        return False
    if first.announced and otherwise is not None and named > otherwise and civil_day(named) in first.announced:
        return False
    return due.named is None or due.at == due.named or civil_day(named) != civil_day(due.named)


def _resumed(due: Due, end: datetime, rules: Rules, *, moves: bool) -> Due:
    """The clock runs again after a wait, which moves the dates that it began before unless upstream has done so.

    Working time that begins anew gives no less than the wait alone: upstream's date may be later than the procedure's.
    """
    since = due.paused_since
    if since is None or end <= since:
        return due
    by_citizen = due.paused_by == WAITING_FOR_CITIZEN
    if by_citizen:
        due = replace(due, waited=due.waited + int((end - since).total_seconds()))
    if not moves or due.moved or due.at is None or due.at_766 is None:
        return due
    wait = rules.working_time.between(since, end)
    at, at_766, cause = due.at, due.at_766, due.cause
    if since <= at:
        at, cause = _extended(at, wait, rules), Cause.WAIT if by_citizen else Cause.FEE
        anew = rules.deadline(end) if by_citizen and rules.restarts else None
        if anew is not None and anew > at:
            at, cause = anew, Cause.RESTART
    if by_citizen and since <= at_766:
        at_766 = at if at_766 == due.at and cause is Cause.WAIT else _extended(at_766, wait, rules)
    return replace(due, at=at, at_766=at_766, cause=cause)


def _extended(due_at: datetime, seconds: int, rules: Rules) -> datetime:
    """A due date moved by working time; the end of a day stays the end of a day (a date without a time)."""
    later = rules.working_time.after(due_at, seconds)
    return day_end(civil_day(later)).astimezone(UTC) if ends_a_day(due_at) else later
