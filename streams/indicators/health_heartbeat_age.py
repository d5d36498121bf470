"""health.heartbeat_age: thời gian từ tín hiệu cuối, of the system that was heard longest ago."""

from streams.indicators.terms import Indicator

HEARTBEAT_AGE = Indicator(
    name="health.heartbeat_age",
    title_vi="Tín hiệu cuối cách đây",
    title_en="Heartbeat age",
    definition="from the last ping to the end of the period or as-of; of several systems the longest",
    definition_vi="từ tín hiệu cuối đến cuối kỳ hoặc thời điểm hỏi; nhiều hệ thống thì lấy lâu nhất",
    source="DOMAIN §2, health",
    numerator=(),
    unit="duration",
    combine="max",
    higher_is_better=False,
)
