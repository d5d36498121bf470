"""health.alerts_noise: tỷ lệ cảnh báo nhiễu, from the audit of alerts."""

from streams.indicators.terms import Indicator

ALERTS_NOISE = Indicator(
    name="health.alerts_noise",
    title_vi="Tỷ lệ cảnh báo nhiễu",
    title_en="Noise ratio of alerts",
    definition=(
        "alerts that ended by themselves, without anybody having done anything ÷ alerts that ended within the period"
    ),
    definition_vi="số cảnh báo tự hết mà không ai phải làm gì ÷ số cảnh báo kết thúc trong kỳ",
    source="DOMAIN §5; Google SRE, monitoring distributed systems: every page should be actionable",
    numerator=(),
    denominator=(),
    higher_is_better=False,
)
