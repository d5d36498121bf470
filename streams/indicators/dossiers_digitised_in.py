"""dossiers.digitised_in: tỷ lệ hồ sơ được số hóa khi tiếp nhận."""

from streams.indicators.terms import Indicator, cohort, flow

DIGITISED_IN = Indicator(
    name="dossiers.digitised_in",
    title_vi="Số hóa hồ sơ khi tiếp nhận",
    title_en="Digitised at receipt",
    definition="papers digitised (digitised_in) ÷ received in the period",
    definition_vi="giấy tờ được số hóa khi tiếp nhận ÷ tiếp nhận trong kỳ",
    source="DOMAIN §2, dossiers; Decree 107/2021/NĐ-CP",
    numerator=(cohort("dossiers.digitised_in"),),
    denominator=(flow("dossiers.received"),),
)
