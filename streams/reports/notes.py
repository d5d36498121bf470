"""Flags of single steps: what is unusual, wrong or too late in them. Each is applied all the same, and shown."""

from collections.abc import Iterator
from datetime import datetime

from streams.occurrences import Occurrence
from streams.reports.report import Report
from streams.reports.step import Step

RATINGS = range(1, 6)


def notes(report: Report, step: Step, event: Occurrence, at: datetime) -> Iterator[str]:
    """The names of what is to be flagged about a step from `report` on, by an event that counts at a moment: what is
    unusual, and the limits of DOMAIN §1.1 that come before and after the resolution, which itself has a verdict."""
    limits, received_at = report.facts.deadlines, report.received_at
    if not step.usual:
        yield "unusual_edge"
    if step.unknown_status:
        yield "unknown_status"
    if step.kind == "rated" and event.data.rating not in RATINGS:
        yield "rating_out_of_range"
    if step.resolves and report.verdict is None and event.time < received_at:
        yield "resolved_before_received"
    if step.dispatches and report.dispatched_at is None and at > limits.dispatched_by(received_at):
        yield "dispatched_late"
    if step.kind == "rejected" and report.open and at > limits.rejected_by(received_at):
        yield "rejected_late"
    if step.kind == "info_requested" and not report.waits and at > limits.asked_by(received_at):
        yield "asked_late"
    if step.publishes and report.verdict is not None and at > limits.published_by(report.verdict.resolved_at):
        yield "published_late"
