"""The pipeline itself: does everything come through, how fast, how fresh, and what was lost or refused."""

from dataclasses import replace

from dashboards.grafana.board import Board
from dashboards.grafana.colours import BAD, GOOD, SERIES, WARNING, Thresholds
from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.overview.refused import DEAD_LETTERS, PAUSED, REASON_NAMES
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.shared import AGE, STREAMS, TOP
from dashboards.grafana.words import DASH, STREAM_NAMES

_TICK = Panel(
    kind="stat",
    title=Text("Bộ phán đoán", "Ticker"),
    description=Text(
        "Lần phán đoán cuối, và luồng tín hiệu được quan sát đến lúc nào, cách đây (giờ:phút:giây).",
        "The last look, and up to when the pings were observed, ago (hours:minutes:seconds).",
    ),
    query="tick",
    columns=(
        Column("ticked", Text("Lần cuối", "Last look"), unit="dthms"),
        Column("observed", Text("Quan sát đến", "Observed to"), unit="dthms"),
    ),
    grid=Grid(18, 0, 6, 3),
    unit="dthms",
    thresholds=Thresholds(GOOD, ((10, WARNING), (60, BAD))),
)

_PARTITIONS = Panel(
    kind="table",
    title=Text("Các phân vùng", "Partitions"),
    description=Text(
        "Từng phân vùng Kafka: vị trí kế tiếp, còn chờ, đã lưu, trùng, bị loại, và bản ghi mới nhất cách đây.",
        "Each partition of Kafka: its next position, lag, stored, duplicates, dead letters, and how old the newest is.",
    ),
    query="partitions",
    columns=(
        Column("stream", Text("Luồng", "Stream"), names=STREAM_NAMES, width=190),
        Column("partition", Text("Phân vùng", "Partition"), width=100),
        Column("next_offset", Text("Vị trí", "Position"), unit="locale"),
        Column("lag", Text("Còn chờ", "Lag"), unit="locale"),
        Column("stored", Text("Đã lưu", "Stored"), unit="locale"),
        Column("duplicates", Text("Trùng lặp", "Duplicates"), unit="locale"),
        Column("dead_letters", Text("Bị loại", "Dead letters"), unit="locale"),
        Column("newest", Text("Mới nhất cách đây", "Newest record"), unit="dthms", empty=DASH, thresholds=AGE),
    ),
    grid=Grid(12, 3, 12, 13),
    unit="locale",
)

_REASONS = Panel(
    kind="table",
    title=Text("Bị loại theo luồng và lý do", "Dead letters by stream and reason"),
    description=Text(
        "Trong kỳ, trừ những bản tin đã bỏ đi. Xử lý: `nhip dead-letters`.",
        "In the period, less those dropped since. To see to them: `nhip dead-letters`.",
    ),
    query="reasons",
    columns=(
        Column("stream", Text("Luồng", "Stream"), names=STREAM_NAMES, width=190),
        Column("reason", Text("Lý do", "Reason"), names=REASON_NAMES),
        Column("letters", Text("Bản tin", "Events"), unit="locale", width=120),
    ),
    grid=Grid(12, 16, 12, 8),
    no_data=Text("Không có bản tin nào bị loại trong kỳ", "No event was refused in the period"),
)

_LOSSES = Panel(
    kind="table",
    title=Text("Bản ghi bị mất", "Losses"),
    description=Text(
        "Bản ghi mà Kafka đã xóa trước khi được đọc; phải gửi lại từ nguồn.",
        "Records that Kafka had deleted before they were read; to be sent again by their source.",
    ),
    query="losses",
    columns=(
        Column("topic", Text("Chủ đề Kafka", "Topic")),
        Column("partition", Text("Phân vùng", "Partition"), width=100),
        Column("records", Text("Số bản ghi", "Records"), unit="locale"),
        Column("recorded_at", Text("Phát hiện lúc", "Found at"), unit="dateTimeAsIso"),
    ),
    grid=Grid(0, 24, 8, 8),
    no_data=Text("Chưa mất bản ghi nào", "No record was ever lost"),
)

_GAPS = Panel(
    kind="table",
    title=Text("Khoảng không quan sát được", "Gaps in observation"),
    description=Text(
        "Lúc luồng tín hiệu không được quan sát trọn vẹn: im lặng khi ấy không có nghĩa là ngừng.",
        "When the pings were not observed as a whole: silence then does not mean down.",
    ),
    query="gaps",
    columns=(
        Column("since", Text("Từ lúc", "From"), unit="dateTimeAsIso"),
        Column("until", Text("Đến lúc", "To"), unit="dateTimeAsIso"),
        Column("seconds", Text("Kéo dài", "Lasted"), unit="dthms"),
    ),
    grid=Grid(8, 24, 8, 8),
    no_data=Text("Kỳ này được quan sát trọn vẹn", "The period was observed as a whole"),
)

_SIZE = Panel(
    kind="barchart",
    title=Text("Dung lượng", "Size"),
    description=Text("Bảng lớn nhất trên đĩa, cả chỉ mục.", "The largest tables on disk, with their indexes."),
    query="size",
    columns=(
        Column("table", Text("Bảng dữ liệu", "Table")),
        Column("bytes", Text("Dung lượng", "Size"), unit="decbytes", colour=SERIES[1]),
    ),
    grid=Grid(16, 24, 8, 8),
    unit="decbytes",
)

PIPELINE = Board(
    name="pipeline",
    title=Text("Đường ống dữ liệu", "Pipeline"),
    description=Text(
        "Tốc độ, còn chờ, độ mới của dữ liệu, bản tin bị loại, khoảng trống, bản ghi bị mất, dung lượng.",
        "Rate, lag, freshness, dead letters, gaps, losses, size.",
    ),
    sql="pipeline.sql",
    variables=(),
    panels=(
        *TOP,
        _TICK,
        replace(STREAMS, grid=Grid(0, 3, 12, 13)),
        _PARTITIONS,
        replace(DEAD_LETTERS, grid=Grid(0, 16, 12, 8)),
        _REASONS,
        _LOSSES,
        _GAPS,
        _SIZE,
        replace(PAUSED, grid=Grid(0, 32, 24, 6)),
    ),
)
