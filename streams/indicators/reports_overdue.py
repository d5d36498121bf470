"""reports.overdue: phản ánh quá hạn."""

from streams.indicators.terms import Indicator, level

OVERDUE = Indicator(
    name="reports.overdue",
    title_vi="Phản ánh quá hạn",
    title_en="Reports overdue",
    definition="open and past their date at the end of the period; a wait for the citizen makes nothing overdue",
    definition_vi="đang mở và đã quá hạn vào cuối kỳ; thời gian chờ người dân bổ sung không làm quá hạn",
    source="DOMAIN §2, reports",
    numerator=(level("reports.overdue"),),
    unit="count",
    higher_is_better=False,
)
