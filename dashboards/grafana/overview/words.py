"""Words that several panels share."""

from dashboards.grafana.language import Text
from streams.flows import UNASSIGNED
from streams.indicators.registry import INDICATORS

INDICATOR_NAMES = tuple((name, Text(found.title_vi, found.title_en)) for name, found in INDICATORS.items())

STREAM_NAMES = (
    ("reports", Text("Phản ánh hiện trường", "Field reports")),
    ("dossiers", Text("Hồ sơ", "Dossiers")),
    ("health", Text("Tín hiệu hệ thống", "Health pings")),
)

UNASSIGNED_NAME = (UNASSIGNED, Text("Chưa phân công", "Unassigned"))

DASH = Text("–", "–")
