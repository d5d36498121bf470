"""Field reports: what is open and late, where, of which category, and with which agency."""

from dashboards.grafana.board import Board
from dashboards.grafana.colours import BAD, GOOD, SERIES, WARNING, Thresholds
from dashboards.grafana.column import Column
from dashboards.grafana.directives import directives
from dashboards.grafana.language import Text
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.shared import SOME, TOP, tile
from dashboards.grafana.variables import AGENCY, AREA
from dashboards.grafana.words import DASH, REPORT_STATE_NAMES

_TILES = (
    tile("reports.received", Text("Phản ánh gửi đến trong kỳ.", "Reports sent in the period."), Grid(18, 0, 6, 3)),
    tile("reports.open", Text("Chưa xử lý xong lúc này.", "Not settled now."), Grid(0, 3, 4, 4)),
    tile("reports.due_soon", Text("Còn mở, sắp đến hạn.", "Open, and due soon."), Grid(4, 3, 4, 4), SOME),
    tile(
        "reports.overdue",
        Text("Còn mở, đã quá hạn.", "Open, and past the due date."),
        Grid(8, 3, 4, 4),
        Thresholds(GOOD, ((1, BAD),)),
    ),
    tile(
        "reports.on_time",
        Text(
            "(Xử lý đúng hạn + còn mở chưa quá hạn) ÷ thuộc thẩm quyền, của phản ánh nhận trong kỳ.",
            "(Resolved by the due date + open and not overdue) ÷ within authority, of those received in the period.",
        ),
        Grid(12, 3, 6, 4),
    ),
    tile(
        "reports.satisfaction",
        Text(
            "Chấm 4–5 ÷ có chấm điểm, của phản ánh nhận trong kỳ.",
            "Rated 4–5 ÷ rated, of those received in the period.",
        ),
        Grid(18, 3, 6, 4),
    ),
)

_PLACES = Panel(
    kind="geomap",
    title=Text("Bản đồ phản ánh", "Map of reports"),
    description=Text(
        "Nơi xảy ra, của 1000 phản ánh mới nhất trong kỳ: xanh đã xử lý, cam còn mở, đỏ cam quá hạn; càng sáng càng"
        " nhiều. Tên xã, phường đứng giữa địa bàn; bản đồ không có nền.",
        "Where they are, of the newest 1,000 of the period: blue settled, orange open, vermilion overdue; the brighter"
        " the more. Names of communes stand in their middle; the map has no tiles.",
    ),
    query="places",
    columns=(
        Column("report_id", Text("Mã phản ánh", "Report")),
        Column("category", Text("Lĩnh vực phản ánh", "Category")),
        Column("label", Text("Địa bàn", "Area")),
        Column("weight", Text("Số phản ánh", "Reports"), unit="locale"),
        Column("standing", Text("Tình trạng", "Standing"), thresholds=Thresholds(GOOD, ((1, WARNING), (2, BAD)))),
    ),
    grid=Grid(0, 7, 12, 14),
    no_data=Text("Không có phản ánh nào có tọa độ trong kỳ", "No report of the period has coordinates"),
)

_UNCATEGORISED = (("unassigned", Text("Chưa phân loại", "Uncategorised")),)
_NOWHERE = (("unassigned", Text("Không rõ địa bàn", "Area not known")),)

_BY_CATEGORY = Panel(
    kind="barchart",
    title=Text("Nhận theo loại", "Received by category"),
    description=Text("Số phản ánh nhận trong kỳ, 12 loại nhiều nhất.", "Received in the period, the 12 commonest."),
    query="received_by",
    columns=(
        Column("category", Text("Loại phản ánh", "Category"), names=_UNCATEGORISED),
        Column("received", Text("Nhận được", "Received"), unit="locale", colour=SERIES[1]),
    ),
    grid=Grid(12, 7, 6, 14),
    unit="locale",
    fill={"axis": "category"},
)

_BY_AREA = Panel(
    kind="barchart",
    title=Text("Nhận theo địa bàn", "Received by area"),
    description=Text("Số phản ánh nhận trong kỳ, 12 địa bàn nhiều nhất.", "Received in the period, the 12 commonest."),
    query="received_by",
    columns=(
        Column("area", Text("Địa bàn", "Area"), names=_NOWHERE),
        Column("received", Text("Nhận được", "Received"), unit="locale", colour=SERIES[0]),
    ),
    grid=Grid(18, 7, 6, 14),
    unit="locale",
    fill={"axis": "area"},
)

_OVER_TIME = Panel(
    kind="timeseries",
    title=Text("Phản ánh gửi đến theo thời gian", "Reports over time"),
    description=Text("Số phản ánh theo lúc gửi, thường và khẩn.", "Reports by when they were sent, normal and urgent."),
    query="received_over_time",
    columns=(
        Column("normal", Text("Thường", "Normal"), unit="locale", colour=SERIES[1]),
        Column("urgent", Text("Khẩn", "Urgent"), unit="locale", colour=SERIES[5]),
    ),
    grid=Grid(0, 21, 7, 8),
    unit="locale",
    interval="5m",
)

