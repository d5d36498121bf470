"""reports.open: phản ánh đang xử lý."""

from streams.indicators.terms import Indicator, level

OPEN = Indicator(
    name="reports.open",
    title_vi="Phản ánh đang xử lý",
    title_en="Reports open",
    definition="reports on which somebody still has to act at the end of the period",
    source="DOMAIN §2, reports",
    numerator=(level("reports.open"),),
    higher_is_better=False,
)
