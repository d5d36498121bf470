"""reports.satisfaction: mức độ hài lòng theo Quyết định 766."""

from streams.indicators.reports_shares import AUTHORITY
from streams.indicators.terms import Indicator, cohort

SATISFACTION = Indicator(
    name="reports.satisfaction",
    title_vi="Mức độ hài lòng theo Quyết định 766",
    title_en="Satisfaction as in Decision 766",
    definition="(authority − dissatisfied, re-complained or overdue, each deducted once) ÷ authority",
    source="DOMAIN §2; QĐ 766/QĐ-TTg, read in a transcript",
    numerator=(*AUTHORITY, cohort("reports.deducted", -1)),
    denominator=AUTHORITY,
)
