"""One event of a report beside the states before and after it: what kind of step it was."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from streams.contracts import REPORTS
from streams.occurrences import Occurrence
from streams.reports.life_cycle import OPEN, RESOLVED, ReportState

_PREFIX = len(REPORTS.type_prefix)


def kind_of(event: Occurrence) -> str:
    """The last word of an event's type."""
    return event.type[_PREFIX:]


class Step(NamedTuple):
    """`at` is when it counts: when it happened, but not before the report was received."""

    kind: str
    at: datetime
    happened_at: datetime
    body: Any
    before: ReportState
    after: ReportState

    @classmethod
    def of(cls, event: Occurrence, received_at: datetime, before: ReportState, after: ReportState) -> "Step":
        happened_at = event.time.astimezone(UTC)
        return cls(kind_of(event), max(happened_at, received_at), happened_at, event.data, before, after)

    @property
    def due_at(self) -> datetime | None:
        """The date upstream names, in UTC."""
        named: datetime | None = self.body.due_at
        return named and named.astimezone(UTC)

    @property
    def dispatches(self) -> bool:
        """The report goes to an agency, also when upstream only says so by its status."""
        if self.kind == "status_changed":
            return self.after is ReportState.DISPATCHED and self.before not in _WITH_THE_AGENCY
        return self.kind in ("dispatched", "redispatched")

    @property
    def hands_back(self) -> bool:
        """The agency returns the report (số lần chuyển trả)."""
        return self.after is ReportState.RETURNED and self.before is not ReportState.RETURNED

    @property
    def reopens(self) -> bool:
        """Work that was over begins again, by whatever event."""
        return self.before not in OPEN and self.after in OPEN

    @property
    def resolves(self) -> bool:
        return self.before not in RESOLVED and self.after in RESOLVED

    @property
    def wait_begins(self) -> bool:
        return self.before is not ReportState.WAITING_INFO and self.after is ReportState.WAITING_INFO

    @property
    def wait_ends(self) -> bool:
        return self.before is ReportState.WAITING_INFO and self.after is not ReportState.WAITING_INFO

    @property
    def answers(self) -> bool:
        """The authority's doing: the first such step is the first response."""
        return self.kind not in _THE_CITIZENS and not (self.kind == "status_changed" and self.after in _NO_ANSWER)


_WITH_THE_AGENCY = (ReportState.DISPATCHED, ReportState.IN_PROGRESS, ReportState.WAITING_INFO)
_THE_CITIZENS = ("submitted", "info_supplied", "rated", "reopened", "anonymised")
_NO_ANSWER = (ReportState.NEW, ReportState.CANCELLED, ReportState.CONFIRMED)
