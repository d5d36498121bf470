"""How a report stands from moment to moment: its states, and within them its date coming near and passing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

from streams.reports.report import Report


class Standing(NamedTuple):
    """How a report stands from just after `moment` on, until the next one."""

    moment: datetime
    report: Report
    overdue: bool
    due_soon: bool


def standings(states: Sequence[Report]) -> Iterator[Standing]:
    """From the first state on, each moment at which something may change. The date itself is still in time."""
    for report, following in zip_longest(states, states[1:]):
        begun, until = report.changed_at, following.changed_at if following else None
        if begun == until:
            continue
        overdue_at = report.overdue_at
        soon_at = overdue_at and report.facts.deadlines.soon(overdue_at)
        for moment in (begun, soon_at, overdue_at):
            if moment is not None and (moment is begun or begun < moment) and (until is None or moment < until):
                overdue = overdue_at is not None and overdue_at <= moment
                yield Standing(moment, report, overdue, not overdue and soon_at is not None and soon_at <= moment)
