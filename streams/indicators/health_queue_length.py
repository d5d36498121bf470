"""health.queue_length: hàng đợi dài nhất, the longest that a ping within the period told."""

from streams.indicators.terms import Indicator

QUEUE_LENGTH = Indicator(
    name="health.queue_length",
    title_vi="Hàng đợi dài nhất",
    title_en="Longest queue",
    definition="the highest queue_length of the pings within the period; of several systems the highest",
    definition_vi="hàng đợi dài nhất theo các tín hiệu trong kỳ; nhiều hệ thống thì lấy dài nhất",
    source="DOMAIN §2, health",
    numerator=(),
    unit="count",
    combine="max",
    higher_is_better=False,
)
