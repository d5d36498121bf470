"""reports.rated: phản ánh được đánh giá."""

from streams.indicators.reports_shares import RATED
from streams.indicators.terms import Indicator

RATED_REPORTS = Indicator(
    name="reports.rated",
    title_vi="Phản ánh được đánh giá",
    title_en="Reports rated",
    definition="rated from 1 to 5, of the reports received in the period",
    source="DOMAIN §2, reports",
    numerator=RATED,
)
