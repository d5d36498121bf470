"""reports.on_time: phản ánh đúng hạn."""

from streams.indicators.reports_shares import JUDGED
from streams.indicators.terms import Indicator, cohort

ON_TIME = Indicator(
    name="reports.on_time",
    title_vi="Phản ánh đúng hạn",
    title_en="Reports on time",
    definition="(resolved by the citizen's date + open and not overdue) ÷ authority, of the cohort of the period",
    definition_vi="(giải quyết đúng hạn + đang mở chưa quá hạn) ÷ thuộc thẩm quyền, của phản ánh tiếp nhận trong kỳ",
    source="DOMAIN §2, reports",
    numerator=(*JUDGED, cohort("reports.late", -1), cohort("reports.unable", -1)),
    denominator=JUDGED,
)
