"""Every indicator by name, in the order boards show them."""

from streams.errors import WrongUse
from streams.indicators import (
    dossiers_carried_over,
    dossiers_digitised_in,
    dossiers_digitised_result,
    dossiers_due_soon,
    dossiers_finished,
    dossiers_finished_early,
    dossiers_finished_late,
    dossiers_finished_on_time,
    dossiers_not_received,
    dossiers_on_time,
    dossiers_on_time_766,
    dossiers_online,
    dossiers_online_eligible,
    dossiers_overdue,
    dossiers_overdue_apologised,
    dossiers_paid_online,
    dossiers_rated,
    dossiers_received,
    dossiers_satisfaction,
    dossiers_satisfaction_766,
    dossiers_settled_on_time,
    dossiers_stock,
    dossiers_stopped,
    dossiers_synced,
    dossiers_unclear,
    dossiers_waiting,
    dossiers_withdrawn,
    dossiers_withdrawn_unreceived,
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
    reports_satisfaction_766,
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
        reports_satisfaction.SATISFACTION,
        reports_dissatisfied.DISSATISFIED,
        reports_rated.RATED,
        reports_satisfaction_766.SATISFACTION_766,
        reports_open.OPEN,
        reports_due_soon.DUE_SOON,
        reports_overdue.OVERDUE,
        reports_reopened.REOPENED,
        reports_duplicates.DUPLICATES,
        reports_hand_backs.HAND_BACKS,
        reports_urgent.URGENT,
        dossiers_received.RECEIVED,
        dossiers_carried_over.CARRIED_OVER,
        dossiers_finished.FINISHED,
        dossiers_finished_early.FINISHED_EARLY,
        dossiers_finished_on_time.FINISHED_ON_TIME,
        dossiers_finished_late.FINISHED_LATE,
        dossiers_stock.STOCK,
        dossiers_due_soon.DUE_SOON,
        dossiers_overdue.OVERDUE,
        dossiers_waiting.WAITING,
        dossiers_unclear.UNCLEAR,
        dossiers_on_time.ON_TIME,
        dossiers_settled_on_time.SETTLED_ON_TIME,
        dossiers_on_time_766.ON_TIME_766,
        dossiers_overdue_apologised.OVERDUE_APOLOGISED,
        dossiers_online.ONLINE,
        dossiers_online_eligible.ONLINE_ELIGIBLE,
        dossiers_paid_online.PAID_ONLINE,
        dossiers_digitised_in.DIGITISED_IN,
        dossiers_digitised_result.DIGITISED_RESULT,
        dossiers_synced.SYNCED,
        dossiers_rated.RATED,
        dossiers_satisfaction.SATISFACTION,
        dossiers_satisfaction_766.SATISFACTION_766,
        dossiers_not_received.NOT_RECEIVED,
        dossiers_withdrawn_unreceived.WITHDRAWN_UNRECEIVED,
        dossiers_withdrawn.WITHDRAWN,
        dossiers_stopped.STOPPED,
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
