"""dossiers.satisfaction: tỷ lệ đánh giá hài lòng."""

from streams.indicators.terms import Indicator, flow

SATISFACTION = Indicator(
    name="dossiers.satisfaction",
    title_vi="Mức độ hài lòng",
    title_en="Satisfaction",
    definition="rated 4 or 5 ÷ rated from 1 to 5 in the period; a citizen who rates again counts once",
    definition_vi="đánh giá 4 hoặc 5 ÷ đánh giá từ 1 đến 5 trong kỳ; đánh giá lại chỉ tính một lần",
    source="DOMAIN §2",
    numerator=(flow("dossiers.satisfied"),),
    denominator=(flow("dossiers.satisfied"), flow("dossiers.neutral"), flow("dossiers.dissatisfied")),
)
