"""dossiers.services_partial: dịch vụ công trực tuyến một phần."""

from streams.indicators import procedures
from streams.indicators.terms import Indicator, OfProcedures

SERVICES_PARTIAL = Indicator(
    name="dossiers.services_partial",
    title_vi="Dịch vụ công trực tuyến một phần",
    title_en="Services partly online",
    definition="procedures of level 3 in force",
    definition_vi="thủ tục mức độ 3 có hiệu lực",
    source="DOMAIN §2, services by level; Decree 42/2022/NĐ-CP",
    of_procedures=OfProcedures(procedures.services_partial),
    unit="count",
    higher_is_better=None,
)
