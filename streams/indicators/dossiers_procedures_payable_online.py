"""dossiers.procedures_payable_online: thủ tục có thanh toán trực tuyến."""

from streams.indicators import procedures
from streams.indicators.terms import Indicator, OfProcedures

PROCEDURES_PAYABLE_ONLINE = Indicator(
    name="dossiers.procedures_payable_online",
    title_vi="Thủ tục có thanh toán trực tuyến",
    title_en="Procedures payable online",
    definition="procedures with online payment ÷ procedures in force",
    definition_vi="thủ tục có thanh toán trực tuyến ÷ thủ tục có hiệu lực",
    source="DOMAIN §2: 1 344/1 722",
    of_procedures=OfProcedures(procedures.payable_online),
)
