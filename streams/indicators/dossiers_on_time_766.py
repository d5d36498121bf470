"""dossiers.on_time_766: tỷ lệ hồ sơ đúng hạn theo Quyết định 766."""

from streams.indicators.dossiers_judged import IN_TIME, JUDGED, LATE_766_ALONE
from streams.indicators.terms import Indicator

ON_TIME_766 = Indicator(
    name="dossiers.on_time_766",
    title_vi="Hồ sơ đúng hạn theo Quyết định 766",
    title_en="Dossiers on time as in Decision 766",
    definition="as dossiers.on_time; more than one request is overdue, and status 5 alone stops the clock",
    definition_vi="như dossiers.on_time; yêu cầu bổ sung quá một lần là quá hạn, chỉ trạng thái 5 dừng tính thời gian",
    source="DOMAIN §1.2; QĐ 766/QĐ-TTg, read in a transcript",
    numerator=(*IN_TIME, *LATE_766_ALONE),
    denominator=JUDGED,
)
