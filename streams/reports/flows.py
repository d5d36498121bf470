"""What one report adds to the `reports.*` measures, each at its moment.

Most measures are of the cohort of the day of receipt. A report counts in few of them: what is on time is what remains
when the late, the undone and the contradictory are taken away from the received.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from streams.days import civil_day
from streams.flows import Flow, steps
from streams.indicators.histogram import measure
from streams.reports.clock import running_time
from streams.reports.life_cycle import NOT_OURS, ReportState
from streams.reports.report import Report
from streams.reports.standing import Standing, standings


def flows(states: Sequence[Report]) -> list[Flow]:
    """All that a report counts for. A later event changes the past only back to its own moment, so a closed period
    keeps its figures; a date still to come counts on its own day, and no longer once the work has ended before."""
    cohort = civil_day(states[-1].received_at)
    stands = list(standings(states))
    return [
        *steps(((s.moment, [(m, s.report.facts.place) for m in _in_cohort(s)]) for s in stands), cohort),
        *steps(((s.moment, [(m, s.report.facts.place) for m in _in_stock(s)]) for s in stands), None),
        *_once(states, cohort),
    ]


_SATISFACTION = {
    1: "reports.dissatisfied",
    2: "reports.dissatisfied",
    3: "reports.neutral",
    4: "reports.satisfied",
    5: "reports.satisfied",
}
"""DOMAIN §2: 1–2 dissatisfied, 3 neutral, 4–5 satisfied."""


def _in_cohort(stands: Standing) -> Iterator[str]:
    """The measures of the day of receipt that a report counts in."""
    report = stands.report
    yield "reports.received"
    if report.facts.priority == "urgent":
        yield "reports.urgent"
    if report.rating is not None:
        yield _SATISFACTION[report.rating]
    if report.work in NOT_OURS:
        yield f"reports.{report.work}"
        return
    settled_late = report.resolved and report.verdict is not None and report.verdict.late
    late = not report.contradictory and (stands.overdue or settled_late)
    if report.resolved:
        yield "reports.resolved"
    yield from _judged(report, late=late)
    if report.recomplained:
        yield "reports.reopened"
        if not report.resolved:
            yield "reports.resolved_before"
    if late or report.reopenings or (report.rating or 5) <= 2:
        yield "reports.deducted"


def _judged(report: Report, *, late: bool) -> Iterator[str]:
    """Why a report is not on time."""
    reason = "contradictory" if report.contradictory else "late" if late else None
    if reason is not None:
        yield f"reports.{reason}"
        if report.resolved:
            yield f"reports.resolved_{reason}"
    elif report.work is ReportState.UNABLE:
        yield "reports.unable"


def _in_stock(stands: Standing) -> Iterator[str]:
    """The levels that it counts in while somebody has to do something."""
    if stands.report.open:
        yield "reports.open"
        if stands.overdue:
            yield "reports.overdue"
        elif stands.due_soon:
            yield "reports.due_soon"


def _once(states: Sequence[Report], cohort: date) -> Iterator[Flow]:
    """What happens at a moment and is never taken back: hand-backs, the ends of the agencies' clocks, and how long the
    citizen waited for the first response, dispatch and resolution."""
    before = replace(states[0], hand_backs=0, responded_at=None, dispatched_at=None, verdict=None)
    for now in states:
        if now.hand_backs > before.hand_backs:
            yield Flow(now.changed_at, "reports.handed_back", before.facts.place, 1)
        if now.resolved and before.open and now.agency_due_at is not None:
            yield Flow(now.changed_at, "reports.agency_resolved", now.facts.place, 1)
            if now.changed_at > now.agency_due_at:
                yield Flow(now.changed_at, "reports.agency_late", now.facts.place, 1)
        for histogram in _reached(before, now):
            waited = running_time(now.received_at, now.changed_at, now.waits)
            yield Flow(now.changed_at, measure(histogram, waited.total_seconds()), now.facts.place, 1, cohort)
        before = now


def _reached(before: Report, now: Report) -> Iterator[str]:
    """The histograms of what has happened for the first time."""
    if before.responded_at is None and now.responded_at is not None:
        yield "reports.first_response"
    if before.dispatched_at is None and now.dispatched_at is not None:
        yield "reports.dispatch"
    if before.verdict is None and now.verdict is not None:
        yield "reports.resolution"
