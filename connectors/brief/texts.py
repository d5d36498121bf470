"""What the brief says, in Vietnamese and English."""

from streams.words import Words

TITLE = Words("BẢN TIN GIAO BAN", "DAILY BRIEF")
DAY = Words("Ngày", "Day")
AS_OF = Words("Số liệu tại", "Figures as of")
BEFORE = Words("Tuần trước", "Week before")
COMPARED = Words("So với cùng thứ tuần trước, ngày", "Compared with the same day of the week before,")
CHANGE = Words("Thay đổi", "Change")
WORSE = Words("✗ kém hơn tuần trước", "✗ worse than the week before")
INDICATOR = Words("Chỉ số", "Indicator")
STREAMS = {
    "reports": Words("Phản ánh hiện trường", "Field reports"),
    "dossiers": Words("Hồ sơ thủ tục hành chính", "Dossiers"),
    "health": Words("Hệ thống", "Systems"),
}
OVERDUE = {
    "dossiers.overdue": Words("Hồ sơ quá hạn theo đơn vị", "Overdue dossiers by agency"),
    "reports.overdue": Words("Phản ánh quá hạn theo đơn vị", "Overdue reports by agency"),
}
AGENCY = Words("Đơn vị", "Agency")
PHONE = Words("Trực", "On duty")
NUMBER = Words("Số lượng", "Number")
OTHERS = Words("đơn vị khác", "other agencies")
ALERTS = Words("Sự cố, cảnh báo trong ngày", "Incidents and alerts of the day")
SEVERITY = Words("Mức", "Severity")
SEVERITIES = {
    "critical": Words("nghiêm trọng", "critical"),
    "warning": Words("cảnh báo", "warning"),
    "info": Words("thông tin", "info"),
}
WHAT = Words("Nội dung", "What")
SINCE = Words("Từ", "From")
UNTIL = Words("Đến", "To")
TAKEN = Words("Người nhận xử lý", "Taken on by")
OUTAGES = Words("Hệ thống ngừng hoạt động", "Systems that were down")
SYSTEM = Words("Hệ thống", "System")
LASTED = Words("Thời gian ngừng", "Down for")
BEFORE_THE_DAY = Words("trước 00:00", "before 00:00")
STILL = Words("chưa hết", "still")
DIRECTIVES = Words("Chỉ đạo, đôn đốc", "Directives")
DUE = Words("Hạn trả lời", "Due")
STATE = Words("Trạng thái", "State")
STATES = {
    "closed": Words("đã đóng", "closed"),
    "done": Words("đã trả lời", "answered"),
    "late": Words("quá hạn", "late"),
    "waiting": Words("chờ trả lời", "waiting"),
}
SHIFT_LOG = Words("Sổ giao ca", "Shift log")
AT = Words("Lúc", "At")
WHO = Words("Người ghi", "Who")
RESTATED = Words("Điều chỉnh số liệu của các kỳ đã chốt", "Restatements of closed periods")
PERIOD = Words("Kỳ", "Period")
MEASURE = Words("Chỉ số", "Measure")
SUBJECTS = Words("Số hồ sơ", "Subjects")
MORE = Words("… và thêm", "… and more:")
NONE = Words("Không có.", "None.")
EMPTY = Words(
    "Chưa có dữ liệu nào của ngày này: trước sự kiện đầu tiên, hoặc không có gì gửi đến.",
    "Nothing is known of this day: it lies before the first event, or nothing came.",
)
