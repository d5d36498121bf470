"""dossiers.received: hồ sơ tiếp nhận."""

from streams.indicators.terms import Indicator, flow

RECEIVED = Indicator(
    name="dossiers.received",
    title_vi="Hồ sơ tiếp nhận",
    title_en="Dossiers received",
    definition="dossiers whose NgayTiepNhan lies in the period",
    source="DOMAIN §2, dossiers",
    numerator=(flow("dossiers.received"),),
)
