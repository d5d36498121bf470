"""What kind of step an event is: what it means for a report that stands in a state."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from streams.contracts import REPORTS
from streams.reports.edges import usual
from streams.reports.life_cycle import AFTER, OPEN, RESOLVED, ReportState, after, known

SUBMITTED = REPORTS.type_prefix + "submitted"


@dataclass(frozen=True)
class Step:
    """The last word of an event's type and the status it names, beside the states before and after it."""

    kind: str
    status: str | None
    before: ReportState
    after: ReportState

    @cached_property
    def usual(self) -> bool:
        """Whether staff take this step in the ordinary course of work."""
        return usual(self.before, self.after)

    @cached_property
    def unknown_status(self) -> bool:
        """It names a status that the contract does not have."""
        return self.kind == "status_changed" and not known(self.status)

    @cached_property
    def hides(self) -> bool:
        """The public no longer sees the report …"""
        return self.kind == "status_changed" and self.status == ReportState.HIDDEN

    @cached_property
    def shows(self) -> bool:
        """… until the next event that says where it stands."""
        return self.kind in AFTER or (self.kind == "status_changed" and known(self.status) and not self.hides)

    @cached_property
    def opens(self) -> bool:
        """Somebody still has to do something."""
        return self.after in OPEN

    @cached_property
    def dispatches(self) -> bool:
        """The report goes to an agency, also when upstream only says so by its status."""
        if self.kind == "status_changed":
            return self.after is ReportState.DISPATCHED and self.before not in _WITH_THE_AGENCY
        return self.kind in ("dispatched", "redispatched")

    @cached_property
    def hands_back(self) -> bool:
        """The agency returns the report (số lần chuyển trả)."""
        return self.after is ReportState.RETURNED and self.before is not ReportState.RETURNED

    @cached_property
    def reopens(self) -> bool:
        """Work that was over begins again, by whatever event."""
        return self.before not in OPEN and self.after in OPEN

    @cached_property
    def resolves(self) -> bool:
        return self.before not in RESOLVED and self.after in RESOLVED

    @cached_property
    def publishes(self) -> bool:
        return self.before is not ReportState.PUBLISHED and self.after is ReportState.PUBLISHED

    @cached_property
    def waits(self) -> bool:
        """Nothing can be done until the citizen answers."""
        return self.after is ReportState.WAITING_INFO

    @cached_property
    def wait_begins(self) -> bool:
        return self.waits and self.before is not ReportState.WAITING_INFO

    @cached_property
    def answers(self) -> bool:
        """The authority's doing: the first such step is the first response."""
        return self.kind not in _THE_CITIZENS and not (self.kind == "status_changed" and self.after in _NO_ANSWER)


@lru_cache(maxsize=4096)
def step(event_type: str, before: ReportState, resumes: ReportState, status: str | None) -> Step:
    """The step that an event of a type is. Lives take the same ones, so each question is answered once for them all;
    how many are kept is limited, as a status may be any text."""
    kind = event_type.removeprefix(REPORTS.type_prefix)
    return Step(kind, status, before, after(before, resumes, kind, status))


_WITH_THE_AGENCY = (ReportState.DISPATCHED, ReportState.IN_PROGRESS, ReportState.WAITING_INFO)
_THE_CITIZENS = ("submitted", "info_supplied", "rated", "reopened", "anonymised")
_NO_ANSWER = (ReportState.NEW, ReportState.CANCELLED, ReportState.CONFIRMED)
