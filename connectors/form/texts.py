"""What the form says, in Vietnamese and English, with the indicator behind each column."""

from collections.abc import Callable
from typing import NamedTuple

from streams.form import Row


class Texts(NamedTuple):
    """One text in both languages."""

    vi: str
    en: str

    def of(self, language: str) -> str:
        return self.vi if language == "vi" else self.en


class Heading(NamedTuple):
    """A column: `number` as the form counts, `formula` over other columns, `drill` the `nhip kpi` name behind it."""

    number: int
    group: Texts
    title: Texts
    value: Callable[[Row], int]
    drill: str | None = None
    formula: str = ""


_CAME = Texts("Số hồ sơ phải giải quyết", "To be settled")
_SETTLED = Texts("Đã giải quyết", "Settled")
_BEING = Texts("Đang giải quyết", "Being settled")

HEADINGS = (
    Heading(3, _CAME, Texts("Tổng số", "Total"), lambda row: row.total, None, "(4)+(5)+(6)+(7)"),
    Heading(4, _CAME, Texts("Kỳ trước chuyển qua", "Carried over"), lambda r: r.carried_over, "dossiers.carried_over"),
    Heading(5, _CAME, Texts("Trực tuyến", "Online"), lambda row: row.online, "dossiers.online"),
    Heading(6, _CAME, Texts("Trực tiếp, bưu chính", "Counter, post"), lambda row: row.direct, "dossiers.received"),
    Heading(7, _CAME, Texts("Điều chuyển đến (+), đi (−)", "Moved in (+), out (−)"), lambda row: row.moved),
    Heading(8, _SETTLED, Texts("Tổng số", "Total"), lambda r: r.settled, "dossiers.finished", "(9)+(10)+(11)"),
    Heading(9, _SETTLED, Texts("Trước hạn", "Early"), lambda row: row.early, "dossiers.finished_early"),
    Heading(10, _SETTLED, Texts("Đúng hạn", "On time"), lambda row: row.on_time, "dossiers.finished_on_time"),
    Heading(11, _SETTLED, Texts("Quá hạn", "Late"), lambda row: row.late, "dossiers.finished_late"),
    Heading(12, _BEING, Texts("Tổng số", "Total"), lambda r: r.being_settled, "dossiers.stock", "(13)+(14)"),
    Heading(13, _BEING, Texts("Trong hạn", "In time"), lambda row: row.in_time, "dossiers.stock"),
    Heading(14, _BEING, Texts("Quá hạn", "Overdue"), lambda row: row.overdue, "dossiers.overdue"),
)

TITLE = Texts(
    "BÁO CÁO TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "REPORT ON THE SETTLEMENT OF ADMINISTRATIVE PROCEDURES"
)
PERIOD = Texts("Kỳ báo cáo", "Period")
AS_OF = Texts("Số liệu tại", "Figures as of")
STATE = Texts("Trạng thái", "State")
STATES = {
    "draft": Texts("dự thảo", "draft"),
    "closed": Texts("đã chốt", "closed"),
    "signed": Texts("đã ký", "signed"),
}
BY = Texts("bởi", "by")
FIELD = Texts("Lĩnh vực", "Field")
AGENCY = Texts("Đơn vị", "Agency")
SUM = Texts("Cộng", "Sum")
GRAND_SUM = Texts("TỔNG CỘNG", "GRAND TOTAL")
DRAWN_UP = Texts("NGƯỜI LẬP BIỂU", "DRAWN UP BY")
HEAD = Texts("THỦ TRƯỞNG ĐƠN VỊ", "HEAD OF THE AGENCY")
SOURCE = Texts("Nguồn số liệu", "Where each figure comes from")
CHANGED = Texts("Điều chỉnh số liệu sau khi chốt", "Restatements after closing")
CLOSED_FIGURE = Texts("Số đã chốt", "As closed")
FIGURE_NOW = Texts("Số hiện nay", "Now")
COLUMN = Texts("Cột", "Column")
CAUSE = Texts("Nguyên nhân", "Cause")
SUBJECT = Texts("Hồ sơ", "Dossier")
DAY = Texts("Ngày", "Day")
MEASURE = Texts("Chỉ số", "Measure")
RECORDED = Texts("Ghi nhận lúc", "Recorded at")
BALANCE = Texts(
    "Hai vế bằng nhau ở mỗi dòng: (3) = (8) + (12).", "Both sides are equal in every row: (3) = (8) + (12)."
)
