"""What one step does to the two clocks of a report (DOMAIN §1.1).

Upstream's date wins over ours, and one `due_at` may mean either clock. The citizen's date is what was told first: until
the first dispatch by the latest event that names one, after that only by a wait, so that neither a hand-back nor an
extension makes late work timely. Every date named while an agency has the report is the agency's.
"""

from streams.reports.clock import Clock, Wait
from streams.reports.report import Report
from streams.reports.step import Step

_NEVER_THE_CITIZENS = ("redispatched", "extended", "reopened")


def citizen(report: Report, step: Step) -> Clock:
    """The citizen's clock after a step; it stops for good with the first resolution."""
    if report.verdict is not None:
        return report.citizen
    return _ticked(report.citizen, report, step, told=_names_the_citizens(report, step))


def agency(report: Report, step: Step) -> Clock | None:
    """The agency's clock after a step: a new one from each dispatch and each reopening."""
    if step.dispatches or step.reopens:
        clock = Clock(step.at)
        return clock.told(step.due_at) if step.due_at else clock
    if report.agency_clock is None or not report.open:
        return report.agency_clock
    return _ticked(report.agency_clock, report, step, told=True)


def ended(report: Report, step: Step) -> Wait | None:
    """The wait that a step ends."""
    if not step.wait_ends or report.waiting_since is None:
        return None
    return Wait(report.waiting_since, step.at)


def _ticked(clock: Clock, report: Report, step: Step, *, told: bool) -> Clock:
    """A wait moves the date once: by upstream's new one if it sends one, else by ours."""
    if step.wait_begins:
        clock = clock.waits_from_now()
    if told and step.due_at is not None:
        clock = clock.told(step.due_at)
    wait = ended(report, step)
    return clock.waited(wait) if wait else clock


def _names_the_citizens(report: Report, step: Step) -> bool:
    if step.kind in _NEVER_THE_CITIZENS:
        return False
    if report.waiting_since is not None or step.wait_begins or report.citizen.named is None:
        return True
    return report.dispatched_at is None and not step.dispatches
