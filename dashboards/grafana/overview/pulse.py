"""Whether anything stands still."""

from dashboards.grafana.colours import BAD, GOOD, Thresholds
from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.shared import STREAMS, TOP

_PAUSED = Panel(
    kind="stat",
    title=Text("Phân vùng tạm dừng", "Paused partitions"),
    description=Text(
        "Số phân vùng không được xử lý cho đến khi người vận hành quyết định. Danh sách ở cuối bảng.",
        "Partitions that are not applied until an operator decides. They are listed at the end of the board.",
    ),
    query="paused_count",
    columns=(Column("paused", Text("Tạm dừng", "Paused"), unit="locale"),),
    grid=Grid(18, 0, 6, 3),
    unit="locale",
    thresholds=Thresholds(GOOD, ((1, BAD),)),
)

PULSE = (*TOP, _PAUSED, STREAMS)
