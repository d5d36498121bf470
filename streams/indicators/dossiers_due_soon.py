"""dossiers.due_soon: hồ sơ sắp đến hạn."""

from streams.indicators.terms import Indicator, level

DUE_SOON = Indicator(
    name="dossiers.due_soon",
    title_vi="Sắp đến hạn",
    title_en="Due soon",
    definition="unfinished, not waiting, due within two working days (16 hours) at the end of the period",
    definition_vi="đang giải quyết, không chờ bổ sung, còn không quá hai ngày làm việc (16 giờ) đến hạn vào cuối kỳ",
    source="DOMAIN §2, dossiers",
    numerator=(level("dossiers.due_soon"),),
    unit="count",
    higher_is_better=False,
)
