"""dossiers.not_received: hồ sơ không được tiếp nhận."""

from streams.indicators.terms import Indicator, flow

NOT_RECEIVED = Indicator(
    name="dossiers.not_received",
    title_vi="Không được tiếp nhận",
    title_en="Not received",
    definition="refused (3) in the period, with NgayTiepNhan or, as usual, without",
    definition_vi="không được tiếp nhận (3) trong kỳ",
    source="DOMAIN §1.2: 1→3 is shown apart",
    numerator=(flow("dossiers.refused"), flow("dossiers.finished_refused")),
    unit="count",
    higher_is_better=None,
)
