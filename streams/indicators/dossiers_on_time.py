"""dossiers.on_time: tỷ lệ hồ sơ đúng hạn."""

from streams.indicators.terms import Indicator, flow, level

ON_TIME = Indicator(
    name="dossiers.on_time",
    title_vi="Hồ sơ đúng hạn",
    title_en="Dossiers on time",
    definition="(finished on time + unfinished and not overdue) ÷ (finished in the period + unfinished at its end)",
    source="DOMAIN §2, dossiers",
    numerator=(flow("dossiers.finished_on_time"), level("dossiers.open"), level("dossiers.overdue", -1)),
    denominator=(flow("dossiers.finished"), level("dossiers.open")),
)
