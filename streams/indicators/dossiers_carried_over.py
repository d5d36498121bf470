"""dossiers.carried_over: hồ sơ kỳ trước chuyển qua."""

from streams.indicators.terms import Indicator, flow, level

CARRIED_OVER = Indicator(
    name="dossiers.carried_over",
    title_vi="Kỳ trước chuyển qua",
    title_en="Carried over",
    definition="unfinished when the period began: those at its end, less what came and went within it",
    definition_vi="hồ sơ chưa giải quyết xong khi kỳ bắt đầu",
    source="DOMAIN §2, the form people sign",
    numerator=(level("dossiers.open"), flow("dossiers.open", -1)),
    unit="count",
    higher_is_better=None,
)
