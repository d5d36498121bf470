"""What one step does to the two clocks of a report (DOMAIN §1.1).

Upstream's date wins over ours, and one `due_at` may mean either clock. The citizen's date is what was told first: until
the first dispatch by the latest event that names one, after that only by a wait, so that neither a hand-back nor an
extension makes late work timely. Every date named while an agency has the report is the agency's.
"""

from datetime import datetime

from streams.reports.clock import Clock, Wait
from streams.reports.deadlines import Deadlines
from streams.reports.report import Report
from streams.reports.step import Step

_NEVER_THE_CITIZENS = ("redispatched", "extended", "reopened")


def citizen(
    report: Report, step: Step, deadlines: Deadlines, named: datetime | None, ended: Wait | None
) -> tuple[Clock, datetime]:
    """The citizen's clock and date after a step that may name a date and end a wait; both stay for good with the first
    resolution."""
    if report.verdict is not None:
        return report.citizen, report.due_at
    told = named if named is not None and _names_the_citizens(report, step) else None
    clock = _ticked(report.citizen, step, told, ended)
    if clock is report.citizen and deadlines is report.facts.deadlines:
        return clock, report.due_at
    return clock, clock.due_at(deadlines)


def agency(
    report: Report, step: Step, deadlines: Deadlines, at: datetime, named: datetime | None, ended: Wait | None
) -> tuple[Clock | None, datetime | None]:
    """The agency's clock and date after a step at a moment: new ones from each dispatch and each reopening."""
    clock = report.agency_clock
    if step.dispatches or step.reopens:
        clock = Clock(at).told(named) if named else Clock(at)
    elif clock is not None and report.open:
        clock = _ticked(clock, step, named, ended)
    if clock is None or (clock is report.agency_clock and deadlines is report.facts.deadlines):
        return clock, report.agency_due_at
    return clock, clock.due_at(deadlines)


def _ticked(clock: Clock, step: Step, named: datetime | None, ended: Wait | None) -> Clock:
    """A wait moves the date once: by upstream's new one if it sends one, else by ours."""
    if step.wait_begins:
        clock = clock.waits_from_now()
    if named is not None:
        clock = clock.told(named)
    return clock.waited(ended) if ended else clock


def _names_the_citizens(report: Report, step: Step) -> bool:
    if step.kind in _NEVER_THE_CITIZENS:
        return False
    if report.waiting_since is not None or step.wait_begins or report.citizen.named is None:
        return True
    return report.dispatched_at is None and not step.dispatches
