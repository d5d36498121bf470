"""A report's history as people read it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from streams.catalogue import Catalogue
from streams.occurrences import Occurrence
from streams.reports.clock import Clock, running_time
from streams.reports.fold import history
from streams.reports.report import Report
from streams.reports.standing import standings

Rows = Iterator[dict[str, Any]]


def story(events: Iterable[Occurrence], catalogue: Catalogue, moment: datetime) -> dict[str, Any]:
    """Everything that is made of a report's events, as it stands at a moment: its flags and verdict, each clock with
    its date and whose that is, each wait for the citizen, and every state from when to when."""
    states = history(events, catalogue)
    last = states[-1]
    return {
        "state": last.state,
        "received_at": last.received_at,
        "responded_at": last.responded_at,
        "dispatched_at": last.dispatched_at,
        "resolved_at": last.verdict and last.verdict.resolved_at,
        "verdict": last.verdict and ("late" if last.verdict.late else "on time"),
        "flags": list(last.flags),
        "hand_backs": last.hand_backs,
        "reopenings": last.reopenings,
        "extensions": last.extensions,
        "rating": last.rating,
        "duplicate_of": last.facts.duplicate_of,
        "anonymised": last.anonymised,
        "clocks": [_citizens(last, moment), *_agencies(states, moment)],
        "waits": [{"from": wait.begun, "until": wait.ended} for wait in last.waits]
        + [{"from": last.waiting_since, "until": None}] * (last.waiting_since is not None),
        "states": list(_intervals(states, moment)),
    }


def _citizens(last: Report, moment: datetime) -> dict[str, Any]:
    stopped_at = last.verdict.resolved_at if last.verdict else last.ended_at
    return _clock("citizen", None, last, last.citizen, last.due_at, stopped_at, moment)


def _agencies(states: Sequence[Report], moment: datetime) -> Rows:
    """Each of the agencies' clocks, from its dispatch or reopening to the next one, or to the end of the work."""
    for report, following in zip_longest(states, states[1:]):
        clock, next_clock = report.agency_clock, following.agency_clock if following else None
        if clock is None or report.agency_due_at is None:
            continue
        if next_clock is None or next_clock.started_at != clock.started_at:
            stopped_at = next_clock.started_at if next_clock else report.ended_at
            yield _clock("agency", report.facts.agency, report, clock, report.agency_due_at, stopped_at, moment)


def _clock(
    whose: str,
    agency: str | None,
    report: Report,
    clock: Clock,
    due_at: datetime,
    stopped_at: datetime | None,
    moment: datetime,
) -> dict[str, Any]:
    until = stopped_at or report.waiting_since or max(moment, clock.started_at)
    return {
        "clock": whose,
        "agency": agency,
        "started_at": clock.started_at,
        "stopped_at": stopped_at,
        "ran_s": int(running_time(clock.started_at, until, report.waits).total_seconds()),
        "due_at": due_at,
        "due_by": "upstream" if clock.named else "tự tính",
        "late": until > due_at,
    }


def _intervals(states: Sequence[Report], moment: datetime) -> Rows:
    """Each standing that has begun at the moment, with the time from which it held and that at which the next did."""
    begun = [standing for standing in standings(states) if standing.moment <= moment]
    for standing, following in zip_longest(begun, begun[1:]):
        report = standing.report
        yield {
            "from": standing.moment,
            "until": following.moment if following else None,
            "state": report.state,
            "overdue": standing.overdue,
            "due_soon": standing.due_soon,
            "agency": report.facts.agency,
            "category": report.facts.category,
            "area": report.facts.area,
            "due_at": report.due_at,
            "agency_due_at": report.agency_due_at,
        }
