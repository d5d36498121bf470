"""What several indicators of field reports are shares of (DOMAIN §2)."""

from streams.indicators.terms import cohort

AUTHORITY = (
    cohort("reports.received"),
    cohort("reports.rejected", -1),
    cohort("reports.duplicate", -1),
    cohort("reports.cancelled", -1),
)
"""The authority's reports: received − rejected − duplicate − cancelled."""

JUDGED = (*AUTHORITY, cohort("reports.contradictory", -1))
"""Those whose own dates do not contradict each other."""

RATED = (cohort("reports.satisfied"), cohort("reports.neutral"), cohort("reports.dissatisfied"))
"""Those that the citizen has rated from 1 to 5; the last rating counts."""
