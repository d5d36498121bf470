"""What a viewer of the overview chooses, besides the time."""

from dashboards.grafana.language import Text
from dashboards.grafana.overview.words import INDICATOR_NAMES, UNASSIGNED_NAME
from dashboards.grafana.variable import Choice, Several

AGENCY = Several(
    name="agency",
    label=Text("Cơ quan", "Agency"),
    description=Text(
        "Cơ quan được tính vào chỉ tiêu phản ánh và hồ sơ", "Agencies that reports and dossiers count for"
    ),
    query="agencies",
    every=Text("Tất cả", "All"),
    fill=(UNASSIGNED_NAME,),
)

INDICATOR = Choice(
    name="indicator",
    label=Text("Chỉ tiêu", "Indicator"),
    description=Text("Chỉ tiêu của bảng theo ngày và cơ quan", "Indicator of the table by day and agency"),
    values=tuple(sorted(INDICATOR_NAMES, key=lambda named: named[0] != "dossiers.on_time")),
)
