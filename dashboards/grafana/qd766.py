"""The index of QĐ 766/QĐ-TTg: the whole, its groups and components, what events cannot tell, by month and by agency."""

from dashboards.grafana.board import Board
from dashboards.grafana.colours import GOOD, SERIES, Thresholds
from dashboards.grafana.column import Column
from dashboards.grafana.language import Text
from dashboards.grafana.note import Note
from dashboards.grafana.panel import Grid, Panel
from dashboards.grafana.shared import TOP
from dashboards.grafana.variable import Choice
from dashboards.grafana.variables import AGENCY
from dashboards.grafana.words import DASH, UNASSIGNED_NAME

_SPAN = Choice(
    name="span",
    label=Text("Tính theo", "Reckoned by"),
    description=Text(
        "Tháng, quý hoặc năm mà khoảng thời gian đã chọn kết thúc trong đó",
        "The month, quarter or year in which the chosen range of time ends",
    ),
    values=(
        ("month", Text("Tháng", "Month")),
        ("quarter", Text("Quý", "Quarter")),
        ("year", Text("Năm", "Year")),
    ),
)

_SHOWN = Column("shown", Text("Điểm", "Points"), percent=True, width=100)
_MAXIMUM = Column("maximum", Text("Tối đa", "Of"), unit="locale", empty=DASH, width=90)
_BAR = Column(
    "percent", Text("Mức đạt", "Reached"), unit="percent", thresholds=Thresholds(GOOD), empty=DASH, bar=True, width=160
)
_NOT_YET = Text("Chỉ số của kỳ này chưa được tính", "The index of this period was not reckoned yet")

_RECKONED = Panel(
    kind="stat",
    title=Text("Chỉ số tính lúc", "Index as of"),
    description=Text(
        "Chỉ số được tính mỗi phút cho kỳ hiện tại; tháng đã qua được tính lại lần lượt.",
        "The index of the present period is reckoned every minute; past months in turn.",
    ),
    query="reckoned",
    columns=(Column("reckoned", Text("Tính lúc", "Reckoned")),),
    grid=Grid(18, 0, 6, 3),
    no_data=_NOT_YET,
)

_WHOLE = Panel(
    kind="stat",
    title=Text("Tổng điểm", "Points in all"),
    description=Text(
        "Tổng điểm của những thành phần mà sự kiện cho biết, trên điểm tối đa của chính những thành phần ấy; phần còn"
        " lại của 100 điểm là N/A, không đoán. Hai chữ số, cắt bỏ phần sau. Của toàn tỉnh, hoặc của cơ quan đã chọn nếu"
        " chỉ chọn một.",
        "The points of those components that events tell, of what these could give at most; the rest of the 100 points"
        " is N/A, not guessed. Two decimals, the rest cut off. Of the province, or of the agency chosen if it is one.",
    ),
    query="whole",
    columns=(
        Column("shown", Text("Điểm", "Points"), percent=True),
        Column("maximum", Text("Tối đa", "Of"), unit="locale"),
    ),
    grid=Grid(0, 3, 6, 8),
    no_data=_NOT_YET,
)

_REACHED = Panel(
    kind="gauge",
    title=Text("Mức đạt", "Reached"),
    description=Text(
        "Tổng điểm ÷ điểm tối đa của những gì sự kiện cho biết, bỏ phần lẻ.",
        "Points ÷ the most that what events tell could give, in whole percent, truncated.",
    ),
    query="share",
    columns=(Column("percent", Text("Mức đạt", "Reached"), unit="percent"),),
    grid=Grid(6, 3, 6, 8),
    unit="percent",
    no_data=_NOT_YET,
)

_GROUPS = Panel(
    kind="table",
    title=Text("Năm nhóm", "Five groups"),
    description=Text(
        "Điểm của từng nhóm trên điểm tối đa của những thành phần mà sự kiện cho biết.",
        "The points of each group of what its components that events tell could give at most.",
    ),
    query="groups",
    columns=(Column("part", Text("Nhóm", "Group")), _SHOWN, _MAXIMUM, _BAR),
    grid=Grid(12, 3, 12, 8),
    no_data=_NOT_YET,
)

