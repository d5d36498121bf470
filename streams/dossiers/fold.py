"""Folding the events of one dossier into its states."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from streams.catalogue import Catalogue
from streams.contracts import DOSSIERS
from streams.dossiers import due as clock
from streams.dossiers import facts
from streams.dossiers.due import Dates, Due
from streams.dossiers.facts import RATINGS, Facts
from streams.dossiers.life_cycle import (
    AFTER,
    APOLOGY,
    FINALITY,
    FINISHED,
    KNOWN,
    RETURNED,
    USUAL,
    WAITING_FOR_CITIZEN,
    Status,
    after,
)
from streams.dossiers.rules import Rules
from streams.occurrences import Occurrence, in_order


class Dossier(Struct, frozen=True, gc=False):
    """Where a dossier stands after one event. Moments are in UTC: comparing those costs a tenth of comparing others.

    `status` is the last of the ten national ones; `unclear` says that another was named since: the dossier stays where
    it stood, and is not judged. `ended_as` is the status whose time `ended_at` is. `requests` counts the waits for the
    citizen. `marks` are the flags that events have left.
    """

    changed_at: datetime
    status: int = Status.REGISTERED
    unclear: bool = False
    facts: Facts = Facts()
    due: Due = Due()
    ended_at: datetime | None = None
    ended_as: int | None = None
    requests: int = 0
    apologised_at: datetime | None = None
    marks: tuple[str, ...] = ()

    @property
    def due_at(self) -> datetime | None:
        """The date that the verdict is by."""
        return self.due.at


class Beginning(NamedTuple):
    """What is known of a dossier before its first event: its events in order, and what the catalogue says of it."""

    ordered: list[Occurrence]
    dossier: Dossier
    first: Dates
    rules: Rules


def history(events: Iterable[Occurrence], catalogue: Catalogue) -> list[Dossier]:
    """The dossier as it stood after each of its events, in their total order."""
    return list(walk(beginning(events, catalogue)))


def beginning(events: Iterable[Occurrence], catalogue: Catalogue) -> Beginning:
    """Before any event. The procedure is the one named last, as the catalogue has it on the day of receipt: an
    amendment does not reach dossiers received before it."""
    ordered = in_order(DOSSIERS, events)
    received = code = None
    for event in ordered:
        received, code = event.data.received_at or received, event.data.procedure or code
    procedure = catalogue.procedure(code, received or ordered[0].time)
    rules = Rules(catalogue, catalogue.working_time, procedure)
    first = clock.dates(ordered, received, rules)
    ended = procedure is None and catalogue.has_procedure(code)
    start = Dossier(
        ordered[0].time.astimezone(UTC),
        facts=facts.beginning(rules),
        due=clock.beginning(first, rules),
        marks=("procedure_ended",) if ended else (),
    )
    return Beginning(ordered, start, first, rules)


def at(states: Sequence[Dossier], moment: datetime) -> Dossier:
    """The state in force at a moment; what the first event tells holds for the time before it too."""
    return states[max(bisect_right(states, moment, key=_CHANGED_AT) - 1, 0)]


_CHANGED_AT = attrgetter("changed_at")


def walk(begun: Beginning) -> Iterator[Dossier]:
    """The dossier after each of its events."""
    ordered, start, first, rules = begun
    dossier = start
    for event in ordered:
        body, time = event.data, event.time.astimezone(UTC)
        status = after(dossier.status, event.type, body.status)
        ended_at, ended_as = _end(dossier, status, event) if status in FINALITY else (None, None)
        unclear = event.type not in AFTER and (dossier.unclear if body.status is None else body.status not in KNOWN)
        requested = status == WAITING_FOR_CITIZEN and dossier.due.paused_by != status
        told = status != dossier.status or body.rating is not None
        dossier = Dossier(  # by position: this runs for every event there is
            time,
            status,
            unclear,
            facts.after(dossier.facts, body, rules),
            clock.after(dossier.due, event, time, status, ended_at, first, rules),
            ended_at,
            ended_as,
            dossier.requests + requested,
            dossier.apologised_at or (time if event.type == APOLOGY else None),
            _marks(dossier, event, status, start) if told else dossier.marks,
        )
        yield dossier


def _end(dossier: Dossier, status: int, event: Occurrence) -> tuple[datetime | None, int | None]:
    """End = time of 9, else 10, else 3, 7 or 8 (DOMAIN §1.2)."""
    named: datetime | None = event.data.finished_at
    ended_as = status if named is None else FINISHED
    if named is None and status == RETURNED:
        named = event.data.returned_at
    if dossier.ended_as is not None:
        nearer = FINALITY[ended_as] - FINALITY[dossier.ended_as]
        if nearer > 0 or (nearer == 0 and named is None):
            return dossier.ended_at, dossier.ended_as
    return (named or event.time).astimezone(UTC), ended_as


def _marks(dossier: Dossier, event: Occurrence, status: int, start: Dossier) -> tuple[str, ...]:
    """Where a dossier stood before its first known event is not known, so that one takes no edge."""
    marks = dossier.marks
    if dossier is not start and status != dossier.status and (dossier.status, status) not in USUAL:
        marks = _with(marks, "unusual_edge")
    if event.data.rating is not None and event.data.rating not in RATINGS:
        marks = _with(marks, "unknown_rating")
    return marks


def _with(marks: tuple[str, ...], mark: str) -> tuple[str, ...]:
    return marks if mark in marks else (*marks, mark)
