"""Directives that are followed now: the same list on the boards from whose overdue work they come (DOMAIN §6)."""

from dashboards.grafana.colours import BAD, GOOD, WARNING
from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.panel import Grid, Panel

_STATES = (
    ("late", Text("Quá hạn trả lời", "Overdue")),
    ("sent", Text("Đã gửi", "Sent")),
    ("acknowledged", Text("Đã nhận", "Acknowledged")),
    ("done", Text("Đã trả lời", "Answered")),
)
_COLOURS = (("late", BAD), ("sent", WARNING), ("done", GOOD))


def directives(grid: Grid) -> Panel:
    """The open ones, the most pressing first."""
    return Panel(
        kind="table",
        title=Text("Chỉ đạo đang theo dõi", "Directives followed now"),
        description=Text(
            "Của các cơ quan đã chọn, chưa đóng, hạn gần nhất trước, tối đa 50. Gửi, trả lời, đóng: trang Chỉ đạo sau"
            " khi đăng nhập.",
            "Of the agencies chosen, not closed, the nearest due date first, 50 at most. To send, answer or close: the"
            " page Directives.",
        ),
        query="directives",
        columns=(
            Column("number", Text("Số", "No."), width=70),
            Column("agency", Text("Cơ quan", "Agency")),
            Column("kind", Text("Về", "About"), names=_KINDS, width=110),
            Column("text", Text("Nội dung", "What")),
            Column("due_at", Text("Hạn", "Due"), unit="dateTimeAsIso", width=180),
            Column("state", Text("Trạng thái", "State"), names=_STATES, colours=_COLOURS, width=150),
        ),
        grid=grid,
        no_data=Text("Không có chỉ đạo nào đang mở", "No directive is open"),
    )


_KINDS = (("dossiers", Text("Hồ sơ", "Dossiers")), ("reports", Text("Phản ánh", "Reports")))
