"""dossiers.withdrawn: hồ sơ công dân rút sau khi tiếp nhận."""

from streams.indicators.terms import Indicator, flow

WITHDRAWN = Indicator(
    name="dossiers.withdrawn",
    title_vi="Công dân rút",
    title_en="Withdrawn",
    definition="received and withdrawn by the citizen (7) in the period; part of the settled",
    definition_vi="đã tiếp nhận, công dân rút (7) trong kỳ; thuộc số đã giải quyết",
    source="DOMAIN §1.2",
    numerator=(flow("dossiers.finished_withdrawn"),),
    unit="count",
    higher_is_better=None,
)
