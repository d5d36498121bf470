"""Dossiers: what is in work, late or soon to be, agency by field."""

from dashboards.grafana.board import Board
from dashboards.grafana.colours import BAD, GOOD, SERIES, Thresholds
from dashboards.grafana.column import Column
from dashboards.grafana.directives import directives
from dashboards.grafana.language import Text
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.shared import SOME, TOP, tile
from dashboards.grafana.variables import AGENCY, LEVEL
from dashboards.grafana.words import DASH

_NONE = Thresholds(GOOD, ((1, BAD),))

_TILES = (
    tile("dossiers.received", Text("Hồ sơ tiếp nhận trong kỳ.", "Dossiers taken in in the period."), Grid(18, 0, 6, 3)),
    tile("dossiers.stock", Text("Hồ sơ đang giải quyết.", "Dossiers in work."), Grid(0, 3, 3, 4)),
    tile("dossiers.due_soon", Text("Đang giải quyết, sắp đến hạn.", "In work, and due soon."), Grid(3, 3, 3, 4), SOME),
    tile("dossiers.overdue", Text("Đang giải quyết, đã quá hạn.", "In work, and overdue."), Grid(6, 3, 3, 4), _NONE),
    tile("dossiers.waiting", Text("Chờ người dân bổ sung.", "Waiting for the citizen."), Grid(9, 3, 3, 4)),
    tile(
        "dossiers.on_time",
        Text(
            "(Xong đúng hạn + đang giải quyết chưa quá hạn) ÷ (xong trong kỳ + đang giải quyết cuối kỳ).",
            "(Finished on time + in work and not overdue) ÷ (finished in the period + in work at its end).",
        ),
        Grid(12, 3, 4, 4),
    ),
    tile(
        "dossiers.online",
        Text("Nộp trực tuyến ÷ tiếp nhận trong kỳ.", "Filed online ÷ received in the period."),
        Grid(16, 3, 4, 4),
    ),
)

_COVERAGE = Panel(
    kind="stat",
    title=Text("Đủ dữ kiện", "Coverage"),
    description=Text(
        "Hồ sơ đang giải quyết có hạn trả, cơ quan và lĩnh vực mà danh mục biết ÷ đang giải quyết. Phần còn lại không"
        " nhắc được và không xếp được vào đâu: xem sự kiện thiếu gì. Phần trăm nguyên, cắt bỏ phần lẻ.",
        "Dossiers in work with a due date, and an agency and a field that the catalogue knows ÷ in work. Nobody can be"
        " reminded of the rest, nor can it be put anywhere. Whole percents, the rest cut off.",
    ),
    query="coverage",
    columns=(Column("coverage", Text("Đủ dữ kiện", "Coverage")),),
    grid=Grid(20, 3, 4, 4),
)

_MATRIX = Panel(
    kind="heat",
    title=Text("Cơ quan × lĩnh vực", "Agency × field"),
    description=Text(
        "Chỉ tiêu đã chọn ở đầu bảng, càng đậm càng nhiều; tỷ lệ tính bằng phần trăm, bỏ phần lẻ. 15 cơ quan đang giải"
        " quyết nhiều hồ sơ nhất.",
        "The indicator chosen at the top, the darker the more; ratios in whole percent, truncated. The 15 agencies with"
        " the most dossiers in work.",
    ),
    query="matrix",
    columns=(
        Column("agency", Text("Cơ quan", "Agency")),
        Column("field", Text("Lĩnh vực", "Field")),
        Column("value", Text("Giá trị", "Value"), unit="locale"),
    ),
    grid=Grid(0, 7, 24, 14),
    unit="locale",
)

