"""What the brief says, in Vietnamese and English."""

from connectors.form.texts import Texts

TITLE = Texts("BẢN TIN GIAO BAN", "DAILY BRIEF")
DAY = Texts("Ngày", "Day")
AS_OF = Texts("Số liệu tại", "Figures as of")
BEFORE = Texts("Tuần trước", "Week before")
COMPARED = Texts("So với cùng thứ tuần trước, ngày", "Compared with the same day of the week before,")
CHANGE = Texts("Thay đổi", "Change")
WORSE = Texts("✗ kém hơn tuần trước", "✗ worse than the week before")
INDICATOR = Texts("Chỉ số", "Indicator")
STREAMS = {
    "reports": Texts("Phản ánh hiện trường", "Field reports"),
    "dossiers": Texts("Hồ sơ thủ tục hành chính", "Dossiers"),
    "health": Texts("Hệ thống", "Systems"),
}
OVERDUE = {
    "dossiers.overdue": Texts("Hồ sơ quá hạn theo đơn vị", "Overdue dossiers by agency"),
    "reports.overdue": Texts("Phản ánh quá hạn theo đơn vị", "Overdue reports by agency"),
}
AGENCY = Texts("Đơn vị", "Agency")
PHONE = Texts("Trực", "On duty")
NUMBER = Texts("Số lượng", "Number")
OTHERS = Texts("đơn vị khác", "other agencies")
ALERTS = Texts("Sự cố, cảnh báo trong ngày", "Incidents and alerts of the day")
SEVERITY = Texts("Mức", "Severity")
SEVERITIES = {
    "critical": Texts("nghiêm trọng", "critical"),
    "warning": Texts("cảnh báo", "warning"),
    "info": Texts("thông tin", "info"),
}
WHAT = Texts("Nội dung", "What")
SINCE = Texts("Từ", "From")
UNTIL = Texts("Đến", "To")
TAKEN = Texts("Người nhận xử lý", "Taken on by")
OUTAGES = Texts("Hệ thống ngừng hoạt động", "Systems that were down")
SYSTEM = Texts("Hệ thống", "System")
LASTED = Texts("Thời gian ngừng", "Down for")
BEFORE_THE_DAY = Texts("trước 00:00", "before 00:00")
STILL = Texts("chưa hết", "still")
DIRECTIVES = Texts("Chỉ đạo, đôn đốc", "Directives")
DUE = Texts("Hạn trả lời", "Due")
STATE = Texts("Trạng thái", "State")
STATES = {
    "closed": Texts("đã đóng", "closed"),
    "done": Texts("đã trả lời", "answered"),
    "late": Texts("quá hạn", "late"),
    "waiting": Texts("chờ trả lời", "waiting"),
}
SHIFT_LOG = Texts("Sổ giao ca", "Shift log")
AT = Texts("Lúc", "At")
WHO = Texts("Người ghi", "Who")
RESTATED = Texts("Điều chỉnh số liệu của các kỳ đã chốt", "Restatements of closed periods")
PERIOD = Texts("Kỳ", "Period")
MEASURE = Texts("Chỉ số", "Measure")
SUBJECTS = Texts("Số hồ sơ", "Subjects")
MORE = Texts("… và thêm", "… and more:")
NONE = Texts("Không có.", "None.")
EMPTY = Texts(
    "Chưa có dữ liệu nào của ngày này: trước sự kiện đầu tiên, hoặc không có gì gửi đến.",
    "Nothing is known of this day: it lies before the first event, or nothing came.",
)
