"""health.alerts_mttr: thời gian xử lý cảnh báo trung bình, from the audit of alerts."""

from streams.indicators.terms import Indicator

ALERTS_MTTR = Indicator(
    name="health.alerts_mttr",
    title_vi="Thời gian xử lý cảnh báo trung bình",
    title_en="Mean time to resolve an alert",
    definition="seconds from firing to the end of alerts that ended within the period ÷ these alerts",
    definition_vi="số giây từ khi cảnh báo phát ra đến khi hết ÷ số cảnh báo kết thúc trong kỳ",
    source="DOMAIN §2, health; §5",
    numerator=(),
    denominator=(),
    unit="duration",
    higher_is_better=False,
)
