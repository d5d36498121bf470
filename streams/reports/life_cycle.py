"""States of a field report (DOMAIN §1.1), after FixMyStreet and Open311 GeoReport v2, and where each event leads."""

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


OPEN = frozenset(
    {
        ReportState.NEW, ReportState.ACCEPTED, ReportState.VERIFYING, ReportState.DISPATCHED, ReportState.IN_PROGRESS,
        ReportState.WAITING_INFO, ReportState.RETURNED, ReportState.REOPENED,
    }
)  # fmt: skip
"""Somebody still has to do something: *open* in Open311."""

RESOLVED = frozenset({ReportState.RESOLVED, ReportState.PUBLISHED, ReportState.CONFIRMED})
"""The work is done; publishing and the citizen's confirmation come on top."""

NOT_OURS = frozenset({ReportState.REJECTED, ReportState.DUPLICATE, ReportState.CANCELLED})
"""Taken out of the authority's share (DOMAIN §2: authority = received - rejected - duplicate - cancelled)."""

AFTER: dict[str, ReportState] = {
    "accepted": ReportState.ACCEPTED,
    "rejected": ReportState.REJECTED,
    "duplicate_linked": ReportState.DUPLICATE,
    "dispatched": ReportState.DISPATCHED,
    "returned_by_agency": ReportState.RETURNED,
    "redispatched": ReportState.DISPATCHED,
    "info_requested": ReportState.WAITING_INFO,
    "resolved": ReportState.RESOLVED,
    "published": ReportState.PUBLISHED,
    "reopened": ReportState.REOPENED,
}
"""The state each kind of event leads to, whatever came before: upstream is the authority, nothing is refused. A
submission leads nowhere: it is where a report begins, also when the publishers' clocks put it after its acceptance."""

CLOSED_WITHOUT_WORK = frozenset({*NOT_OURS, ReportState.UNABLE})
"""Publishing or confirming such a report says nothing about work done: it stays what it is."""

_STATES = {state.value: state for state in ReportState}


def known(status: str | None) -> bool:
    """Whether the contract has a state of that name."""
    return status in _STATES


def after(state: ReportState, resumes: ReportState, kind: str, named: str | None) -> ReportState:
    """Where the work stands after one event. `resumes` is where it stands but for a wait for information; `named` is
    the status a `status_changed` event names. One that the contract does not know leads nowhere, and neither does
    hiding a report from the public."""
    if kind == "info_supplied":
        return resumes
    meant = _STATES.get(named or "") if kind == "status_changed" else AFTER.get(kind)
    if meant is None or meant is ReportState.HIDDEN:
        return state
    if state in CLOSED_WITHOUT_WORK and meant in (ReportState.PUBLISHED, ReportState.CONFIRMED):
        return state
    return meant
