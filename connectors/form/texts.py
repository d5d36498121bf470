"""What the form says, in Vietnamese and English, with the indicator behind each column."""

from collections.abc import Callable
from typing import NamedTuple

from streams.form import Row
from streams.words import Words


class Heading(NamedTuple):
    """A column: `number` as the form counts, `formula` over other columns, `drill` the `nhip kpi` name behind it."""

    number: int
    group: Words
    title: Words
    value: Callable[[Row], int]
    drill: str | None = None
    formula: str = ""


_CAME = Words("Số hồ sơ phải giải quyết", "To be settled")
_SETTLED = Words("Đã giải quyết", "Settled")
_BEING = Words("Đang giải quyết", "Being settled")

HEADINGS = (
    Heading(3, _CAME, Words("Tổng số", "Total"), lambda row: row.total, None, "(4)+(5)+(6)+(7)"),
    Heading(4, _CAME, Words("Kỳ trước chuyển qua", "Carried over"), lambda r: r.carried_over, "dossiers.carried_over"),
    Heading(5, _CAME, Words("Trực tuyến", "Online"), lambda row: row.online, "dossiers.online"),
    Heading(6, _CAME, Words("Trực tiếp, bưu chính", "Counter, post"), lambda row: row.direct, "dossiers.received"),
    Heading(7, _CAME, Words("Điều chuyển đến (+), đi (−)", "Moved in (+), out (−)"), lambda row: row.moved),
    Heading(8, _SETTLED, Words("Tổng số", "Total"), lambda r: r.settled, "dossiers.finished", "(9)+(10)+(11)"),
    Heading(9, _SETTLED, Words("Trước hạn", "Early"), lambda row: row.early, "dossiers.finished_early"),
    Heading(10, _SETTLED, Words("Đúng hạn", "On time"), lambda row: row.on_time, "dossiers.finished_on_time"),
    Heading(11, _SETTLED, Words("Quá hạn", "Late"), lambda row: row.late, "dossiers.finished_late"),
    Heading(12, _BEING, Words("Tổng số", "Total"), lambda r: r.being_settled, "dossiers.stock", "(13)+(14)"),
    Heading(13, _BEING, Words("Trong hạn", "In time"), lambda row: row.in_time, "dossiers.stock"),
    Heading(14, _BEING, Words("Quá hạn", "Overdue"), lambda row: row.overdue, "dossiers.overdue"),
)

TITLE = Words(
    "BÁO CÁO TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "REPORT ON THE SETTLEMENT OF ADMINISTRATIVE PROCEDURES"
)
PERIOD = Words("Kỳ báo cáo", "Period")
AS_OF = Words("Số liệu tại", "Figures as of")
STATE = Words("Trạng thái", "State")
STATES = {
    "draft": Words("dự thảo", "draft"),
    "closed": Words("đã chốt", "closed"),
    "signed": Words("đã ký", "signed"),
}
BY = Words("bởi", "by")
FIELD = Words("Lĩnh vực", "Field")
AGENCY = Words("Đơn vị", "Agency")
SUM = Words("Cộng", "Sum")
GRAND_SUM = Words("TỔNG CỘNG", "GRAND TOTAL")
DRAWN_UP = Words("NGƯỜI LẬP BIỂU", "DRAWN UP BY")
HEAD = Words("THỦ TRƯỞNG ĐƠN VỊ", "HEAD OF THE AGENCY")
SOURCE = Words("Nguồn số liệu", "Where each figure comes from")
CHANGED = Words("Điều chỉnh số liệu sau khi chốt", "Restatements after closing")
CLOSED_FIGURE = Words("Số đã chốt", "As closed")
FIGURE_NOW = Words("Số hiện nay", "Now")
COLUMN = Words("Cột", "Column")
CAUSE = Words("Nguyên nhân", "Cause")
SUBJECT = Words("Hồ sơ", "Dossier")
DAY = Words("Ngày", "Day")
MEASURE = Words("Chỉ số", "Measure")
RECORDED = Words("Ghi nhận lúc", "Recorded at")
BALANCE = Words(
    "Hai vế bằng nhau ở mỗi dòng: (3) = (8) + (12).", "Both sides are equal in every row: (3) = (8) + (12)."
)
