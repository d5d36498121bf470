"""dossiers.procedures_offered_online: thủ tục cung cấp trực tuyến."""

from streams.indicators import procedures
from streams.indicators.terms import Indicator, OfProcedures

PROCEDURES_OFFERED_ONLINE = Indicator(
    name="dossiers.procedures_offered_online",
    title_vi="Thủ tục cung cấp trực tuyến",
    title_en="Procedures offered online",
    definition="procedures of level 3 and 4 ÷ procedures in force",
    definition_vi="thủ tục mức độ 3 và 4 ÷ thủ tục có hiệu lực",
    source="DOMAIN §2; QĐ 766/QĐ-TTg",
    of_procedures=OfProcedures(procedures.offered_online),
)
