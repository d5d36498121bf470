"""reports.agency_on_time: đơn vị xử lý đúng hạn."""

from streams.indicators.terms import Indicator, flow

AGENCY_ON_TIME = Indicator(
    name="reports.agency_on_time",
    title_vi="Đơn vị xử lý đúng hạn",
    title_en="Agencies on time",
    definition="resolved by the agency's own date ÷ resolved by an agency, in the period; after a reopening again",
    definition_vi="giải quyết đúng hạn của đơn vị ÷ đơn vị đã giải quyết, trong kỳ; mở lại thì tính lần nữa",
    source="DOMAIN §1.1, two clocks",
    numerator=(flow("reports.agency_resolved"), flow("reports.agency_late", -1)),
    denominator=(flow("reports.agency_resolved"),),
)
