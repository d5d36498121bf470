"""Folding the events of one field report into its states, one after each event."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from streams.catalogue import Catalogue
from streams.contracts import REPORTS
from streams.flows import UNASSIGNED
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
    deadlines = Deadlines.of(catalogue, UNASSIGNED, received_at)
    return Report(received_at, received_at, deadlines, clock, clock.due_at(deadlines))


def _walk(report: Report, ordered: Iterable[Occurrence], catalogue: Catalogue) -> Iterator[Report]:
    for event in ordered:
        work = after(report.work, report.resumes, kind_of(event), event.data.status)
        report = _next(report, Step.of(event, report.received_at, report.work, work), catalogue)
        yield report


def _next(report: Report, step: Step, catalogue: Catalogue) -> Report:
    told = _told(report, step.body, catalogue)
    deadlines = told.get("deadlines", report.deadlines)
    found = report.notes.union(notes(report, step))
    return replace(
        report, changed_at=step.at, notes=found, **told, **_tallied(report, step), **_timed(report, step, deadlines)
    )


Changes = dict[str, Any]

_PLACE = ("agency", "category", "area", "channel")


def _told(report: Report, body: Any, catalogue: Catalogue) -> Changes:
    """What an event tells about the report: where, what, how urgent."""
    told = {name: value for name in _TOLD if (value := getattr(body, name)) is not None}
    if not told.keys().isdisjoint(_PLACE):
        told["place"] = place(catalogue, *(told.get(name) or getattr(report, name) for name in _PLACE))
    if "category" in told:
        told["deadlines"] = Deadlines.of(catalogue, told["category"], report.received_at)
    return told


_TOLD = (*_PLACE, "priority", "lat", "lon", "duplicate_of")


def _hidden(report: Report, step: Step) -> bool:
    """Hidden from the public until the next event that says where the report stands."""
    if step.kind == "status_changed" and known(step.body.status):
        return bool(step.body.status == ReportState.HIDDEN)
    return report.hidden and step.kind not in AFTER


def _tallied(report: Report, step: Step) -> Changes:
    """What happens only once, and how often the rest has happened."""
    changes: Changes = {"hidden": _hidden(report, step)}
    if report.responded_at is None and step.answers:
        changes["responded_at"] = step.at
    if report.dispatched_at is None and step.dispatches:
        changes["dispatched_at"] = step.at
    if step.hands_back:
        changes["hand_backs"] = report.hand_backs + 1
    if step.reopens:
        changes |= {"reopenings": report.reopenings + 1, "recomplained": report.verdict is not None}
    match step.kind:
        case "extended":
            changes["extensions"] = report.extensions + 1
        case "rated" if step.body.rating in RATINGS:
            changes["rating"] = step.body.rating
        case "anonymised":
            changes["anonymised"] = True
    return changes


def _timed(report: Report, step: Step, deadlines: Deadlines) -> Changes:
    """Where the work stands, and what the step does to clocks, dates and the verdict."""
    waiting, wait = step.after is ReportState.WAITING_INFO, clocks.ended(report, step)
    changes: Changes = {
        "work": step.after,
        "resumes": report.resumes if waiting else step.after,
        "waiting_since": (report.waiting_since or step.at) if waiting else None,
        "ended_at": None if step.after in OPEN else (report.ended_at or step.at),
    }
    if wait is not None:
        changes["waits"] = (*report.waits, wait)
    due_at = report.due_at
    citizen, agency = clocks.citizen(report, step), clocks.agency(report, step)
    if report.verdict is None and (citizen is not report.citizen or deadlines is not report.deadlines):
        due_at = citizen.due_at(deadlines)
        changes |= {"citizen": citizen, "due_at": due_at}
    if agency is not None and (agency is not report.agency_clock or deadlines is not report.deadlines):
        changes |= {"agency_clock": agency, "agency_due_at": agency.due_at(deadlines)}
    if report.verdict is None and step.resolves:
        changes["verdict"] = Verdict(step.at, due_at)
    return changes
