"""Alerts: what fires, who has taken it, how long that takes, and what was done."""

from dashboards.grafana.board import Board
from dashboards.grafana.colours import BAD, GOOD, WARNING, Thresholds
from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.shared import SOME, TOP
from dashboards.grafana.words import DASH

_SEVERITIES = (
    ("critical", Text("Nghiêm trọng", "Critical")),
    ("warning", Text("Cảnh báo", "Warning")),
    ("info", Text("Thông tin", "Information")),
)
_SEVERITY_COLOURS = (("critical", BAD), ("warning", WARNING), ("info", GOOD))
_SEVERITY = Column("severity", Text("Mức độ", "Severity"), names=_SEVERITIES, colours=_SEVERITY_COLOURS, width=140)
_ABOUT = Column("about", Text("Về", "About"), empty=DASH)
_REASON = Column("reason", Text("Lý do", "Reason"))
_RULE = Column("rule", Text("Quy tắc", "Rule"), width=190)

_STANDING = Panel(
    kind="stat",
    title=Text("Cảnh báo lúc này", "Alerts now"),
    description=Text(
        "Đang báo mà chưa ai nhận, đã có người nhận xử lý, và tạm tắt: hệ thống cha ngừng, bảo trì, hoặc người trực"
        " tắt.",
        "Firing and taken by nobody, acknowledged, and suppressed: the parent is down, maintenance, or silenced.",
    ),
    query="standing",
    columns=(
        Column("critical", Text("Nghiêm trọng", "Critical"), unit="locale", thresholds=Thresholds(GOOD, ((1, BAD),))),
        Column("firing", Text("Cảnh báo", "Warnings"), unit="locale", thresholds=SOME),
        Column("acknowledged", Text("Đã nhận xử lý", "Acknowledged"), unit="locale"),
        Column("suppressed", Text("Tạm tắt", "Suppressed"), unit="locale"),
    ),
    grid=Grid(0, 3, 24, 4),
    unit="locale",
)

_OPEN = Panel(
    kind="table",
    title=Text("Cảnh báo đang mở", "Open alerts"),
    description=Text(
        "Chưa ai nhận trước, nặng nhất trước, tối đa 50. Thời gian: giờ:phút:giây. Nhận, tắt, đóng: `nhip alerts`.",
        "Taken by nobody first, then the most severe, 50 at most. Times: hours:minutes:seconds. To act: `nhip alerts`.",
    ),
    query="open",
    columns=(
        _SEVERITY,
        Column(
            "state",
            Text("Trạng thái", "State"),
            names=(
                ("firing", Text("Đang báo", "Firing")),
                ("acknowledged", Text("Đã nhận xử lý", "Acknowledged")),
                ("suppressed", Text("Tạm tắt", "Suppressed")),
            ),
            width=140,
        ),
        _ABOUT,
        _REASON,
        _RULE,
        Column("age", Text("Đã bao lâu", "For how long"), unit="dthms", empty=DASH, width=140),
        Column("acknowledged_by", Text("Người nhận", "Taken by"), empty=DASH, width=150),
        Column("taken", Text("Nhận cách đây", "Taken ago"), unit="dthms", empty=DASH, width=140),
        Column("relapses", Text("Tái diễn", "Relapses"), unit="locale", width=100),
    ),
    grid=Grid(0, 7, 24, 12),
    no_data=Text("Không có cảnh báo nào đang mở", "No alert is open"),
)

_BY_RULE = Panel(
    kind="table",
    title=Text("Theo quy tắc", "By rule"),
    description=Text(
        "Trong kỳ: số lần báo, thời gian trung bình đến khi có người nhận và đến khi hết, số lần mở lại.",
        "In the period: how often it fired, the mean time to acknowledge and to resolve, and how often it was"
        " reopened.",
    ),
    query="by_rule",
    columns=(
        _RULE,
        Column("fired", Text("Số lần báo", "Fired"), unit="locale", width=110),
        Column("to_take", Text("Đến khi nhận", "To acknowledge"), unit="dthms", empty=DASH, width=150),
        Column("to_resolve", Text("Đến khi hết", "To resolve"), unit="dthms", empty=DASH, width=130),
        Column("reopened", Text("Mở lại", "Reopened"), unit="locale", width=100),
    ),
    grid=Grid(0, 19, 10, 14),
    no_data=Text("Không có cảnh báo nào trong kỳ", "No alert in the period"),
)

_STEPS = Panel(
    kind="table",
    title=Text("Nhật ký cảnh báo", "What was done"),
    description=Text(
        "50 bước mới nhất trong kỳ, và ai đã làm.", "The newest 50 steps of the period, and who did them."
    ),
    query="steps",
    columns=(
        Column("at", Text("Lúc", "At"), unit="dateTimeAsIso", width=180),
        Column(
            "step",
            Text("Bước", "Step"),
            names=(
                ("fired", Text("Bắt đầu báo", "Fired")),
                ("reopened", Text("Mở lại", "Reopened")),
                ("acknowledged", Text("Đã nhận", "Acknowledged")),
                ("silenced", Text("Tắt báo", "Silenced")),
                ("commented", Text("Nhận xét", "Comment")),
                ("suppressed", Text("Tạm tắt", "Suppressed")),
                ("unsuppressed", Text("Báo lại", "No longer suppressed")),
                ("worse", Text("Nặng hơn", "Worse")),
                ("resolved", Text("Đã hết", "Resolved")),
                ("passed", Text("Tự hết", "Passed")),
            ),
            width=130,
        ),
        _SEVERITY,
        _ABOUT,
        _REASON,
        Column("who", Text("Người làm", "Who"), empty=DASH, width=130),
        Column("note", Text("Ghi chú", "Note"), empty=DASH),
    ),
    grid=Grid(10, 19, 14, 14),
    no_data=Text("Không có gì trong kỳ", "Nothing in the period"),
)

ALERTS = Board(
    name="alerts",
    title=Text("Cảnh báo và trực ban", "Alerts"),
    description=Text(
        "Cảnh báo đang mở, ai đã nhận, mất bao lâu, và nhật ký.",
        "Open alerts, who has taken them, how long it takes, and what was done.",
    ),
    sql="alerts.sql",
    variables=(),
    panels=(*TOP, _STANDING, _OPEN, _BY_RULE, _STEPS),
)
