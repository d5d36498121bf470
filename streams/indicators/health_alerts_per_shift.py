"""health.alerts_per_shift: số cảnh báo mỗi ca trực, from the audit of alerts."""

from streams.indicators.terms import Indicator

ALERTS_PER_SHIFT = Indicator(
    name="health.alerts_per_shift",
    title_vi="Số cảnh báo mỗi ca trực",
    title_en="Alerts per shift",
    definition=(
        "alerts that fired within the period and were told ÷ turns of duty that it touches, of the shift "
        "with the shortest turns"
    ),
    definition_vi="số cảnh báo được báo trong kỳ ÷ số phiên trực mà kỳ chạm tới, theo ca ngắn nhất",
    source="DOMAIN §5, duty shifts; Google SRE, being on-call",
    numerator=(),
    denominator=(),
    unit="average",
    higher_is_better=False,
)
