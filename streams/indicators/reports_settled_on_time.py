"""reports.settled_on_time: phản ánh xử lý xong đúng hạn."""

from streams.indicators.terms import Indicator, cohort

_RESOLVED = (cohort("reports.resolved"), cohort("reports.resolved_contradictory", -1))

SETTLED_ON_TIME = Indicator(
    name="reports.settled_on_time",
    title_vi="Phản ánh xử lý xong đúng hạn",
    title_en="Reports settled on time",
    definition="resolved by the citizen's date ÷ resolved, of the reports received in the period",
    definition_vi="giải quyết đúng hạn với người dân ÷ đã giải quyết, của phản ánh tiếp nhận trong kỳ",
    source="DOMAIN §2, reports",
    numerator=(*_RESOLVED, cohort("reports.resolved_late", -1)),
    denominator=_RESOLVED,
)
