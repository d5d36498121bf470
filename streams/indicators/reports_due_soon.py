"""reports.due_soon: phản ánh sắp đến hạn."""

from streams.indicators.terms import Indicator, level

DUE_SOON = Indicator(
    name="reports.due_soon",
    title_vi="Phản ánh sắp đến hạn",
    title_en="Reports due soon",
    definition="open and within a day of work of their date (an hour for instant categories) at the end of the period",
    definition_vi="đang mở và còn không quá một ngày làm việc (một giờ với loại tức thời) đến hạn vào cuối kỳ",
    source="DOMAIN §2, reports",
    numerator=(level("reports.due_soon"),),
    unit="count",
    higher_is_better=False,
)
