"""dossiers.withdrawn_unreceived: hồ sơ công dân rút trước khi tiếp nhận."""

from streams.indicators.terms import Indicator, flow

WITHDRAWN_UNRECEIVED = Indicator(
    name="dossiers.withdrawn_unreceived",
    title_vi="Rút trước khi tiếp nhận",
    title_en="Withdrawn before receipt",
    definition="registered and withdrawn (7) in the period, never received",
    definition_vi="đăng ký rồi rút (7) trong kỳ, chưa được tiếp nhận",
    source="DOMAIN §1.2: 1→7 is shown apart",
    numerator=(flow("dossiers.withdrawn_unreceived"),),
    unit="count",
    higher_is_better=None,
)
