"""reports.hand_backs: số lần chuyển trả."""

from streams.indicators.terms import Indicator, flow

HAND_BACKS = Indicator(
    name="reports.hand_backs",
    title_vi="Số lần chuyển trả",
    title_en="Hand-backs",
    definition="times that an agency returned a report in the period, counted for the agency that returned it",
    definition_vi="số lần đơn vị trả lại phản ánh trong kỳ, tính cho đơn vị trả lại",
    source="DOMAIN §1.1, two clocks",
    numerator=(flow("reports.handed_back"),),
    unit="count",
    higher_is_better=False,
)
