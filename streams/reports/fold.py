"""Folding the events of one field report into its states, one after each event."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC

from streams.catalogue import Catalogue
from streams.contracts import REPORTS
from streams.flows import UNASSIGNED
from streams.occurrences import Occurrence, in_order
from streams.reports import clocks, facts
from streams.reports.clock import Clock, Wait
from streams.reports.deadlines import Deadlines
from streams.reports.facts import Facts
from streams.reports.notes import RATINGS, notes
from streams.reports.report import Report, Verdict
from streams.reports.step import SUBMITTED, step


def history(events: Iterable[Occurrence], catalogue: Catalogue) -> list[Report]:
    """The report as it stood after each of its events, in their total order."""
    ordered = in_order(REPORTS, events)
    return list(_walk(_beginning(ordered, catalogue), ordered, catalogue))


def _beginning(ordered: Sequence[Occurrence], catalogue: Catalogue) -> Report:
    first = next((event for event in ordered if event.type == SUBMITTED), ordered[0])
    received_at, category = first.time.astimezone(UTC), UNASSIGNED
    if ordered[0].type == SUBMITTED:  # as nearly always: no date is reckoned that never holds
        category = first.data.category
    clock, deadlines = Clock(received_at), Deadlines.of(catalogue, category, received_at)
    return Report(received_at, received_at, Facts(deadlines, category=category), clock, clock.due_at(deadlines))


def _walk(report: Report, ordered: Iterable[Occurrence], catalogue: Catalogue) -> Iterator[Report]:
    """A step counts when it happened, but not before the report was received."""
    received_at = report.received_at
    for event in ordered:
        body, at = event.data, max(event.time.astimezone(UTC), received_at)
        named = body.due_at and body.due_at.astimezone(UTC)
        taken = step(event.type, report.work, report.resumes, body.status)
        told = facts.after(report.facts, body, received_at, catalogue)
        since = report.waiting_since
        wait = Wait(since, at) if since and not taken.waits else None
        citizen, due_at = clocks.citizen(report, taken, told.deadlines, named, wait)
        agency, agency_due_at = clocks.agency(report, taken, told.deadlines, at, named, wait)
        found = tuple(notes(report, taken, event, at))
        report = Report(  # by position: this runs for every event there is
            received_at,
            at,
            told,
            citizen,
            due_at,
            agency,
            agency_due_at,
            taken.after,
            report.resumes if taken.waits else taken.after,
            taken.hides or (report.hidden and not taken.shows),
            (since or at) if taken.waits else None,
            (*report.waits, wait) if wait else report.waits,
            report.responded_at or (at if taken.answers else None),
            report.dispatched_at or (at if taken.dispatches else None),
            report.verdict or (Verdict(at, due_at) if taken.resolves else None),
            None if taken.opens else (report.ended_at or at),
            report.hand_backs + taken.hands_back,
            report.reopenings + taken.reopens,
            report.verdict is not None if taken.reopens else report.recomplained,
            report.extensions + (taken.kind == "extended"),
            body.rating if taken.kind == "rated" and body.rating in RATINGS else report.rating,
            report.anonymised or taken.kind == "anonymised",
            report.notes.union(found) if found else report.notes,
        )
        yield report
