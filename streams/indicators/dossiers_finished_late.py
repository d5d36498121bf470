"""dossiers.finished_late: hồ sơ giải quyết quá hạn."""

from streams.indicators.terms import Indicator, flow

FINISHED_LATE = Indicator(
    name="dossiers.finished_late",
    title_vi="Giải quyết quá hạn",
    title_en="Settled late",
    definition="settled after their due date, with an apology or without",
    definition_vi="giải quyết xong sau hạn, có hoặc không có phiếu xin lỗi",
    source="DOMAIN §2, the form people sign",
    numerator=(flow("dossiers.finished"), flow("dossiers.finished_on_time", -1)),
    unit="count",
    higher_is_better=False,
)
