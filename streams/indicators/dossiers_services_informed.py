"""dossiers.services_informed: dịch vụ công mức độ 1 và 2."""

from streams.indicators import procedures
from streams.indicators.terms import Indicator, OfProcedures

SERVICES_INFORMED = Indicator(
    name="dossiers.services_informed",
    title_vi="Dịch vụ công mức độ 1 và 2",
    title_en="Services of level 1 and 2",
    definition="procedures of levels 1 and 2 in force: information and forms alone",
    definition_vi="thủ tục mức độ 1 và 2 có hiệu lực: chỉ cung cấp thông tin và biểu mẫu",
    source="DOMAIN §2, services by level",
    of_procedures=OfProcedures(procedures.services_informed),
    unit="count",
    higher_is_better=None,
)
