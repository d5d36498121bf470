"""What the shares of dossiers in time are shares of (DOMAIN §2)."""

from streams.indicators.terms import flow, level

JUDGED = (flow("dossiers.finished"), level("dossiers.open"), level("dossiers.unclear", -1))
"""Finished in the period + unfinished at its end, but for those of an unknown status."""

IN_TIME = (
    flow("dossiers.finished_on_time"),
    level("dossiers.open"),
    level("dossiers.unclear", -1),
    level("dossiers.overdue", -1),
)
"""Finished on time + unfinished and not overdue."""

LATE_766_ALONE = (flow("dossiers.finished_late_766", -1), level("dossiers.overdue_766", -1))
"""Taken off by QĐ 766: more than one request for supplements, and no pause but status 5."""
