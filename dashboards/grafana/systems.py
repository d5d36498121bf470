"""System health: every watched system, what it is now and was, under what it stands on."""

from dashboards.grafana.board import Board
from dashboards.grafana.colours import BAD, GOOD, SERIES, WARNING, Thresholds
from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.shared import TOP
from dashboards.grafana.words import DASH, STATE_COLOURS, STATE_NAMES

_SUMMARY = Panel(
    kind="stat",
    title=Text("Trạng thái các hệ thống", "States of systems"),
    description=Text(
        "Mọi hệ thống trong danh mục. Suy giảm gồm cả chậm tín hiệu; không tới được: hệ thống cha đang ngừng.",
        "Every system of the catalogue. Degraded with late; unreachable: what it stands on is down.",
    ),
    query="summary",
    columns=(
        Column("up", Text("Hoạt động", "Up"), unit="locale"),
        Column("degraded", Text("Suy giảm", "Degraded"), unit="locale", thresholds=Thresholds(GOOD, ((1, WARNING),))),
        Column("down", Text("Ngừng", "Down"), unit="locale", thresholds=Thresholds(GOOD, ((1, BAD),))),
        Column("unreachable", Text("Không tới được", "Unreachable"), unit="locale"),
        Column("maintenance", Text("Bảo trì", "Maintenance"), unit="locale"),
        Column("unknown", Text("Không rõ", "Unknown"), unit="locale"),
    ),
    grid=Grid(0, 3, 24, 4),
    unit="locale",
)

_SYSTEMS = Panel(
    kind="table",
    title=Text("Từng hệ thống", "Every system"),
    description=Text(
        "Dưới hệ thống mà nó dựa vào (↳). Hoạt động trong 24 giờ, 7 và 30 ngày vừa qua, tính đến lúc này: N/A khi quan"
        " sát được dưới 90 %; quan sát: phần thời gian quan sát được của mỗi kỳ ấy. Thời gian: giờ:phút:giây. Độ trễ:"
        " mili giây, lần đo cuối.",
        "Each under what it stands on (↳). Uptime of the last 24 hours, 7 and 30 days up to now: N/A where less than"
        " 90 % was observed; observed: how much of each of these was. Times: hours:minutes:seconds. Latency:"
        " milliseconds, as last measured.",
    ),
    query="systems",
    columns=(
        Column("system", Text("Hệ thống", "System")),
        Column("state", Text("Trạng thái", "State"), names=STATE_NAMES, colours=STATE_COLOURS, width=150),
        Column("since", Text("Đã được", "For"), unit="dthms", empty=DASH, width=110),
        Column("day", Text("24 giờ qua", "24 hours"), percent=True, empty=DASH, width=100),
        Column("week", Text("7 ngày qua", "7 days"), percent=True, empty=DASH, width=100),
        Column("month", Text("30 ngày qua", "30 days"), percent=True, empty=DASH, width=110),
        Column("coverage", Text("Quan sát 24 giờ · 7 · 30 ngày", "Observed 24 h · 7 · 30 d"), empty=DASH, width=190),
        Column("heartbeat", Text("Tín hiệu cách đây", "Heartbeat"), unit="dthms", empty=DASH, width=150),
        Column("latency", Text("Độ trễ (ms)", "Latency (ms)"), unit="locale", empty=DASH, width=90),
        Column(
            "cert_days",
            Text("Chứng thư còn (ngày)", "Certificate days"),
            unit="locale",
            empty=DASH,
            thresholds=Thresholds(BAD, ((7, WARNING), (30, GOOD))),
            width=170,
        ),
        Column("queue_length", Text("Hàng đợi", "Queue"), unit="locale", empty=DASH, width=100),
    ),
    grid=Grid(0, 7, 24, 40),
)

_TIMELINE = Panel(
    kind="state-timeline",
    title=Text("Diễn biến trạng thái", "States over time"),
    description=Text(
        "Mỗi hệ thống theo kiểm tra xấu nhất của nó, nhóm theo hệ thống cha. Thiếu tín hiệu: trễ một tín hiệu, chưa"
        " chắc đã"
        " ngừng.",
        "Each system as bad as its worst check, under what it stands on. Silent: a ping was missed, which alone does"
        " not"
        " mean down.",
    ),
    query="timeline",
    columns=(),
    grid=Grid(0, 47, 24, 28),
    interval="2m",
    names=tuple(
        (str(place), dict(STATE_NAMES)[state])
        for place, state in enumerate(("up", "degraded", "silent", "maintenance", "down"), 1)
    ),
    colours=tuple(
        (str(place), dict(STATE_COLOURS)[state])
        for place, state in enumerate(("up", "degraded", "silent", "maintenance", "down"), 1)
    ),
)

_CERTIFICATES = Panel(
    kind="barchart",
    title=Text("Chứng thư sắp hết hạn", "Certificates by days left"),
    description=Text("Số ngày còn lại, ít nhất trước.", "Days left, the fewest first."),
    query="certificates",
    columns=(
        Column("system", Text("Hệ thống", "System")),
        Column("cert_days", Text("Ngày còn lại", "Days left"), unit="locale", colour=SERIES[0]),
    ),
    grid=Grid(0, 75, 8, 10),
    unit="locale",
)

_QUEUES = Panel(
    kind="barchart",
    title=Text("Hàng đợi dài nhất", "Longest queues"),
    description=Text("Số phần tử chờ, theo tín hiệu cuối.", "What waits, as of the last ping."),
    query="queues",
    columns=(
        Column("system", Text("Hệ thống", "System")),
        Column("queue_length", Text("Hàng đợi", "Queue"), unit="locale", colour=SERIES[1]),
    ),
    grid=Grid(8, 75, 8, 10),
    unit="locale",
)

_PROBES = Panel(
    kind="table",
    title=Text("Điểm đo im lặng", "Silent probes"),
    description=Text(
        "Điểm đo mà mọi kiểm tra cùng im lặng: lỗi của điểm đo, không phải của các hệ thống.",
        "Probes all of whose checks are silent together: a fault of the probe, not of the systems.",
    ),
    query="probes",
    columns=(
        Column("probe", Text("Điểm đo", "Probe")),
        Column("since", Text("Đã được", "For"), unit="dthms", width=120),
        Column("reason", Text("Lý do", "Reason")),
    ),
    grid=Grid(16, 75, 8, 10),
    no_data=Text("Không có điểm đo nào im lặng", "No probe is silent"),
)

SYSTEMS = Board(
    name="systems",
    title=Text("Sức khỏe hệ thống", "System health"),
    description=Text(
        "Mọi hệ thống được theo dõi: trạng thái, tỷ lệ hoạt động, tín hiệu, chứng thư, hàng đợi.",
        "Every watched system: state, uptime, heartbeat, certificates, queues.",
    ),
    sql="systems.sql",
    variables=(),
    panels=(*TOP, _SUMMARY, _SYSTEMS, _TIMELINE, _CERTIFICATES, _QUEUES, _PROBES),
    since="now-6h",
)
