"""dossiers.waiting: hồ sơ chờ công dân bổ sung."""

from streams.indicators.terms import Indicator, level

WAITING = Indicator(
    name="dossiers.waiting",
    title_vi="Chờ bổ sung",
    title_en="Waiting for the citizen",
    definition="unfinished and in status 5 at the end of the period",
    source="DOMAIN §1.2, §2",
    numerator=(level("dossiers.waiting"),),
)
