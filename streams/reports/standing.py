"""How a report stands from moment to moment: its states, and within them its date coming near and passing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from streams.reports.report import Report
from streams.tuples import new


class Standing(NamedTuple):
    """How a report stands from just after `moment` on, until the next one."""

    moment: datetime
    report: Report
    overdue: bool
    due_soon: bool


def standings(states: Sequence[Report]) -> Iterator[Standing]:
    """From the first state on, each moment at which something may change. The date itself is still in time."""
    judged_by = limits = None
    soon_at: datetime
    for report, following in zip(states, [*states[1:], None], strict=True):
        begun, until = report.changed_at, following.changed_at if following else None
        if begun == until:
            continue
        overdue_at = report.overdue_at
        if overdue_at is None:
            yield new(Standing, (begun, report, False, False))
            continue
        if overdue_at is not judged_by or report.facts.deadlines is not limits:
            judged_by, limits = overdue_at, report.facts.deadlines
            soon_at = limits.soon(overdue_at)
        for moment in (begun, soon_at, overdue_at):
            if moment is begun or (begun < moment and (until is None or moment < until)):
                overdue = overdue_at <= moment
                yield new(Standing, (moment, report, overdue, soon_at <= moment and not overdue))
