"""dossiers.processing_p50: thời gian giải quyết, phân vị 50."""

from streams.indicators.terms import Indicator, flow

PROCESSING_P50 = Indicator(
    name="dossiers.processing_p50",
    title_vi="Thời gian giải quyết (P50)",
    title_en="Processing time (P50)",
    definition="half of those settled took no longer from receipt to end, waits for the citizen not counted",
    definition_vi="một nửa số hồ sơ không lâu hơn, từ tiếp nhận đến kết thúc, không tính chờ bổ sung",
    source="DOMAIN §2; issue 4",
    numerator=(flow("dossiers.processing"),),
    unit="duration",
    quantile=0.5,
    higher_is_better=False,
)
