"""reports.satisfaction_766: mức độ hài lòng theo Quyết định 766."""

from streams.indicators.reports_shares import AUTHORITY
from streams.indicators.terms import Indicator, cohort

SATISFACTION_766 = Indicator(
    name="reports.satisfaction_766",
    title_vi="Mức độ hài lòng theo Quyết định 766",
    title_en="Satisfaction as in Decision 766",
    definition="(authority − dissatisfied, re-complained or overdue, each deducted once) ÷ authority",
    definition_vi="(thuộc thẩm quyền − không hài lòng, phản ánh lại hoặc quá hạn, mỗi cái một lần) ÷ thuộc thẩm quyền",
    source="DOMAIN §2; QĐ 766/QĐ-TTg, read in a transcript",
    numerator=(*AUTHORITY, cohort("reports.deducted", -1)),
    denominator=AUTHORITY,
)
