"""dossiers.waiting: hồ sơ chờ công dân bổ sung."""

from streams.indicators.terms import Indicator, level

WAITING = Indicator(
    name="dossiers.waiting",
    title_vi="Chờ bổ sung",
    title_en="Waiting for the citizen",
    definition="unfinished and in status 5 at the end of the period",
    definition_vi="đang ở trạng thái 5 vào cuối kỳ",
    source="DOMAIN §1.2, §2",
    numerator=(level("dossiers.waiting"),),
    unit="count",
    higher_is_better=None,
)
