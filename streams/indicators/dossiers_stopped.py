"""dossiers.stopped: hồ sơ dừng xử lý."""

from streams.indicators.terms import Indicator, flow

STOPPED = Indicator(
    name="dossiers.stopped",
    title_vi="Dừng xử lý",
    title_en="Stopped",
    definition="received and stopped (8) in the period; part of the settled",
    definition_vi="đã tiếp nhận, dừng xử lý (8) trong kỳ; thuộc số đã giải quyết",
    source="DOMAIN §1.2",
    numerator=(flow("dossiers.finished_stopped"),),
    unit="count",
    higher_is_better=None,
)
