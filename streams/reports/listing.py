"""What lists and maps of reports show besides the state: kept beside it, without any text a citizen wrote."""

from datetime import datetime

from streams.flows import UNASSIGNED
from streams.reports.report import Report

Detail = dict[str, str | float | int]
"""Plain values by name; moments as RFC 3339. What is not known is not there."""


def detail(report: Report) -> Detail:
    """Where and how urgent a report is, its dates, and how often it was handed back or reopened."""
    facts, verdict = report.facts, report.verdict
    values: dict[str, str | float | int | datetime | None] = {
        "priority": facts.priority,
        "lat": facts.lat,
        "lon": facts.lon,
        "area": None if facts.area == UNASSIGNED else facts.area,
        "channel": None if facts.channel == UNASSIGNED else facts.channel,
        "due_by": "upstream" if report.citizen.named else "nhip",
        "late": verdict and int(verdict.late),
        "hand_backs": report.hand_backs or None,
        "reopenings": report.reopenings or None,
        "rating": report.rating,
        "duplicate_of": facts.duplicate_of,
        "citizen_due_at": report.due_at,
        "agency_due_at": report.agency_due_at,
        "responded_at": report.responded_at,
        "dispatched_at": report.dispatched_at,
        "resolved_at": verdict and verdict.resolved_at,
        "waiting_since": report.waiting_since,
    }
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
        if value is not None
    }
