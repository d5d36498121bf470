"""dossiers.online: tỷ lệ hồ sơ nộp trực tuyến trên tổng số tiếp nhận."""

from streams.indicators.terms import Indicator, flow

ONLINE = Indicator(
    name="dossiers.online",
    title_vi="Hồ sơ nộp trực tuyến",
    title_en="Dossiers filed online of all",
    definition="filed online ÷ received in the period",
    definition_vi="nộp trực tuyến ÷ tiếp nhận trong kỳ",
    source="DOMAIN §2, dossiers",
    numerator=(flow("dossiers.received_online"),),
    denominator=(flow("dossiers.received"),),
)
