"""dossiers.overdue: hồ sơ đang giải quyết đã quá hạn."""

from streams.indicators.terms import Indicator, level

OVERDUE = Indicator(
    name="dossiers.overdue",
    title_vi="Quá hạn",
    title_en="Overdue",
    definition="unfinished and past their due date at the end of the period; a wait that began in time is not overdue",
    definition_vi="đang giải quyết và đã quá hạn vào cuối kỳ; chờ bổ sung từ khi còn hạn không tính",
    source="DOMAIN §1.2, §2",
    numerator=(level("dossiers.overdue"),),
    unit="count",
    higher_is_better=False,
)
