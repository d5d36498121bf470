"""reports.processed: phản ánh đã xử lý."""

from streams.indicators.reports_shares import AUTHORITY
from streams.indicators.terms import Indicator, cohort

PROCESSED = Indicator(
    name="reports.processed",
    title_vi="Phản ánh đã xử lý",
    title_en="Reports processed",
    definition="resolved ÷ (received − rejected − duplicate − cancelled), of the reports received in the period",
    definition_vi="đã xử lý ÷ (tiếp nhận − từ chối − trùng − hủy), của phản ánh tiếp nhận trong kỳ",
    source="DOMAIN §2, reports",
    numerator=(cohort("reports.resolved"),),
    denominator=AUTHORITY,
)
