"""dossiers.services_full: dịch vụ công trực tuyến toàn trình."""

from streams.indicators import procedures
from streams.indicators.terms import Indicator, OfProcedures

SERVICES_FULL = Indicator(
    name="dossiers.services_full",
    title_vi="Dịch vụ công trực tuyến toàn trình",
    title_en="Services fully online",
    definition="procedures of level 4 in force",
    definition_vi="thủ tục mức độ 4 có hiệu lực",
    source="DOMAIN §2, services by level; Decree 42/2022/NĐ-CP",
    of_procedures=OfProcedures(procedures.services_full),
    unit="count",
    higher_is_better=None,
)
