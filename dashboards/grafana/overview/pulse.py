"""The pulse: as of when, how old the data is, what has come in, and whether anything stands still."""

from dashboards.grafana.colours import BAD, GOOD, WARNING, Thresholds
from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.overview.words import STREAM_NAMES
from dashboards.grafana.panel import Grid, Panel

AGE = Thresholds(GOOD, ((60, WARNING), (300, BAD)))
"""A worker polls every second; one that stands still for 60 s ends itself (DESIGN, watchdog)."""

_AS_OF = Panel(
    kind="stat",
    title=Text("Số liệu tính đến", "Figures as of"),
    description=Text(
        "Lúc cơ sở dữ liệu trả lời, giờ Việt Nam. Nếu giờ này không đổi, bảng không còn được cập nhật.",
        "When the database answered, Vietnam time. If it stands still, the board is no longer updated.",
    ),
    query="as_of",
    columns=(Column("as_of", Text("Tính đến", "As of")),),
    grid=Grid(0, 0, 6, 3),
)

_DATA_AGE = Panel(
    kind="stat",
    title=Text("Cập nhật cách đây", "Data age"),
    description=Text(
        "Từ lúc mỗi luồng được biết chắc là đầy đủ đến nay (giờ:phút:giây): mọi bản tin đến trước lúc ấy đã được tính."
        " Từ 1 phút màu cam, từ 5 phút màu đỏ cam.",
        "Time since each stream was known to be complete (hours:minutes:seconds): every event that came before is"
        " counted. Orange from 1 minute, vermilion from 5 minutes.",
    ),
    query="data_age",
    columns=tuple(Column(name, text, unit="dthms") for name, text in STREAM_NAMES),
    grid=Grid(6, 0, 12, 3),
    unit="dthms",
    thresholds=AGE,
)

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

_STREAMS = Panel(
    kind="table",
    title=Text("Các luồng dữ liệu", "Streams"),
    description=Text(
        "Từ trước đến nay: đã lưu, trùng lặp, bị loại. Mỗi phút: số bản ghi đọc được, trung bình từ khi mở cửa sổ đếm"
        " hiện tại (nhiều nhất mười phút khi có bản tin). Còn chờ: bản ghi ở Kafka chưa xử lý, theo lần đọc cuối.",
        "Since the beginning: stored, duplicates, refused. A minute: records read, the mean since the current window of"
        " counting opened (ten minutes at most while events come). Lag: records in Kafka not applied yet, as of the"
        " last fetch.",
    ),
    query="streams",
    columns=(
        Column("stream", Text("Luồng", "Stream"), names=STREAM_NAMES),
        Column("stored", Text("Đã lưu", "Stored"), unit="locale"),
        Column("per_minute", Text("Mỗi phút", "A minute"), unit="locale"),
        Column("lag", Text("Còn chờ", "Lag"), unit="locale"),
        Column("duplicates", Text("Trùng lặp", "Duplicates"), unit="locale"),
        Column("dead_letters", Text("Bị loại", "Dead letters"), unit="locale"),
        Column("age", Text("Cập nhật cách đây", "Data age"), unit="dthms", thresholds=AGE),
    ),
    grid=Grid(12, 8, 12, 8),
    unit="locale",
)

PULSE = (_AS_OF, _DATA_AGE, _PAUSED, _STREAMS)
