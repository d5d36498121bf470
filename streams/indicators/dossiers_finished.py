"""dossiers.finished: hồ sơ đã giải quyết."""

from streams.indicators.terms import Indicator, flow

FINISHED = Indicator(
    name="dossiers.finished",
    title_vi="Hồ sơ đã giải quyết",
    title_en="Dossiers settled",
    definition="received dossiers whose end lies in the period: the time of 9, else of 10, else of 3, 7 or 8",
    source="DOMAIN §1.2, §2",
    numerator=(flow("dossiers.finished"),),
)
