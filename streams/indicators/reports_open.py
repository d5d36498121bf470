"""reports.open: phản ánh đang xử lý."""

from streams.indicators.terms import Indicator, level

OPEN = Indicator(
    name="reports.open",
    title_vi="Phản ánh đang xử lý",
    title_en="Reports open",
    definition="reports on which somebody still has to act at the end of the period",
    definition_vi="phản ánh còn phải xử lý vào cuối kỳ",
    source="DOMAIN §2, reports",
    numerator=(level("reports.open"),),
    unit="count",
    higher_is_better=False,
)
