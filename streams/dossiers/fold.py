"""Folding the events of one dossier into its states.

Issue 3 folds what six indicators need: receipt, due dates as upstream sends them, waits, the end. Working-time due
dates of our own, the policies of waits and the QĐ 766 forms come with the catalogue.
"""

from collections.abc import Iterable, Iterator, Set
from datetime import UTC, date, datetime
from typing import NamedTuple

from streams.contracts import DOSSIERS
from streams.days import civil_day
from streams.dossiers.life_cycle import APOLOGY, FINALITY, Status, after
from streams.flows import UNASSIGNED
from streams.occurrences import Occurrence, in_order

OFFERED_ONLINE = 3
"""Levels 3 and 4, now một phần and toàn trình (Decree 42/2022/NĐ-CP)."""


class Dossier(NamedTuple):
    """Where a dossier stands after one event. Moments are in UTC: comparing those costs a tenth of comparing others.

    `due_at` is the verdict's date, which an apology never moves; `ended_as` the status whose time `ended_at` is.
    """

    changed_at: datetime
    status: int = Status.REGISTERED
    received_at: datetime | None = None
    due_at: datetime | None = None
    waiting_since: datetime | None = None
    ended_at: datetime | None = None
    ended_as: int | None = None
    agency: str = UNASSIGNED
    field: str = UNASSIGNED
    procedure: str = UNASSIGNED
    channel: str | None = None
    online_level: int | None = None


def history(events: Iterable[Occurrence]) -> list[Dossier]:
    """The dossier as it stood after each of its events, in their total order.

    The first due date that upstream names holds from the beginning: a dossier has had one since its receipt. Until it
    is named, the earliest that an apology announces does.
    """
    ordered = in_order(DOSSIERS, events)
    named = [(event.type == APOLOGY, event.data.due_at) for event in ordered if event.data.due_at is not None]
    announced = [due_at for apology, due_at in named if apology]
    first = min([*announced, *[due_at for apology, due_at in named if not apology][:1]], default=None)
    start = Dossier(ordered[0].time, due_at=first and first.astimezone(UTC))
    return list(_walk(start, ordered, {civil_day(due_at) for due_at in announced}))


def _walk(dossier: Dossier, ordered: Iterable[Occurrence], announced: Set[date]) -> Iterator[Dossier]:
    for event in ordered:
        body, time = event.data, event.time.astimezone(UTC)
        status = after(dossier.status, event.type, body.status)
        ended_at, ended_as = _end(dossier, status, event)
        dossier = Dossier(
            changed_at=time,
            status=status,
            received_at=body.received_at.astimezone(UTC) if body.received_at else dossier.received_at,
            due_at=_due(dossier.due_at, body.due_at, announced),
            waiting_since=(dossier.waiting_since or time) if status == Status.WAITING_FOR_CITIZEN else None,
            ended_at=ended_at,
            ended_as=ended_as,
            agency=body.agency or dossier.agency,
            field=body.field or dossier.field,
            procedure=body.procedure or dossier.procedure,
            channel=body.channel or dossier.channel,
            online_level=body.online_level or dossier.online_level,
        )
        yield dossier


def _due(due_at: datetime | None, named: datetime | None, announced: Set[date]) -> datetime | None:
    """Upstream's due date wins, but an apology's never does, whoever repeats its day and in whatever order."""
    if named is None or due_at is None or (announced and named > due_at and civil_day(named) in announced):
        return due_at
    return named.astimezone(UTC)


def _end(dossier: Dossier, status: int, event: Occurrence) -> tuple[datetime | None, int | None]:
    """End = time of 9, else 10, else 3, 7 or 8 (DOMAIN §1.2); none while the work goes on."""
    if status not in FINALITY:
        return None, None
    named: datetime | None = event.data.finished_at
    ended_as = status if named is None else Status.FINISHED
    if named is None and status == Status.RETURNED:
        named = event.data.returned_at
    if dossier.ended_as is not None:
        nearer = FINALITY[ended_as] - FINALITY[dossier.ended_as]
        if nearer > 0 or (nearer == 0 and named is None):
            return dossier.ended_at, dossier.ended_as
    return (named or event.time).astimezone(UTC), ended_as


def flags(dossier: Dossier) -> tuple[str, ...]:
    """What is wrong with the dossier's own dates: it is kept, shown with the reason, and left out of indicators.

    An end on the day of receipt is never wrong: a date without a time begins its day.
    """
    received, due, end = dossier.received_at, dossier.due_at, dossier.ended_at
    found = []
    if received and end and end < received and civil_day(end) < civil_day(received):
        found.append("finished_before_received")
    if received and due and due < received:
        found.append("due_before_received")
    return tuple(found)
