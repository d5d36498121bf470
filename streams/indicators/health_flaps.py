"""health.flaps: số lần đổi trạng thái, changes between up and down within the period."""

from streams.indicators.terms import Indicator

FLAPS = Indicator(
    name="health.flaps",
    title_vi="Số lần chập chờn",
    title_en="Flaps",
    definition="changes of systems from up to down and from down to up within the period",
    definition_vi="số lần hệ thống chuyển từ hoạt động sang ngừng và ngược lại trong kỳ",
    source="DOMAIN §2, health",
    numerator=(),
    unit="count",
    higher_is_better=False,
)
