"""reports.duplicates: phản ánh trùng."""

from streams.indicators.terms import Indicator, cohort

DUPLICATES = Indicator(
    name="reports.duplicates",
    title_vi="Phản ánh trùng",
    title_en="Duplicate reports",
    definition="duplicate ÷ received, of the reports received in the period",
    definition_vi="trùng ÷ tiếp nhận, của phản ánh tiếp nhận trong kỳ",
    source="DOMAIN §2, reports",
    numerator=(cohort("reports.duplicate"),),
    denominator=(cohort("reports.received"),),
    higher_is_better=False,
)
