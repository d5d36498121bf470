"""dossiers.finished: hồ sơ đã giải quyết."""

from streams.indicators.terms import Indicator, flow

FINISHED = Indicator(
    name="dossiers.finished",
    title_vi="Hồ sơ đã giải quyết",
    title_en="Dossiers settled",
    definition="received dossiers whose end lies in the period: the time of 9, else of 10, else of 3, 7 or 8",
    definition_vi="hồ sơ đã tiếp nhận, kết thúc trong kỳ: thời điểm của 9, nếu không có thì của 10, rồi 3, 7 hoặc 8",
    source="DOMAIN §1.2, §2",
    numerator=(flow("dossiers.finished"),),
    unit="count",
    higher_is_better=None,
)
