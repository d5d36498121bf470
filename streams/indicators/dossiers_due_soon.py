"""dossiers.due_soon: hồ sơ sắp đến hạn."""

from streams.indicators.terms import Indicator, level

DUE_SOON = Indicator(
    name="dossiers.due_soon",
    title_vi="Sắp đến hạn",
    title_en="Due soon",
    definition="unfinished, not waiting, due within two working days (16 hours) at the end of the period",
    source="DOMAIN §2, dossiers",
    numerator=(level("dossiers.due_soon"),),
    higher_is_better=False,
)
