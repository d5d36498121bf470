"""reports.reopened: phản ánh bị mở lại."""

from streams.indicators.terms import Indicator, cohort

REOPENED = Indicator(
    name="reports.reopened",
    title_vi="Phản ánh bị mở lại",
    title_en="Reports reopened",
    definition="reopened after a resolution ÷ ever resolved, of the reports received in the period",
    definition_vi="mở lại sau khi giải quyết ÷ từng được giải quyết, của phản ánh tiếp nhận trong kỳ",
    source="DOMAIN §2, reports",
    numerator=(cohort("reports.reopened"),),
    denominator=(cohort("reports.resolved"), cohort("reports.resolved_before")),
    higher_is_better=False,
)
