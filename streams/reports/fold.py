"""Folding the events of one field report into its states, one after each event."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from streams.catalogue import Catalogue
from streams.contracts import REPORTS
from streams.occurrences import Occurrence, in_order
from streams.reports import clocks
from streams.reports.clock import Clock
from streams.reports.deadlines import Deadlines
from streams.reports.life_cycle import AFTER, OPEN, ReportState, after, known
from streams.reports.notes import RATINGS, notes
from streams.reports.place import place
from streams.reports.report import Report, Verdict
from streams.reports.step import Step, kind_of


def history(events: Iterable[Occurrence], catalogue: Catalogue) -> list[Report]:
    """The report as it stood after each of its events, in their total order."""
    ordered = in_order(REPORTS, events)
    submitted = (event.time for event in ordered if kind_of(event) == "submitted")
    received_at = next(submitted, ordered[0].time).astimezone(UTC)
    return list(_walk(_beginning(received_at, catalogue), ordered, catalogue))


def _beginning(received_at: datetime, catalogue: Catalogue) -> Report:
    clock = Clock(received_at)
    deadlines = Deadlines.of(catalogue, Report.category, received_at)
    return Report(received_at, received_at, deadlines, clock, clock.due_at(deadlines))


def _walk(report: Report, ordered: Iterable[Occurrence], catalogue: Catalogue) -> Iterator[Report]:
    for event in ordered:
        work = after(report.work, report.resumes, kind_of(event), event.data.status)
        step = Step.of(event, report.received_at, report.work, work)
        report = _timed(_tallied(_described(report, step, catalogue), step), step)
        yield report


def _described(report: Report, step: Step, catalogue: Catalogue) -> Report:
    """What is told about the report: where, what, by whom; and the flags of the step."""
    body = step.body
    agency, category = body.agency or report.agency, body.category or report.category
    area, channel = body.area or report.area, body.channel or report.channel
    same = category == report.category
    return report._replace(
        changed_at=step.at,
        hidden=_hidden(report, step),
        agency=agency,
        category=category,
        area=area,
        channel=channel,
        place=place(catalogue, agency, category, area, channel),
        deadlines=report.deadlines if same else Deadlines.of(catalogue, category, report.received_at),
        priority=body.priority or report.priority,
        lat=report.lat if body.lat is None else body.lat,
        lon=report.lon if body.lon is None else body.lon,
        duplicate_of=body.duplicate_of or report.duplicate_of,
        notes=report.notes.union(notes(report, step)),
    )


def _hidden(report: Report, step: Step) -> bool:
    """Hidden from the public until the next event that says where the report stands."""
    if step.kind == "status_changed" and known(step.body.status):
        return bool(step.body.status == ReportState.HIDDEN)
    return report.hidden and step.kind not in AFTER


def _tallied(report: Report, step: Step) -> Report:
    """What happens only once, and how often the rest has happened."""
    rated = step.kind == "rated" and step.body.rating in RATINGS
    return report._replace(
        responded_at=report.responded_at or (step.at if step.answers else None),
        dispatched_at=report.dispatched_at or (step.at if step.dispatches else None),
        hand_backs=report.hand_backs + step.hands_back,
        reopenings=report.reopenings + step.reopens,
        extensions=report.extensions + (step.kind == "extended"),
        rating=step.body.rating if rated else report.rating,
        anonymised=report.anonymised or step.kind == "anonymised",
    )


def _timed(report: Report, step: Step) -> Report:
    """Where the work stands, and what the step does to clocks, dates and the verdict."""
    citizen, agency = clocks.citizen(report, step), clocks.agency(report, step)
    wait = clocks.ended(report, step)
    due_at = report.due_at if report.verdict else citizen.due_at(report.deadlines)
    waiting = step.after is ReportState.WAITING_INFO
    return report._replace(
        work=step.after,
        resumes=report.resumes if waiting else step.after,
        citizen=citizen,
        due_at=due_at,
        agency_clock=agency,
        agency_due_at=agency and agency.due_at(report.deadlines),
        waiting_since=(report.waiting_since or step.at) if waiting else None,
        waits=(*report.waits, wait) if wait else report.waits,
        ended_at=None if step.after in OPEN else (report.ended_at or step.at),
        verdict=report.verdict or (Verdict(step.at, due_at) if step.resolves else None),
    )
