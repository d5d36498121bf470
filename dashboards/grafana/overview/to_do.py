"""What to see to first."""

from dashboards.grafana.colours import BAD, WARNING
from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.words import DASH

TO_DO = Panel(
    kind="table",
    title=Text("Năm việc cần làm ngay", "Five things to do now"),
    description=Text(
        "Hệ thống ngừng; phản ánh khẩn chưa xử lý, cơ quan có phản ánh hoặc hồ sơ quá hạn, của các cơ quan đã chọn: mỗi"
        " loại lần lượt, lâu nhất trước. Điện thoại trực theo danh mục; thời gian (giờ:phút:giây) từ khi bắt đầu, với"
        " phản ánh khẩn là từ khi gửi.",
        "Systems down; of the agencies chosen, urgent reports not settled and overdue reports or dossiers: of each kind"
        " in turn, the longest first. Duty phone as in the catalogue; the time (hours:minutes:seconds) since it began,"
        " of an urgent report since it was sent.",
    ),
    query="to_do",
    columns=(
        Column(
            "kind",
            Text("Việc", "What"),
            names=(
                ("system", Text("Hệ thống ngừng", "System down")),
                ("urgent", Text("Phản ánh khẩn", "Urgent report")),
                ("reports", Text("Phản ánh quá hạn", "Reports overdue")),
                ("dossiers", Text("Hồ sơ quá hạn", "Dossiers overdue")),
            ),
            colours=(("system", BAD), ("urgent", BAD), ("reports", WARNING), ("dossiers", WARNING)),
            width=220,
        ),
        Column("what", Text("Hệ thống / phản ánh", "System / report"), empty=DASH),
        Column("agency", Text("Cơ quan", "Agency"), empty=DASH),
        Column("phone", Text("Điện thoại trực", "Duty phone"), empty=DASH, width=180),
        Column("n", Text("Số lượng", "How many"), unit="locale", width=110),
        Column("age", Text("Đã bao lâu", "For how long"), unit="dthms", width=160),
    ),
    grid=Grid(0, 3, 16, 9),
    no_data=Text("Không có việc nào quá hạn, khẩn hoặc ngừng", "Nothing is overdue, urgent or down"),
)

ON_DUTY = Panel(
    kind="table",
    title=Text("Đang trực", "On duty"),
    description=Text(
        "Người đang trực theo lịch luân phiên của danh mục, đến giờ bàn giao.",
        "Who is on duty as the rotation of the catalogue has it, until the hand-over.",
    ),
    query="on_duty",
    columns=(
        Column("shift", Text("Ca trực", "Shift")),
        Column("name", Text("Người trực", "Who")),
        Column("phone", Text("Điện thoại", "Phone"), width=150),
        Column("until", Text("Đến", "Until")),
    ),
    grid=Grid(16, 3, 8, 9),
    no_data=Text("Danh mục không có lịch trực", "The catalogue has no shifts"),
)
