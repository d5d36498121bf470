"""reports.rated: phản ánh được đánh giá."""

from streams.indicators import reports_shares
from streams.indicators.terms import Indicator

RATED = Indicator(
    name="reports.rated",
    title_vi="Phản ánh được đánh giá",
    title_en="Reports rated",
    definition="rated from 1 to 5, of the reports received in the period",
    definition_vi="được chấm điểm 1 đến 5, của phản ánh tiếp nhận trong kỳ",
    source="DOMAIN §2, reports",
    numerator=reports_shares.RATED,
    unit="count",
)