_COMPONENTS = Panel(
    kind="table",
    title=Text("Các thành phần", "Components"),
    description=Text(
        "Đạt ngưỡng thì được điểm tối đa, dưới ngưỡng tính theo tỷ lệ. N/A: sự kiện không cho biết, kèm lý do. Công"
        " thức và nguồn của từng thành phần: streams/indicators/qd766.toml.",
        "All points at the threshold, in proportion below it. N/A: events cannot tell, with the reason. The formula and"
        " source of each: streams/indicators/qd766.toml.",
    ),
    query="components",
    columns=(
        Column("part", Text("Nhóm", "Group")),
        Column("component", Text("Thành phần", "Component")),
        _SHOWN,
        _MAXIMUM,
        Column("numerator", Text("Tử số", "Numerator"), unit="locale", empty=DASH, width=100),
        Column("denominator", Text("Mẫu số", "Denominator"), unit="locale", empty=DASH, width=110),
        Column("threshold", Text("Ngưỡng", "Threshold"), unit="percent", empty=DASH, width=100),
        Column("reason", Text("Ghi chú", "Note")),
    ),
    grid=Grid(0, 11, 18, 34),
    no_data=_NOT_YET,
)

_BY_MONTH = Panel(
    kind="barchart",
    title=Text("Mức đạt theo tháng", "Reached by month"),
    description=Text(
        "Tổng điểm ÷ điểm tối đa của những gì sự kiện cho biết; trong mười hai tháng gần nhất, những tháng có hồ sơ.",
        "Points ÷ the most that what events tell could give; of the last twelve months those with dossiers.",
    ),
    query="by_month",
    columns=(
        Column("month", Text("Tháng", "Month")),
        Column("percent", Text("Mức đạt", "Reached"), unit="percent", colour=SERIES[1]),
    ),
    grid=Grid(18, 21, 6, 24),
    unit="percent",
    no_data=_NOT_YET,
)

_GROUP_NAMES = (
    ("transparency", Text("Công khai", "Openness")),
    ("progress", Text("Tiến độ", "Progress")),
    ("digitisation", Text("Số hóa", "Digitisation")),
    ("online", Text("Trực tuyến", "Online services")),
    ("satisfaction", Text("Hài lòng", "Satisfaction")),
)
"""The groups of the decision, as qd766.toml calls them; their full names stand in the table above."""

_BY_AGENCY = Panel(
    kind="table",
    title=Text("Theo cơ quan", "By agency"),
    description=Text(
        "Như toàn tỉnh, của những gì tính được cho một cơ quan; thủ tục là của tỉnh nên không tính. Cao nhất trước.",
        "As for the province, of what can be told of one agency; procedures are the province's and left out. The"
        " highest first.",
    ),
    query="by_agency",
    columns=(
        Column("code", Text("Mã cơ quan", "Code"), hidden=True),
        Column("agency", Text("Cơ quan", "Agency"), names=(UNASSIGNED_NAME,), link="dossiers"),
        _SHOWN,
        _MAXIMUM,
        _BAR,
        *(Column(name, title, percent=True, width=110) for name, title in _GROUP_NAMES),
    ),
    grid=Grid(0, 45, 24, 16),
    no_data=_NOT_YET,
)

_HOW_TO_READ = Note(
    title=Text("Cách đọc bảng này", "How to read this board"),
    description=Text("Nguồn của chỉ số, và N/A nghĩa là gì.", "Where the index comes from, and what N/A means."),
    content=Text(
        "Nguồn: Quyết định 766/QĐ-TTg ngày 23/6/2022 của Thủ tướng Chính phủ, 100 điểm trong năm nhóm.\n\n"
        "N/A không phải là 0 điểm: sự kiện không cho biết, nên không tính và không đoán. Điểm tối đa chỉ gồm những gì"
        " tính được, vì vậy có thể dưới 100.\n\n"
        "Con số ở đây để theo dõi hằng ngày; điểm chính thức do Cổng Dịch vụ công quốc gia công bố.",
        "Source: the Prime Minister's Decision 766 of 23 June 2022, 100 points in five groups.\n\n"
        "N/A is not 0 points: events cannot tell, so it is neither counted nor guessed. The maximum holds only what can"
        " be told, and so may be under 100.\n\n"
        "These figures are for watching day by day; the official points are published by the national portal of public"
        " services.",
    ),
    grid=Grid(18, 11, 6, 10),
)

QD766 = Board(
    name="qd766",
    title=Text("Quyết định 766", "Decision 766"),
    description=Text(
        "Chỉ số phục vụ người dân, doanh nghiệp theo Quyết định 766/QĐ-TTg (100 điểm): tổng, nhóm, thành phần, theo"
        " tháng và cơ quan. Điều gì sự kiện không cho biết thì ghi N/A.",
        "The index of service to people and enterprises as in Decision 766 of 2022 (100 points): the whole, its groups"
        " and components, by month and agency. What events cannot tell is N/A.",
    ),
    sql="qd766.sql",
    variables=(_SPAN, AGENCY),
    panels=(*TOP, _RECKONED, _WHOLE, _REACHED, _GROUPS, _COMPONENTS, _BY_MONTH, _BY_AGENCY),
    notes=(_HOW_TO_READ,),
)
