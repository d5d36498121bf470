"""dossiers.rated: số hồ sơ được đánh giá."""

from streams.indicators.terms import Indicator, flow

RATED = Indicator(
    name="dossiers.rated",
    title_vi="Lượt đánh giá",
    title_en="Dossiers rated",
    definition="dossiers whose last rating from 1 to 5 was given in the period",
    definition_vi="hồ sơ được đánh giá từ 1 đến 5 lần cuối trong kỳ",
    source="DOMAIN §2",
    numerator=(flow("dossiers.satisfied"), flow("dossiers.neutral"), flow("dossiers.dissatisfied")),
    unit="count",
    higher_is_better=None,
)
