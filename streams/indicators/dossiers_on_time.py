"""dossiers.on_time: tỷ lệ hồ sơ đúng hạn."""

from streams.indicators.dossiers_judged import IN_TIME, JUDGED
from streams.indicators.terms import Indicator

ON_TIME = Indicator(
    name="dossiers.on_time",
    title_vi="Hồ sơ đúng hạn",
    title_en="Dossiers on time",
    definition="(finished on time + unfinished and not overdue) ÷ (finished in the period + unfinished at its end)",
    definition_vi="(giải quyết đúng hạn + đang giải quyết trong hạn) ÷ (đã giải quyết + đang giải quyết)",
    source="DOMAIN §2, dossiers",
    numerator=IN_TIME,
    denominator=JUDGED,
)
