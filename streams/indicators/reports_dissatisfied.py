"""reports.dissatisfied: người dân không hài lòng."""

from streams.indicators.reports_shares import RATED
from streams.indicators.terms import Indicator, cohort

DISSATISFIED = Indicator(
    name="reports.dissatisfied",
    title_vi="Người dân không hài lòng",
    title_en="Citizens dissatisfied",
    definition="rated 1–2 ÷ rated, of the reports received in the period",
    definition_vi="chấm 1–2 ÷ đã chấm điểm, của phản ánh tiếp nhận trong kỳ",
    source="DOMAIN §2, reports",
    numerator=(cohort("reports.dissatisfied"),),
    denominator=RATED,
    higher_is_better=False,
)
