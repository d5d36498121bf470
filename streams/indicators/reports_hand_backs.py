"""reports.hand_backs: số lần chuyển trả."""

from streams.indicators.terms import Indicator, flow

HAND_BACKS = Indicator(
    name="reports.hand_backs",
    title_vi="Số lần chuyển trả",
    title_en="Hand-backs",
    definition="times that an agency returned a report in the period, counted for the agency that returned it",
    source="DOMAIN §1.1, two clocks",
    numerator=(flow("reports.handed_back"),),
    higher_is_better=False,
)
