"""reports.satisfaction: người dân hài lòng."""

from streams.indicators.reports_shares import RATED
from streams.indicators.terms import Indicator, cohort

SATISFACTION = Indicator(
    name="reports.satisfaction",
    title_vi="Người dân hài lòng",
    title_en="Citizens satisfied",
    definition="rated 4–5 ÷ rated, of the reports received in the period",
    definition_vi="chấm 4–5 ÷ đã chấm điểm, của phản ánh tiếp nhận trong kỳ",
    source="DOMAIN §2, reports",
    numerator=(cohort("reports.satisfied"),),
    denominator=RATED,
)
