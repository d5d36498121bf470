"""The systems of the province, the worst first."""

from dashboards.grafana.colours import BAD, GOOD, WARNING, Thresholds
from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.words import DASH

_UPTIME = Panel(
    kind="table",
    title=Text("Tỷ lệ hoạt động của từng hệ thống", "Uptime by system"),
    description=Text(
        "Kém nhất trước. Thanh đầy là 100 %; xanh từ 99 %, cam từ 95 %, đỏ cam thấp hơn. N/A khi quan sát được dưới"
        " 90 % kỳ, xếp cuối. Ngừng: giờ:phút:giây, không tính bảo trì.",
        "The worst first. A full bar is 100 %; blue from 99 %, orange from 95 %, vermilion below. N/A, at the end,"
        " where less than 90 % of the period was observed. Down: hours:minutes:seconds, maintenance left out.",
    ),
    query="uptime",
    columns=(
        Column("system", Text("Hệ thống", "System"), link="systems"),
        Column("shown", Text("Hoạt động", "Up"), percent=True, width=100),
        Column(
            "percent",
            Text("Mức", "Level"),
            unit="percent",
            thresholds=Thresholds(BAD, ((95, WARNING), (99, GOOD))),
            empty=DASH,
            bar=True,
        ),
        Column("down_s", Text("Ngừng", "Down"), unit="dthms", width=110),
        Column("coverage", Text("Quan sát được", "Observed"), unit="percent", empty=DASH, width=130),
    ),
    grid=Grid(12, 25, 12, 10),
)

SYSTEMS = (_UPTIME,)
