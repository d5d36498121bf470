"""dossiers.processing_p90: thời gian giải quyết, phân vị 90."""

from streams.indicators.terms import Indicator, flow

PROCESSING_P90 = Indicator(
    name="dossiers.processing_p90",
    title_vi="Thời gian giải quyết (P90)",
    title_en="Processing time (P90)",
    definition="nine in ten of those settled took no longer from receipt to end, waits for the citizen not counted",
    definition_vi="90 % số hồ sơ không lâu hơn, từ tiếp nhận đến kết thúc, không tính chờ bổ sung",
    source="DOMAIN §2; issue 4",
    numerator=(flow("dossiers.processing"),),
    unit="duration",
    quantile=0.9,
    higher_is_better=False,
)
