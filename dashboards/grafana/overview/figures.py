"""The six indicators: one number each, then what each number is made of."""

from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.shared import tile
from dashboards.grafana.words import DASH, INDICATOR_NAMES, UNASSIGNED_NAME
from streams.indicators.registry import HEADLINES

_MEANINGS = {
    "reports.received": Text(
        "Số phản ánh khác nhau người dân gửi trong kỳ.", "Distinct field reports submitted in the period."
    ),
    "reports.processed": Text(
        "Đã xử lý ÷ thuộc thẩm quyền (tiếp nhận trừ từ chối, trùng và hủy), trong số phản ánh nhận trong kỳ.",
        "Resolved ÷ within authority (received less rejected, duplicate, cancelled), of those received in the period.",
    ),
    "dossiers.received": Text(
        "Số hồ sơ có ngày tiếp nhận trong kỳ.", "Dossiers whose date of receipt lies in the period."
    ),
    "dossiers.on_time": Text(
        "(Xong đúng hạn + đang giải quyết chưa quá hạn) ÷ (xong trong kỳ + đang giải quyết cuối kỳ).",
        "(Finished on time + in work and not overdue) ÷ (finished in the period + in work at its end).",
    ),
    "dossiers.online_eligible": Text(
        "Nộp trực tuyến ÷ tiếp nhận, trong số thủ tục có cung cấp trực tuyến (một phần và toàn trình).",
        "Filed online ÷ received, among procedures offered online (in part or in full).",
    ),
    "health.uptime": Text(
        "Thời gian hoạt động ÷ (hoạt động + ngừng) trong thời gian quan sát được, không tính bảo trì, của mọi hệ thống;"
        " N/A khi quan sát được dưới 90 % kỳ. Không theo cơ quan.",
        "Time up ÷ (up + down) within the time observed, maintenance left out, of all systems; N/A where less than 90 %"
        " of the period was observed. Not by agency.",
    ),
}


_PARTS = (
    Column("shown", Text("Giá trị", "Value"), percent=True, empty=DASH),
    Column("numerator", Text("Tử số", "Numerator"), unit="locale"),
    Column("denominator", Text("Mẫu số", "Denominator"), unit="locale", empty=DASH),
)

_TABLE = Panel(
    kind="table",
    title=Text("Chỉ tiêu của kỳ", "Indicators of the period"),
    description=Text(
        "Mỗi chỉ tiêu với tử số và mẫu số; số đếm có đơn vị và không có mẫu số. Hệ thống hoạt động tính bằng giây.",
        "Each indicator with numerator and denominator; a count has a unit instead. System uptime counts seconds.",
    ),
    query="figures",
    columns=(Column("indicator", Text("Chỉ tiêu", "Indicator"), names=INDICATOR_NAMES), *_PARTS),
    grid=Grid(0, 17, 12, 8),
    unit="locale",
)

_BY_DAY = Panel(
    kind="table",
    title=Text("Chỉ tiêu theo ngày và cơ quan", "Indicator by day and agency"),
    description=Text(
        "Chỉ tiêu đã chọn ở đầu bảng, mỗi ngày như cuối ngày ấy, hôm nay như lúc này; 14 ngày mới nhất của kỳ."
        " Hệ thống hoạt động: theo hệ thống, tính bằng giây.",
        "The indicator chosen at the top, each day as at its end, today as it stands now; the newest 14 days of the"
        " period. System uptime: by system, in seconds.",
    ),
    query="by_day",
    columns=(
        Column("day", Text("Ngày", "Day"), width=110),
        Column("who", Text("Cơ quan / hệ thống", "Agency / system"), names=(UNASSIGNED_NAME,)),
        *_PARTS,
    ),
    grid=Grid(0, 25, 12, 10),
    unit="locale",
)

FIGURES = (
    *(tile(name, _MEANINGS[name], Grid(4 * place, 12, 4, 5)) for place, name in enumerate(HEADLINES)),
    _TABLE,
    _BY_DAY,
)
