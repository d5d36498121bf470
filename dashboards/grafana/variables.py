"""What viewers choose, besides the time."""

from dashboards.grafana.language import Text
from dashboards.grafana.variable import Choice, Several
from dashboards.grafana.words import INDICATOR_NAMES
from streams.indicators.registry import INDICATORS

AGENCY = Several(
    name="agency",
    label=Text("Cơ quan", "Agency"),
    description=Text(
        "Cơ quan được tính vào chỉ tiêu phản ánh và hồ sơ", "Agencies that reports and dossiers count for"
    ),
    query="agencies",
    every=Text("Tất cả", "All"),
)

INDICATOR = Choice(
    name="indicator",
    label=Text("Chỉ tiêu", "Indicator"),
    description=Text("Chỉ tiêu của bảng theo ngày và cơ quan", "Indicator of the table by day and agency"),
    values=tuple(sorted(INDICATOR_NAMES, key=lambda named: named[0] != "dossiers.on_time")),
)

AREA = Several(
    name="area",
    label=Text("Địa bàn", "Area"),
    description=Text(
        "Địa bàn của bản đồ, các biểu đồ và danh sách phản ánh; các ô số và bảng cơ quan tính mọi địa bàn",
        "Area of the map, charts and lists of reports; the tiles and the table of agencies count every area",
    ),
    query="areas",
    every=Text("Tất cả", "All"),
)

LEVEL = Choice(
    name="indicator",
    label=Text("Chỉ tiêu", "Indicator"),
    description=Text("Chỉ tiêu của bảng nhiệt cơ quan × lĩnh vực", "Indicator of the heat map of agency × field"),
    values=tuple(
        (name, Text(INDICATORS[name].title_vi, INDICATORS[name].title_en))
        for name in (
            "dossiers.stock",
            "dossiers.overdue",
            "dossiers.due_soon",
            "dossiers.waiting",
            "dossiers.on_time",
            "dossiers.online",
        )
    ),
)
