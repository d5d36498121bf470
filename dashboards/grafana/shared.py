"""Panels that several boards have: as of when, how old the data is, one number of an indicator, the streams."""

from dashboards.grafana.colours import BAD, GOOD, NONE, WARNING, Thresholds
from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.words import STREAM_NAMES
from streams.indicators.registry import INDICATORS

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

STREAMS = Panel(
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
    grid=Grid(12, 17, 12, 8),
    unit="locale",
)

TOP = (_AS_OF, _DATA_AGE)
"""The first row of every board, 18 columns wide; the board's own state stands at the end of it."""


def tile(name: str, meaning: Text, grid: Grid, thresholds: Thresholds = NONE) -> Panel:
    """One number: a ratio in percent, a count as it is."""
    one = INDICATORS[name]
    title = Text(one.title_vi, one.title_en)
    if one.denominator is None:
        column = Column("numerator", title, unit="locale")
        return Panel(
            "stat", title, meaning, "count", (column,), grid, "locale", thresholds=thresholds, fill={"indicator": name}
        )
    words = Text(meaning.vi + _HOW.vi, meaning.en + _HOW.en)
    column = Column("shown", title)
    return Panel("stat", title, words, "ratio", (column,), grid, fill={"indicator": name})


SOME = Thresholds(GOOD, ((1, WARNING),))
"""There should be none."""

_HOW = Text(
    " Phần trăm nguyên, cắt bỏ phần lẻ, không làm tròn; hai số lẻ xem ở các bảng số liệu. N/A: không áp dụng vì mẫu số"
    " bằng 0.",
    " Whole percents, the rest is cut off, not rounded; tables have two decimals. N/A: not applicable, the denominator"
    " is 0.",
)
