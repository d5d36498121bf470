"""dossiers.settled_on_time: tỷ lệ hồ sơ đã giải quyết đúng hạn."""

from streams.indicators.terms import Indicator, flow

SETTLED_ON_TIME = Indicator(
    name="dossiers.settled_on_time",
    title_vi="Hồ sơ giải quyết đúng hạn",
    title_en="Settled dossiers on time",
    definition="settled on time (early ones too) ÷ settled in the period",
    definition_vi="giải quyết trước hạn và đúng hạn ÷ đã giải quyết trong kỳ",
    source="DOMAIN §2, dossiers",
    numerator=(flow("dossiers.finished_on_time"),),
    denominator=(flow("dossiers.finished"),),
)
