"""dossiers.procedures_filed_online: thủ tục có hồ sơ trực tuyến."""

from streams.indicators import procedures
from streams.indicators.terms import Indicator, OfProcedures

PROCEDURES_FILED_ONLINE = Indicator(
    name="dossiers.procedures_filed_online",
    title_vi="Thủ tục có hồ sơ trực tuyến",
    title_en="Procedures filed online",
    definition="procedures with a dossier filed online in the period ÷ procedures offered online",
    definition_vi="thủ tục có hồ sơ nộp trực tuyến trong kỳ ÷ thủ tục cung cấp trực tuyến",
    source="QĐ 766/QĐ-TTg",
    of_procedures=OfProcedures(procedures.filed_online, "dossiers.online"),
)
