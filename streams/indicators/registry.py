"""Every indicator by name, in the order boards show them."""

from streams.errors import WrongUse
from streams.indicators import (
    dossiers_on_time,
    dossiers_online_eligible,
    dossiers_received,
    health_uptime,
    reports_processed,
    reports_received,
)
from streams.indicators.terms import Indicator

INDICATORS: dict[str, Indicator] = {
    indicator.name: indicator
    for indicator in (
        reports_received.RECEIVED,
        reports_processed.PROCESSED,
        dossiers_received.RECEIVED,
        dossiers_on_time.ON_TIME,
        dossiers_online_eligible.ONLINE_ELIGIBLE,
        health_uptime.UPTIME,
    )
}


def indicator(name: str) -> Indicator:
    """The indicator of that name. Raises WrongUse naming the ones there are."""
    try:
        return INDICATORS[name]
    except KeyError:
        raise WrongUse(f"no indicator is called {name!r}; there are {', '.join(INDICATORS)}") from None
