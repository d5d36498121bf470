"""dossiers.procedures_paid_online: thủ tục có giao dịch thanh toán trực tuyến."""

from streams.indicators import procedures
from streams.indicators.terms import Indicator, OfProcedures

PROCEDURES_PAID_ONLINE = Indicator(
    name="dossiers.procedures_paid_online",
    title_vi="Thủ tục có giao dịch thanh toán trực tuyến",
    title_en="Procedures paid online",
    definition="procedures with a dossier of the period paid online ÷ procedures that bear a fee",
    definition_vi="thủ tục có hồ sơ trong kỳ thanh toán trực tuyến ÷ thủ tục có phí, lệ phí",
    source="QĐ 766/QĐ-TTg",
    of_procedures=OfProcedures(procedures.paid_online, "dossiers.paid_online"),
)
