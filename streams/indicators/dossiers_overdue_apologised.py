"""dossiers.overdue_apologised: tỷ lệ hồ sơ quá hạn có xin lỗi."""

from streams.indicators.terms import Indicator, flow, level

OVERDUE_APOLOGISED = Indicator(
    name="dossiers.overdue_apologised",
    title_vi="Quá hạn có xin lỗi",
    title_en="Overdue with an apology",
    definition="with an apology before their end ÷ settled late in the period + unfinished and overdue at its end",
    definition_vi="có phiếu xin lỗi trước khi kết thúc ÷ giải quyết quá hạn trong kỳ + đang quá hạn vào cuối kỳ",
    source="DOMAIN §1.2, §2; Decree 61/2018/NĐ-CP",
    numerator=(flow("dossiers.finished_apologised"), level("dossiers.overdue_apologised")),
    denominator=(flow("dossiers.finished"), flow("dossiers.finished_on_time", -1), level("dossiers.overdue")),
)
