"""What did not come in: dead letters by reason, and partitions that wait for an operator."""

from dashboards.grafana.colours import SERIES
from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.words import STREAM_NAMES
from streams.deadletters import Reason

_REASONS: dict[str, Text] = {
    Reason.INVALID_DATA: Text("Dữ liệu sai", "Invalid data"),
    Reason.CONFLICT: Text("Trùng mã, khác nội dung", "Conflict"),
    Reason.NOT_JSON: Text("Không phải JSON", "Not JSON"),
    Reason.NOT_CLOUDEVENTS: Text("Không phải CloudEvents", "Not CloudEvents"),
    Reason.UNKNOWN_TYPE: Text("Loại không biết", "Unknown type"),
    Reason.OUTSIDE_HORIZON: Text("Ngoài khoảng thời gian nhận", "Outside horizon"),
    Reason.SUBJECT_MISMATCH: Text("Đối tượng không khớp", "Subject mismatch"),
    Reason.TOMBSTONE: Text("Bản ghi rỗng", "Tombstone"),
    Reason.REFUSED_BY_DATABASE: Text("Cơ sở dữ liệu từ chối", "Refused by database"),
    Reason.POISON: Text("Gây lỗi khi xử lý", "Poison"),
    Reason.PRUNED: Text("Trước mốc đã dọn", "Before what was pruned"),
    "other": Text("Lý do khác", "Other"),
}
"""The commonest first: they get colours of their own, the last four share those of the first."""

REASON_NAMES = tuple((str(reason), text) for reason, text in _REASONS.items())

DEAD_LETTERS = Panel(
    kind="timeseries",
    title=Text("Bản tin bị loại theo lý do", "Dead letters by reason"),
    description=Text(
        "Số bản tin không áp dụng được, theo lúc bị loại; kể cả những bản tin sau đó đã gửi lại hoặc bỏ đi.",
        "Events that could not be applied, by when they were refused; those retried or dropped since are included.",
    ),
    query="dead_letters",
    columns=tuple(
        Column(str(reason), text, unit="locale", colour=SERIES[place % len(SERIES)])
        for place, (reason, text) in enumerate(_REASONS.items())
    ),
    grid=Grid(0, 35, 12, 8),
    unit="locale",
    no_data=Text("Không có bản tin nào bị loại trong kỳ", "No event was refused in the period"),
    interval="5m",
)

PAUSED = Panel(
    kind="table",
    title=Text("Các phân vùng tạm dừng", "Partitions that are paused"),
    description=Text(
        "Không được xử lý cho đến khi có lệnh `nhip adopt`; lý do của từng phân vùng: `nhip doctor`. Còn chờ: theo lần"
        " đọc cuối trước khi dừng.",
        "Not applied until somebody says `nhip adopt`; `nhip doctor` tells the reason of each. Lag: as of the last"
        " fetch before the pause.",
    ),
    query="paused",
    columns=(
        Column("stream", Text("Luồng", "Stream"), names=STREAM_NAMES),
        Column("topic", Text("Chủ đề Kafka", "Topic")),
        Column("partition", Text("Phân vùng", "Partition"), width=100),
        Column("paused_at", Text("Dừng lúc", "Paused at"), unit="dateTimeAsIso"),
        Column("next_offset", Text("Vị trí", "Position"), unit="locale"),
        Column("lag", Text("Còn chờ", "Lag"), unit="locale"),
    ),
    grid=Grid(12, 35, 12, 8),
    no_data=Text("Không có phân vùng nào tạm dừng", "No partition is paused"),
)

REFUSED = (DEAD_LETTERS, PAUSED)
