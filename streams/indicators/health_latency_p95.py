"""health.latency_p95: độ trễ P95, of the pings within the period that tell theirs."""

from streams.indicators.terms import Indicator

LATENCY_P95 = Indicator(
    name="health.latency_p95",
    title_vi="Độ trễ P95",
    title_en="Latency P95",
    definition="P95 of latency_ms, from buckets of a quarter of an octave",
    definition_vi="P95 của latency_ms, sai số không quá 9,06 %",
    source="DOMAIN §2, health",
    numerator=(),
    unit="latency",
    quantile=0.95,
    higher_is_better=False,
)
