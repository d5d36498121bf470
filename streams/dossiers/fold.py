"""Folding the events of one dossier into its states.

Issue 3 folds what six indicators need: receipt, due dates as upstream sends them, waits, the end. Working-time due
dates of our own, the policies of waits and the QĐ 766 forms come with the catalogue.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from streams.contracts import DOSSIERS
from streams.dossiers.life_cycle import APOLOGY, ENDED, Status, after
from streams.flows import UNASSIGNED
from streams.occurrences import Occurrence, in_order

OFFERED_ONLINE = 3
"""Levels 3 and 4, now một phần and toàn trình (Decree 42/2022/NĐ-CP)."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Where a dossier stands after one event. `due_at` is the verdict's date, which an apology never moves."""

    changed_at: datetime
    status: int = Status.REGISTERED
    received_at: datetime | None = None
    due_at: datetime | None = None
    apologised_due_at: datetime | None = None
    ended_at: datetime | None = None
    agency: str = UNASSIGNED
    field: str = UNASSIGNED
    procedure: str = UNASSIGNED
    channel: str | None = None
    online_level: int | None = None


def history(events: Iterable[Occurrence]) -> list[Dossier]:
    """The dossier as it stood after each of its events, in their total order."""
    ordered = in_order(DOSSIERS, events)
    return list(_walk(Dossier(ordered[0].time), ordered))


def _walk(dossier: Dossier, ordered: Iterable[Occurrence]) -> Iterator[Dossier]:
    for event in ordered:
        body = event.data
        status = after(dossier.status, event.type, body.status)
        dossier = replace(
            dossier,
            changed_at=event.time,
            status=status,
            received_at=body.received_at or dossier.received_at,
            due_at=_due(dossier, event),
            apologised_due_at=body.due_at if event.type == APOLOGY else dossier.apologised_due_at,
            ended_at=_end(dossier, status, event),
            agency=body.agency or dossier.agency,
            field=body.field or dossier.field,
            procedure=body.procedure or dossier.procedure,
            channel=body.channel or dossier.channel,
            online_level=body.online_level or dossier.online_level,
        )
        yield dossier


def _due(dossier: Dossier, event: Occurrence) -> datetime | None:
    """Upstream's due date wins, unless it only repeats what an apology announced."""
    named: datetime | None = event.data.due_at
    if named is None or event.type == APOLOGY or named == dossier.apologised_due_at:
        return dossier.due_at
    return named


def _end(dossier: Dossier, status: int, event: Occurrence) -> datetime | None:
    """End = time of 9, else 10, else 3, 7 or 8 (DOMAIN §1.2); none while the work goes on."""
    if status not in ENDED:
        return None
    named: datetime | None = event.data.finished_at
    if status == Status.RETURNED:
        named = named or (None if dossier.ended_at else event.data.returned_at)
    if named is not None:
        return named
    if dossier.ended_at is not None and (status == dossier.status or status == Status.RETURNED):
        return dossier.ended_at
    return event.time


def flags(dossier: Dossier) -> tuple[str, ...]:
    """What is wrong with the dossier's own dates: it is kept, shown with the reason, and left out of indicators."""
    received, due, end = dossier.received_at, dossier.due_at, dossier.ended_at
    found = []
    if received and end and end < received:
        found.append("finished_before_received")
    if received and due and due < received:
        found.append("due_before_received")
    return tuple(found)
