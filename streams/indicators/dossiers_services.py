"""dossiers.services: dịch vụ công."""

from streams.indicators import procedures
from streams.indicators.terms import Indicator, OfProcedures

SERVICES = Indicator(
    name="dossiers.services",
    title_vi="Dịch vụ công",
    title_en="Services",
    definition="procedures in force at the end of the period: one procedure is one service",
    definition_vi="thủ tục có hiệu lực vào cuối kỳ, mỗi thủ tục là một dịch vụ",
    source="DOMAIN §2, services by level: 1 933 = 1 532 + 91 + 310",
    of_procedures=OfProcedures(procedures.services),
    unit="count",
    higher_is_better=None,
)
