"""health.error_ratio: tỷ lệ lỗi, of the pings within the period."""

from streams.indicators.terms import Indicator

ERROR_RATIO = Indicator(
    name="health.error_ratio",
    title_vi="Tỷ lệ lỗi",
    title_en="Error ratio",
    definition="pings that failed ÷ pings (ok, degraded, fail) within the period",
    definition_vi="tín hiệu báo lỗi ÷ tín hiệu (ok, degraded, fail) trong kỳ",
    source="DOMAIN §2, health",
    numerator=(),
    denominator=(),
    higher_is_better=False,
)
