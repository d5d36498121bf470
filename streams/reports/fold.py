"""Folding the events of one field report into its state and its flows."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from streams.contracts import REPORTS
from streams.days import civil_day
from streams.flows import UNASSIGNED, Flow, Presence, steps
from streams.occurrences import Occurrence, in_order
from streams.reports.life_cycle import NOT_OURS, RESOLVED, ReportState, after

SUBMITTED = "vn.nhip.report.submitted"


class Report(NamedTuple):
    """Where a report stands. `received_at` is its submission, or its first known event until that one arrives."""

    state: ReportState
    received_at: datetime
    changed_at: datetime
    agency: str = UNASSIGNED
    category: str = UNASSIGNED
    area: str = UNASSIGNED
    channel: str = UNASSIGNED
    resumes: ReportState = ReportState.NEW


def history(events: Iterable[Occurrence]) -> list[Report]:
    """The report as it stood after each of its events, in their total order."""
    ordered = in_order(REPORTS, events)
    received_at = next((event.time for event in ordered if event.type == SUBMITTED), ordered[0].time)
    received_at = received_at.astimezone(UTC)
    start = Report(ReportState.NEW, received_at, received_at)
    return list(_walk(start, ordered))


def _walk(report: Report, ordered: Iterable[Occurrence]) -> Iterator[Report]:
    for event in ordered:
        body = event.data
        state = after(report.state, report.resumes, event.type, body.status)
        report = Report(
            state=state,
            received_at=report.received_at,
            changed_at=max(event.time.astimezone(UTC), report.received_at),
            agency=body.agency or report.agency,
            category=body.category or report.category,
            area=body.area or report.area,
            channel=body.channel or report.channel,
            resumes=state if state is not ReportState.WAITING_INFO else report.resumes,
        )
        yield report


def flows(states: list[Report]) -> list[Flow]:
    """What the report adds to `reports.*` measures: it counts in the cohort of its day of receipt, from then on as each
    of its states says, at the place that it has at that moment."""
    return steps(map(_counted_in, states), civil_day(states[-1].received_at))


def _counted_in(report: Report) -> Presence:
    measures = ["reports.received"]
    if report.state not in NOT_OURS:
        measures.append("reports.authority")
    if report.state in RESOLVED:
        measures.append("reports.resolved")
    place = report.agency, report.category, report.area, report.channel
    return report.changed_at, [(measure, place) for measure in measures]
