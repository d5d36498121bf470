"""dossiers.paid_online: tỷ lệ hồ sơ thanh toán trực tuyến."""

from streams.indicators.terms import Indicator, cohort

PAID_ONLINE = Indicator(
    name="dossiers.paid_online",
    title_vi="Thanh toán trực tuyến",
    title_en="Paid online",
    definition="paid online ÷ bearing a fee, of the dossiers received in the period",
    definition_vi="thanh toán trực tuyến ÷ có nghĩa vụ tài chính, trong số hồ sơ tiếp nhận trong kỳ",
    source="DOMAIN §2, dossiers",
    numerator=(cohort("dossiers.paid_online"),),
    denominator=(cohort("dossiers.fee_bearing"),),
)
