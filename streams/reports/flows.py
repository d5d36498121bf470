"""What one report adds to the `reports.*` measures, each at its moment.

Most measures are of the cohort of the day of receipt. A report counts in few of them: what is on time is what remains
when the late, the undone and the contradictory are taken away from the received.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter

from streams.days import civil_day
from streams.flows import Flow, Place
from streams.indicators.histogram import measure
from streams.reports.clock import running_time
from streams.reports.life_cycle import NOT_OURS, ReportState
from streams.reports.report import Report
from streams.reports.standing import Standing, standings
from streams.tuples import new


def flows(states: Sequence[Report]) -> list[Flow]:
    """All that a report counts for. A later event changes the past only back to its own moment, so a closed period
    keeps its figures; a date still to come counts on its own day, and no longer once the work has ended before."""
    cohort = civil_day(states[-1].received_at)
    stands = list(standings(states))
    return [*_steps(stands, _in_cohort, cohort), *_steps(stands, _in_stock, None), *_once(states, cohort)]


def _steps(
    stands: Iterable[Standing], measures: Callable[[Standing], list[str]], cohort: date | None
) -> Iterator[Flow]:
    """From one standing to the next, what is left is taken back and what is new is added."""
    before: list[str] = []
    left: Place = ()
    for one in stands:
        now, place = measures(one), one.report.facts.place
        moved = place is not left and place != left
        if moved or now != before:
            for n, here, mine, other in ((-1, left, before, now), (+1, place, now, before)):
                for name in mine:
                    if moved or name not in other:
                        yield new(Flow, (one.moment, name, here, n, cohort))
            before, left = now, place


_SATISFACTION = {
    1: "reports.dissatisfied",
    2: "reports.dissatisfied",
    3: "reports.neutral",
    4: "reports.satisfied",
    5: "reports.satisfied",
}
"""DOMAIN §2: 1–2 dissatisfied, 3 neutral, 4–5 satisfied."""


_APART = {state: f"reports.{state}" for state in NOT_OURS}

_CONTRADICTORY = ("reports.contradictory", "reports.resolved_contradictory")
_LATE = ("reports.late", "reports.resolved_late")
"""Why a report is not on time: the second too once it is resolved."""


def _in_cohort(stands: Standing) -> list[str]:
    """The measures of the day of receipt that a report counts in."""
    report = stands.report
    measures = ["reports.received"]
    if report.facts.priority == "urgent":
        measures.append("reports.urgent")
    if report.rating is not None:
        measures.append(_SATISFACTION[report.rating])
    if report.work in _APART:
        return [*measures, _APART[report.work]]
    resolved = report.resolved
    settled_late = resolved and report.verdict is not None and report.verdict.late
    late = (stands.overdue or settled_late) and not report.contradictory
    reason = _LATE if late else _CONTRADICTORY if report.contradictory else None
    if resolved:
        measures.append("reports.resolved")
    if reason is not None:
        measures += reason if resolved else reason[:1]
    elif report.work is ReportState.UNABLE:
        measures.append("reports.unable")
    if report.recomplained:
        measures.append("reports.reopened")
        if not resolved:
            measures.append("reports.resolved_before")
    if late or report.reopenings or (report.rating or 5) <= 2:
        measures.append("reports.deducted")
    return measures


def _in_stock(stands: Standing) -> list[str]:
    """The levels that it counts in while somebody has to do something."""
    if not stands.report.open:
        return []
    if stands.overdue:
        return ["reports.open", "reports.overdue"]
    return ["reports.open", "reports.due_soon"] if stands.due_soon else ["reports.open"]


_HISTOGRAMS = ("reports.first_response", "reports.dispatch", "reports.resolution")
_first_times = attrgetter("responded_at", "dispatched_at", "verdict")
_NEVER = (None, None, None)
"""How long the citizen waited until each of these happened for the first time."""


def _once(states: Sequence[Report], cohort: date) -> Iterator[Flow]:
    """What happens at a moment and is never taken back: hand-backs, the ends of the agencies' clocks, and how long the
    citizen waited for the first response, dispatch and resolution."""
    before, hand_backs, reached = states[0], 0, _NEVER
    for now in states:
        at, place = now.changed_at, now.facts.place
        if now.hand_backs > hand_backs:
            hand_backs = now.hand_backs
            yield Flow(at, "reports.handed_back", before.facts.place, 1)
        if before.open and now.resolved and now.agency_due_at is not None:
            yield Flow(at, "reports.agency_resolved", place, 1)
            if at > now.agency_due_at:
                yield Flow(at, "reports.agency_late", place, 1)
        first = _first_times(now)
        if first != reached:
            waited = running_time(now.received_at, at, now.waits).total_seconds()
            for histogram, known, told in zip(_HISTOGRAMS, reached, first, strict=True):
                if known is not told:
                    yield new(Flow, (at, measure(histogram, waited), place, 1, cohort))
            reached = first
        before = now
