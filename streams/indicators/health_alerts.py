"""health.alerts: số cảnh báo, from the audit of alerts."""

from streams.indicators.terms import Indicator

ALERTS = Indicator(
    name="health.alerts",
    title_vi="Số cảnh báo",
    title_en="Alerts",
    definition="alerts that fired within the period and were told; no digests",
    definition_vi="số cảnh báo phát ra và được báo trong kỳ, không kể bản tổng hợp",
    source="DOMAIN §5",
    numerator=(),
    unit="count",
    higher_is_better=False,
)
