"""dossiers.finished_early: hồ sơ giải quyết trước hạn."""

from streams.indicators.terms import Indicator, flow

FINISHED_EARLY = Indicator(
    name="dossiers.finished_early",
    title_vi="Giải quyết trước hạn",
    title_en="Settled early",
    definition="settled on a day before the day they were due",
    definition_vi="giải quyết xong trước ngày hẹn trả",
    source="DOMAIN §2, the form people sign",
    numerator=(flow("dossiers.finished_early"),),
    unit="count",
    higher_is_better=None,
)
