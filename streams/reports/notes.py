"""Flags of single steps: what is unusual, wrong or too late in them. Each is applied all the same, and shown."""

from collections.abc import Iterator

from streams.reports.edges import usual
from streams.reports.life_cycle import ReportState, known
from streams.reports.report import Report
from streams.reports.step import Step

RATINGS = range(1, 6)


def notes(report: Report, step: Step) -> Iterator[str]:
    """The names of what is to be flagged about a step from `report` on."""
    if not usual(step.before, step.after):
        yield "unusual_edge"
    if step.kind == "status_changed" and not known(step.body.status):
        yield "unknown_status"
    if step.kind == "rated" and step.body.rating not in RATINGS:
        yield "rating_out_of_range"
    if step.resolves and report.verdict is None and step.happened_at < report.received_at:
        yield "resolved_before_received"
    yield from _late(report, step)


def _late(report: Report, step: Step) -> Iterator[str]:
    """Limits of DOMAIN §1.1 that come before and after the resolution; the resolution itself has a verdict."""
    limits, received_at = report.deadlines, report.received_at
    if step.dispatches and report.dispatched_at is None and step.at > limits.dispatched_by(received_at):
        yield "dispatched_late"
    if step.kind == "rejected" and report.open and step.at > limits.rejected_by(received_at):
        yield "rejected_late"
    if step.kind == "info_requested" and not report.waits and step.at > limits.asked_by(received_at):
        yield "asked_late"
    published = step.after is ReportState.PUBLISHED and step.before is not ReportState.PUBLISHED
    if published and report.verdict is not None and step.at > limits.published_by(report.verdict.resolved_at):
        yield "published_late"
