"""The first board: is everything coming in, what do the six indicators say, what was refused."""

from dashboards.grafana.board import Board
from dashboards.grafana.directives import directives
from dashboards.grafana.language import Text
from dashboards.grafana.overview.figures import FIGURES
from dashboards.grafana.overview.pulse import PULSE
from dashboards.grafana.overview.refused import REFUSED
from dashboards.grafana.overview.systems import SYSTEMS
from dashboards.grafana.overview.to_do import ON_DUTY, TO_DO
from dashboards.grafana.panel import Grid
from dashboards.grafana.variables import AGENCY, INDICATOR

OVERVIEW = Board(
    name="overview",
    title=Text("Tổng quan", "Overview"),
    description=Text(
        "Năm việc cần làm ngay, sáu chỉ tiêu của kỳ, nhịp của ba luồng dữ liệu, các hệ thống và những bản tin bị loại."
        " Kỳ là những ngày trọn"
        " (giờ Việt Nam) mà khoảng thời gian đã chọn chạm tới.",
        "Five things to do now, six indicators of the period, the pulse of three streams, the systems, and what was"
        " refused. The period is the"
        " whole days (Vietnam time) that the chosen range of time touches.",
    ),
    sql="overview.sql",
    variables=(AGENCY, INDICATOR),
    panels=(*PULSE, TO_DO, ON_DUTY, *FIGURES, *SYSTEMS, *REFUSED, directives(Grid(0, 43, 24, 6))),
)

__all__ = ["OVERVIEW"]
