"""Every indicator by name, in the order boards show them."""

from streams.errors import WrongUse
from streams.indicators import (
    dossiers_on_time,
    dossiers_online_eligible,
    dossiers_received,
    health_uptime,
    reports_agency_on_time,
    reports_dissatisfied,
    reports_due_soon,
    reports_duplicates,
    reports_hand_backs,
    reports_on_time,
    reports_open,
    reports_overdue,
    reports_processed,
    reports_rated,
    reports_received,
    reports_reopened,
    reports_satisfaction,
    reports_satisfied,
    reports_settled_on_time,
    reports_urgent,
)
from streams.indicators.terms import Indicator

INDICATORS: dict[str, Indicator] = {
    indicator.name: indicator
    for indicator in (
        reports_received.RECEIVED,
        reports_processed.PROCESSED,
        reports_on_time.ON_TIME,
        reports_settled_on_time.SETTLED_ON_TIME,
        reports_agency_on_time.AGENCY_ON_TIME,
        reports_satisfied.SATISFIED,
        reports_dissatisfied.DISSATISFIED,
        reports_rated.RATED_REPORTS,
        reports_satisfaction.SATISFACTION,
        reports_open.OPEN,
        reports_due_soon.DUE_SOON,
        reports_overdue.OVERDUE,
        reports_reopened.REOPENED,
        reports_duplicates.DUPLICATES,
        reports_hand_backs.HAND_BACKS,
        reports_urgent.URGENT,
        dossiers_received.RECEIVED,
        dossiers_on_time.ON_TIME,
        dossiers_online_eligible.ONLINE_ELIGIBLE,
        health_uptime.UPTIME,
    )
}


HEADLINES = (
    "reports.received", "reports.processed", "dossiers.received", "dossiers.on_time", "dossiers.online_eligible",
    "health.uptime",
)  # fmt: skip
"""Those that the overview and the wallboard show: as many as can be read from four metres, a query each."""


def indicator(name: str) -> Indicator:
    """The indicator of that name. Raises WrongUse naming the ones there are."""
    try:
        return INDICATORS[name]
    except KeyError:
        raise WrongUse(f"no indicator is called {name!r}; there are {', '.join(INDICATORS)}") from None
