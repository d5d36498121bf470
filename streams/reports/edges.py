"""Which steps between states are usual. An unusual one is applied and flagged, never refused (DOMAIN §1)."""

from streams.reports.life_cycle import CLOSED_WITHOUT_WORK, OPEN
from streams.reports.life_cycle import ReportState as S

_AT_THE_CENTRE = {S.VERIFYING, S.DISPATCHED, S.WAITING_INFO, *CLOSED_WITHOUT_WORK}
_AT_THE_AGENCY = {S.DISPATCHED, S.IN_PROGRESS, S.WAITING_INFO, S.RETURNED, S.RESOLVED, *CLOSED_WITHOUT_WORK}

USUAL: dict[S, frozenset[S]] = {
    S.NEW: frozenset({S.ACCEPTED, *_AT_THE_CENTRE}),
    S.ACCEPTED: frozenset({*_AT_THE_CENTRE, S.IN_PROGRESS, S.RESOLVED}),
    S.VERIFYING: frozenset({S.ACCEPTED, *_AT_THE_CENTRE}),
    S.DISPATCHED: frozenset(_AT_THE_AGENCY),
    S.IN_PROGRESS: frozenset(_AT_THE_AGENCY),
    S.WAITING_INFO: frozenset({*OPEN - {S.NEW, S.REOPENED}, *CLOSED_WITHOUT_WORK}),
    S.RETURNED: frozenset(_AT_THE_CENTRE),
    S.RESOLVED: frozenset({S.PUBLISHED, S.CONFIRMED, S.REOPENED}),
    S.PUBLISHED: frozenset({S.CONFIRMED, S.REOPENED}),
    S.CONFIRMED: frozenset({S.PUBLISHED, S.REOPENED}),
    S.REOPENED: frozenset({*_AT_THE_CENTRE, *_AT_THE_AGENCY}),
    S.REJECTED: frozenset({S.REOPENED}),
    S.DUPLICATE: frozenset({S.REOPENED}),
    S.UNABLE: frozenset({S.REOPENED}),
    S.CANCELLED: frozenset(),
}


def usual(before: S, now: S) -> bool:
    """Whether staff take this step in the ordinary course of work."""
    return before == now or now in USUAL[before]
