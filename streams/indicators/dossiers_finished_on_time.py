"""dossiers.finished_on_time: hồ sơ giải quyết đúng hạn."""

from streams.indicators.terms import Indicator, flow

FINISHED_ON_TIME = Indicator(
    name="dossiers.finished_on_time",
    title_vi="Giải quyết đúng hạn",
    title_en="Settled on time",
    definition="settled on the day they were due, or without any due date; the early ones stand apart",
    definition_vi="giải quyết xong trong ngày hẹn trả, đúng hạn; không tính trước hạn",
    source="DOMAIN §2, the form people sign",
    numerator=(flow("dossiers.finished_on_time"), flow("dossiers.finished_early", -1)),
    unit="count",
    higher_is_better=None,
)
