"""reports.urgent: phản ánh khẩn."""

from streams.indicators.terms import Indicator, cohort

URGENT = Indicator(
    name="reports.urgent",
    title_vi="Phản ánh khẩn",
    title_en="Urgent reports",
    definition="of urgent priority, among the reports received in the period",
    source="DOMAIN §2, reports",
    numerator=(cohort("reports.urgent"),),
    higher_is_better=False,
)
