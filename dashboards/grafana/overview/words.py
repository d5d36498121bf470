"""Words that several panels share."""

from dashboards.grafana.language import Text
from streams.flows import UNASSIGNED
from streams.indicators.registry import HEADLINES, INDICATORS

INDICATOR_NAMES = tuple((name, Text(INDICATORS[name].title_vi, INDICATORS[name].title_en)) for name in HEADLINES)

STREAM_NAMES = (
    ("reports", Text("Phản ánh hiện trường", "Field reports")),
    ("dossiers", Text("Hồ sơ", "Dossiers")),
    ("health", Text("Tín hiệu hệ thống", "Health pings")),
)

UNASSIGNED_NAME = (UNASSIGNED, Text("Chưa phân công", "Unassigned"))

DASH = Text("–", "–")
