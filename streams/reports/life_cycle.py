"""States of a field report (DOMAIN §1.1), after FixMyStreet and Open311 GeoReport v2."""

from enum import StrEnum


class ReportState(StrEnum):
    NEW = "new"
    ACCEPTED = "accepted"
    VERIFYING = "verifying"
    DISPATCHED = "dispatched"
    IN_PROGRESS = "in_progress"
    WAITING_INFO = "waiting_info"
    RETURNED = "returned"
    RESOLVED = "resolved"
    PUBLISHED = "published"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    UNABLE = "unable"
    CANCELLED = "cancelled"
    HIDDEN = "hidden"


RESOLVED = frozenset({ReportState.RESOLVED, ReportState.PUBLISHED, ReportState.CONFIRMED})
"""The work is done; publishing and the citizen's confirmation come on top."""

NOT_OURS = frozenset({ReportState.REJECTED, ReportState.DUPLICATE, ReportState.CANCELLED})
"""Taken out of the authority's share (DOMAIN §2: authority = received - rejected - duplicate - cancelled)."""

AFTER: dict[str, ReportState] = {
    "vn.nhip.report.accepted": ReportState.ACCEPTED,
    "vn.nhip.report.rejected": ReportState.REJECTED,
    "vn.nhip.report.duplicate_linked": ReportState.DUPLICATE,
    "vn.nhip.report.dispatched": ReportState.DISPATCHED,
    "vn.nhip.report.returned_by_agency": ReportState.RETURNED,
    "vn.nhip.report.redispatched": ReportState.DISPATCHED,
    "vn.nhip.report.info_requested": ReportState.WAITING_INFO,
    "vn.nhip.report.resolved": ReportState.RESOLVED,
    "vn.nhip.report.published": ReportState.PUBLISHED,
    "vn.nhip.report.reopened": ReportState.REOPENED,
}
"""The state each type of event leads to, whatever came before: upstream is the authority, nothing is refused. A
submission leads nowhere: it is where a report begins, also when the publishers' clocks put it after its acceptance."""

_KNOWN = frozenset(state.value for state in ReportState)


def after(state: ReportState, resumes: ReportState, event_type: str, named: str | None) -> ReportState:
    """The state after one event. `resumes` is where a report stands but for a wait for information; `named` is the
    status a `status_changed` event names, ignored when the contract does not know it."""
    if event_type == "vn.nhip.report.status_changed":
        return ReportState(named) if named is not None and named in _KNOWN else state
    if event_type == "vn.nhip.report.info_supplied":
        return resumes
    return AFTER.get(event_type, state)
