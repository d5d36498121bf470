"""reports.received: phản ánh tiếp nhận."""

from streams.indicators.terms import Indicator, cohort

RECEIVED = Indicator(
    name="reports.received",
    title_vi="Phản ánh tiếp nhận",
    title_en="Reports received",
    definition="distinct field reports submitted in the period",
    definition_vi="số phản ánh hiện trường được gửi trong kỳ",
    source="DOMAIN §2, reports",
    numerator=(cohort("reports.received"),),
    unit="count",
    higher_is_better=None,
)