_BY_AGENCY = Panel(
    kind="table",
    title=Text("Theo cơ quan", "By agency"),
    description=Text(
        "Lúc này đang giải quyết, sắp đến hạn, quá hạn, chờ bổ sung; đúng hạn và trực tuyến là của kỳ. Quá hạn nhiều"
        " nhất"
        " trước.",
        "In work, due soon, overdue and waiting now; on time and online are of the period. The most overdue first.",
    ),
    query="by_agency",
    columns=(
        Column("code", Text("Mã cơ quan", "Code"), hidden=True),
        Column("agency", Text("Cơ quan", "Agency"), link="dossiers"),
        Column("phone", Text("Điện thoại trực", "Duty phone"), empty=DASH, width=140),
        Column("stock", Text("Đang giải quyết", "In work"), unit="locale", width=120),
        Column("due_soon", Text("Sắp đến hạn", "Due soon"), unit="locale", width=110),
        Column("overdue", Text("Quá hạn", "Overdue"), unit="locale", width=90, thresholds=_NONE),
        Column("waiting", Text("Chờ bổ sung", "Waiting"), unit="locale", width=110),
        Column("on_time", Text("Đúng hạn", "On time"), percent=True, width=100),
        Column("online", Text("Trực tuyến", "Filed online"), percent=True, width=110),
    ),
    grid=Grid(0, 21, 14, 18),
    unit="locale",
)

_TO_COME = Panel(
    kind="barchart",
    title=Text("Sẽ quá hạn nếu không xong", "Overdue to come"),
    description=Text(
        "Hồ sơ đang giải quyết theo ngày làm việc mà hết ngày ấy sẽ quá hạn nếu chưa xong, 10 ngày làm việc tới theo"
        " lịch trong danh mục. Đến hạn vào ngày nghỉ thì tính vào ngày làm việc liền sau.",
        "Dossiers in work by the working day at whose end they are overdue unless finished, the next 10 working days of"
        " the catalogue's calendar. What is due on a day off counts on the working day after it.",
    ),
    query="to_come",
    columns=(
        Column("day", Text("Ngày", "Day")),
        Column("dossiers", Text("Hồ sơ", "Dossiers"), unit="locale", colour=SERIES[0]),
    ),
    grid=Grid(14, 21, 5, 10),
    unit="locale",
)

_IN_AND_OUT = Panel(
    kind="table",
    title=Text("Tiếp nhận và giải quyết xong", "Received and finished"),
    description=Text(
        "Mỗi ngày, mới nhất trước, nhiều nhất 62 ngày của kỳ.",
        "Each day, the newest first, 62 days of the period at most.",
    ),
    query="in_and_out",
    columns=(
        Column("day", Text("Ngày", "Day")),
        Column("received", Text("Tiếp nhận", "Received"), unit="locale"),
        Column("finished", Text("Giải quyết xong", "Finished"), unit="locale"),
    ),
    grid=Grid(19, 21, 5, 10),
    unit="locale",
)

_LATE = Panel(
    kind="table",
    title=Text("Hồ sơ quá hạn", "Overdue dossiers"),
    description=Text(
        "Quá hạn lâu nhất trước, tối đa 50. Quá hạn: giờ:phút:giây từ hạn trả kết quả.",
        "The longest overdue first, 50 at most. Late: hours:minutes:seconds since the due date.",
    ),
    query="overdue_list",
    columns=(
        Column("dossier_id", Text("Mã hồ sơ", "Dossier")),
        Column("field", Text("Lĩnh vực", "Field")),
        Column("code", Text("Mã cơ quan", "Code"), hidden=True),
        Column("agency", Text("Cơ quan", "Agency"), link="dossiers"),
        Column("late", Text("Quá hạn", "Late"), unit="dthms", width=110),
    ),
    grid=Grid(14, 31, 10, 8),
    no_data=Text("Không có hồ sơ nào quá hạn", "No dossier is overdue"),
)

DOSSIERS = Board(
    name="dossiers",
    title=Text("Hồ sơ thủ tục hành chính", "Dossiers"),
    description=Text(
        "Hồ sơ đang giải quyết, sắp đến hạn, quá hạn, chờ bổ sung; đúng hạn và trực tuyến, cơ quan × lĩnh vực.",
        "Dossiers in work, due soon, overdue, waiting; on time and online, agency × field.",
    ),
    sql="dossiers.sql",
    variables=(AGENCY, LEVEL),
    panels=(
        *TOP,
        *_TILES,
        _COVERAGE,
        _MATRIX,
        _BY_AGENCY,
        _TO_COME,
        _IN_AND_OUT,
        _LATE,
        directives(Grid(0, 39, 24, 6)),
    ),
)
