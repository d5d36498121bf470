"""What lists and maps of reports show besides the state: kept beside it, without any text a citizen wrote."""

from datetime import datetime

from streams.flows import UNASSIGNED
from streams.reports.report import Report

Detail = dict[str, str | float | int]
"""Plain values by name; moments as RFC 3339. What is not known is not there."""


def detail(report: Report) -> Detail:
    """Where and how urgent a report is, its dates, and how often it was handed back or reopened."""
    moments: dict[str, datetime | None] = {
        "citizen_due_at": report.due_at,
        "agency_due_at": report.agency_due_at,
        "responded_at": report.responded_at,
        "dispatched_at": report.dispatched_at,
        "resolved_at": report.verdict and report.verdict.resolved_at,
        "waiting_since": report.waiting_since,
    }
    values: dict[str, str | float | int | None] = {
        "priority": report.facts.priority,
        "lat": report.facts.lat,
        "lon": report.facts.lon,
        "area": None if report.facts.area == UNASSIGNED else report.facts.area,
        "channel": None if report.facts.channel == UNASSIGNED else report.facts.channel,
        "due_by": "upstream" if report.citizen.named else "nhip",
        "late": report.verdict and int(report.verdict.late),
        "hand_backs": report.hand_backs or None,
        "reopenings": report.reopenings or None,
        "rating": report.rating,
        "duplicate_of": report.facts.duplicate_of,
    }
    values |= {name: moment.isoformat() for name, moment in moments.items() if moment is not None}
    return {name: value for name, value in values.items() if value is not None}
