"""Words that several panels share."""

from dashboards.grafana import language
from dashboards.grafana.colours import BAD, GOOD, WARNING
from dashboards.grafana.language import Text
from streams.flows import UNASSIGNED
from streams.indicators.registry import HEADLINES, INDICATORS

INDICATOR_NAMES = tuple((name, Text(INDICATORS[name].title_vi, INDICATORS[name].title_en)) for name in HEADLINES)

STREAM_NAMES = (
    ("reports", Text("Phản ánh hiện trường", "Field reports")),
    ("dossiers", Text("Hồ sơ", "Dossiers")),
    ("health", Text("Tín hiệu hệ thống", "Health pings")),
)

UNASSIGNED_NAME = (UNASSIGNED, language.UNASSIGNED)

DASH = Text("–", "–")

STATE_NAMES = (
    ("down", Text("Ngừng", "Down")),
    ("unreachable", Text("Không tới được", "Unreachable")),
    ("late", Text("Chậm tín hiệu", "Late")),
    ("silent", Text("Thiếu tín hiệu", "Silent")),
    ("unknown", Text("Không rõ", "Unknown")),
    ("degraded", Text("Suy giảm", "Degraded")),
    ("maintenance", Text("Bảo trì", "Maintenance")),
    ("paused", Text("Tạm dừng theo dõi", "Paused")),
    ("new", Text("Chưa có tín hiệu", "Not heard yet")),
    ("up", Text("Hoạt động", "Up")),
)
"""Of systems, the worst first."""

STATE_COLOURS = (
    ("down", BAD),
    ("unreachable", "#CC79A7"),
    ("late", WARNING),
    ("silent", "#999999"),
    ("unknown", "#999999"),
    ("degraded", WARNING),
    ("maintenance", "#0072B2"),
    ("paused", "#999999"),
    ("new", "#999999"),
    ("up", GOOD),
)

REPORT_STATE_NAMES = (
    ("new", Text("Mới gửi", "New")),
    ("accepted", Text("Đã tiếp nhận", "Accepted")),
    ("verifying", Text("Đang xác minh", "Verifying")),
    ("dispatched", Text("Đã chuyển xử lý", "Dispatched")),
    ("in_progress", Text("Đang xử lý", "In progress")),
    ("waiting_info", Text("Chờ bổ sung", "Waiting for information")),
    ("returned", Text("Đơn vị trả lại", "Handed back")),
    ("reopened", Text("Mở lại", "Reopened")),
)
"""Of open reports."""
