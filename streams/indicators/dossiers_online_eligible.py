"""dossiers.online_eligible: tỷ lệ hồ sơ trực tuyến."""

from streams.indicators.terms import Indicator, flow

ONLINE_ELIGIBLE = Indicator(
    name="dossiers.online_eligible",
    title_vi="Hồ sơ trực tuyến",
    title_en="Dossiers filed online",
    definition="filed online ÷ received, among procedures offered online (level 3–4, một phần and toàn trình)",
    definition_vi="nộp trực tuyến ÷ tiếp nhận, trong các thủ tục cung cấp trực tuyến (một phần và toàn trình)",
    source="DOMAIN §2, dossiers; Decree 42/2022/NĐ-CP",
    numerator=(flow("dossiers.received_offered_online"),),
    denominator=(flow("dossiers.received_offered"),),
)