_BY_CHANNEL = Panel(
    kind="pie",
    title=Text("Kênh tiếp nhận", "By channel"),
    description=Text(
        "Phản ánh gửi đến trong kỳ theo kênh. Kênh khác: thư điện tử, và không rõ kênh.",
        "Reports sent in the period, by channel. Others: e-mail, and those of no known channel.",
    ),
    query="by_channel",
    columns=tuple(
        Column(name, title, unit="locale", colour=colour)
        for (name, title), colour in zip(
            (
                ("app", Text("Ứng dụng di động", "Mobile app")),
                ("phone", Text("Điện thoại", "Phone")),
                ("web", Text("Cổng thông tin", "Web site")),
                ("zalo", Text("Kênh Zalo", "Zalo")),
                ("counter", Text("Trực tiếp tại quầy", "Counter")),
                ("other", Text("Kênh khác", "Others")),
            ),
            (SERIES[1], SERIES[0], SERIES[4], SERIES[3], SERIES[6], SERIES[7]),
            strict=True,
        )
    ),
    grid=Grid(7, 21, 5, 8),
    unit="locale",
)

_BY_AGENCY = Panel(
    kind="table",
    title=Text("Theo cơ quan", "By agency"),
    description=Text(
        "Lúc này còn mở, sắp đến hạn, quá hạn; đúng hạn là của phản ánh nhận trong kỳ. Quá hạn nhiều nhất trước.",
        "Open, due soon and overdue now; on time is of the reports received in the period. The most overdue first.",
    ),
    query="by_agency",
    columns=(
        Column("code", Text("Mã cơ quan", "Code"), hidden=True),
        Column("agency", Text("Cơ quan", "Agency"), link="reports"),
        Column("phone", Text("Điện thoại trực", "Duty phone"), empty=DASH, width=150),
        Column("open", Text("Còn mở", "Open"), unit="locale", width=90),
        Column("due_soon", Text("Sắp đến hạn", "Due soon"), unit="locale", width=110),
        Column(
            "overdue", Text("Quá hạn", "Overdue"), unit="locale", width=100, thresholds=Thresholds(GOOD, ((1, BAD),))
        ),
        Column("on_time", Text("Đúng hạn", "On time"), percent=True, width=110),
    ),
    grid=Grid(12, 21, 12, 16),
    unit="locale",
)

_LATE = Panel(
    kind="table",
    title=Text("Phản ánh quá hạn", "Overdue reports"),
    description=Text(
        "Quá hạn lâu nhất trước, tối đa 50. Quá hạn: giờ:phút:giây từ hạn của người dân.",
        "The longest overdue first, 50 at most. Late: hours:minutes:seconds since the citizen's due date.",
    ),
    query="overdue_list",
    columns=(
        Column("report_id", Text("Mã phản ánh", "Report")),
        Column("category", Text("Loại", "Category")),
        Column("state", Text("Trạng thái", "State"), names=REPORT_STATE_NAMES, width=130),
        Column("code", Text("Mã cơ quan", "Code"), hidden=True),
        Column("agency", Text("Cơ quan", "Agency"), link="reports"),
        Column("phone", Text("Điện thoại trực", "Duty phone"), empty=DASH, width=140),
        Column("due_at", Text("Hạn", "Due"), unit="dateTimeAsIso", width=160),
        Column("late", Text("Quá hạn", "Late"), unit="dthms", width=110),
    ),
    grid=Grid(0, 29, 12, 8),
    no_data=Text("Không có phản ánh nào quá hạn", "No report is overdue"),
)

_HOT_SPOTS = Panel(
    kind="table",
    title=Text("Điểm nóng", "Hot spots"),
    description=Text(
        "Nơi nhiều người cùng phản ánh một loại việc trong thời gian ngắn (quy tắc cảnh báo điểm nóng), chưa xong;"
        " trong toàn tỉnh. Nơi: vĩ độ, kinh độ.",
        "Places around which many report the same within a short time (the alert rule of hot spots), not over yet,"
        " in the whole province. Place: latitude, longitude.",
    ),
    query="hot_spots",
    columns=(
        Column("category", Text("Loại phản ánh", "Category")),
        Column("place", Text("Nơi", "Place"), width=130),
        Column("since", Text("Đã được", "For"), unit="dthms", width=110),
        Column("reason", Text("Lý do", "Reason")),
        Column("acknowledged_by", Text("Người nhận xử lý", "Taken by"), empty=DASH, width=170),
    ),
    grid=Grid(0, 37, 24, 6),
    no_data=Text("Không có điểm nóng nào", "There is no hot spot"),
)

REPORTS = Board(
    name="reports",
    title=Text("Phản ánh hiện trường", "Field reports"),
    description=Text(
        "Phản ánh của người dân: còn mở, sắp đến hạn, quá hạn; ở đâu, loại gì, cơ quan nào.",
        "Citizens' reports: open, due soon, overdue; where, of which category, with which agency.",
    ),
    sql="reports.sql",
    variables=(AGENCY, AREA),
    panels=(
        *TOP,
        *_TILES,
        _PLACES,
        _BY_CATEGORY,
        _BY_AREA,
        _OVER_TIME,
        _BY_CHANNEL,
        _BY_AGENCY,
        _LATE,
        _HOT_SPOTS,
        directives(Grid(0, 43, 24, 6)),
    ),
)
