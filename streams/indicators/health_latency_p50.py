"""health.latency_p50: độ trễ P50, of the pings within the period that tell theirs."""

from streams.indicators.terms import Indicator

LATENCY_P50 = Indicator(
    name="health.latency_p50",
    title_vi="Độ trễ P50",
    title_en="Latency P50",
    definition="P50 of latency_ms, from buckets of a quarter of an octave",
    definition_vi="P50 của latency_ms, sai số không quá 9,06 %",
    source="DOMAIN §2, health",
    numerator=(),
    unit="latency",
    quantile=0.5,
    higher_is_better=False,
)
