"""health.mtta: thời gian tiếp nhận cảnh báo trung bình, from the alerts of systems first acknowledged in the period."""

from streams.indicators.terms import Indicator

MTTA = Indicator(
    name="health.mtta",
    title_vi="Thời gian tiếp nhận cảnh báo trung bình",
    title_en="Mean time to acknowledge",
    definition="seconds from a system's alert to its first acknowledgement ÷ alerts first acknowledged in the period",
    definition_vi="số giây từ khi hệ thống có cảnh báo đến lần nhận xử lý đầu tiên ÷ số cảnh báo được nhận trong kỳ",
    source="DOMAIN §2, health; §5, đã nhận xử lý",
    numerator=(),
    denominator=(),
    unit="duration",
    higher_is_better=False,
)
