"""health.cert_days: số ngày chứng thư còn hạn, the fewest that a ping within the period told."""

from streams.indicators.terms import Indicator

CERT_DAYS = Indicator(
    name="health.cert_days",
    title_vi="Số ngày chứng thư còn hạn",
    title_en="Certificate days",
    definition="the fewest cert_days of the pings within the period; of several systems the fewest",
    definition_vi="số ngày còn lại ít nhất của chứng thư theo các tín hiệu trong kỳ; nhiều hệ thống thì lấy ít nhất",
    source="DOMAIN §2, health",
    numerator=(),
    unit="count",
    combine="min",
)
