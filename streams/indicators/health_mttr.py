"""health.mttr: thời gian khắc phục trung bình, from the outages that ended within the period."""

from streams.indicators.terms import Indicator

MTTR = Indicator(
    name="health.mttr",
    title_vi="Thời gian khắc phục trung bình",
    title_en="Mean time to repair",
    definition="seconds from down to up again ÷ outages that ended within the period",
    definition_vi="số giây từ khi ngừng đến khi hoạt động lại ÷ số lần ngừng kết thúc trong kỳ",
    source="DOMAIN §2, health",
    numerator=(),
    denominator=(),
    unit="duration",
    higher_is_better=False,
)
