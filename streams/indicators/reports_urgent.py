"""reports.urgent: phản ánh khẩn."""

from streams.indicators.terms import Indicator, cohort

URGENT = Indicator(
    name="reports.urgent",
    title_vi="Phản ánh khẩn",
    title_en="Urgent reports",
    definition="of urgent priority, among the reports received in the period",
    definition_vi="mức khẩn, trong số phản ánh tiếp nhận trong kỳ",
    source="DOMAIN §2, reports",
    numerator=(cohort("reports.urgent"),),
    unit="count",
    higher_is_better=False,
)
