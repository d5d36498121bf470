"""dossiers.satisfaction_766: mức độ hài lòng trong giải quyết hồ sơ theo Quyết định 766."""

from streams.indicators.dossiers_judged import IN_TIME, JUDGED, LATE_766_ALONE
from streams.indicators.terms import Indicator, flow

SATISFACTION_766 = Indicator(
    name="dossiers.satisfaction_766",
    title_vi="Mức độ hài lòng về hồ sơ theo Quyết định 766",
    title_en="Satisfaction with dossiers as in Decision 766",
    definition="100 % − share overdue as in Decision 766 − share rated 1 or 2 in the period",
    definition_vi="100 % − tỷ lệ quá hạn theo Quyết định 766 − tỷ lệ đánh giá 1 hoặc 2 trong kỳ",
    source="QĐ 766/QĐ-TTg, satisfaction with receipt and settlement, as public guidance to it explains the formula",
    numerator=(*IN_TIME, *LATE_766_ALONE, flow("dossiers.dissatisfied", -1)),
    denominator=JUDGED,
)
