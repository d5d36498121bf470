"""dossiers.received: hồ sơ tiếp nhận."""

from streams.indicators.terms import Indicator, flow

RECEIVED = Indicator(
    name="dossiers.received",
    title_vi="Hồ sơ tiếp nhận",
    title_en="Dossiers received",
    definition="dossiers whose NgayTiepNhan lies in the period",
    definition_vi="hồ sơ có NgayTiepNhan trong kỳ",
    source="DOMAIN §2, dossiers",
    numerator=(flow("dossiers.received"),),
    unit="count",
    higher_is_better=None,
)
