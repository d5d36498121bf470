"""What people report: categories, how long they take, who answers, and how people put it."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    name: str
    agency: str | None  # a department; None: the people's committee of the district
    hours: float  # to resolve, in the median
    urgent: float  # share
    weight: int
    texts: tuple[str, ...]


CATEGORIES = (
    Category("rac-thai", "Rác thải, vệ sinh môi trường", None, 8, 0.02, 20, (
        "Rác thải sinh hoạt tồn đọng nhiều ngày chưa được thu gom tại {place}.",
        "Bãi rác tự phát bốc mùi hôi gần {place}, đề nghị xử lý.",
        "Có người đổ xà bần xuống kênh tại {place}.",
    )),
    Category("ha-tang", "Hạ tầng giao thông", "so-gtvt", 30, 0.08, 18, (
        "Mặt đường tại {place} có ổ gà sâu, rất nguy hiểm khi trời mưa.",
        "Nắp cống bị vỡ trước {place}, trẻ em hay qua lại.",
        "Lan can cầu tại {place} bị gãy một đoạn khoảng 3 m.",
        "Biển báo giao thông tại {place} bị cây che khuất.",
    )),
    Category("thoat-nuoc", "Ngập nước, thoát nước", "cap-nuoc", 16, 0.15, 12, (
        "Sau cơn mưa {place} ngập khoảng 30 cm, xe máy chết máy nhiều.",
        "Cống thoát nước tại {place} bị tắc, nước tràn vào nhà dân.",
    )),
    Category("chieu-sang", "Chiếu sáng công cộng", "dien-luc", 12, 0.02, 11, (
        "Đèn đường tại {place} không sáng đã ba hôm nay.",
        "Đèn chiếu sáng tại {place} bật cả ban ngày, lãng phí điện.",
    )),
    Category("trat-tu", "Trật tự đô thị, lấn chiếm", None, 20, 0.01, 11, (
        "Hàng quán lấn chiếm vỉa hè tại {place}, người đi bộ phải xuống lòng đường.",
        "Xây dựng không che chắn, bụi bay vào nhà dân tại {place}.",
    )),
    Category("tieng-on", "Tiếng ồn", None, 4, 0.01, 8, (
        "Hát karaoke loa kéo quá 22 giờ tại {place}.",
        "Cơ sở gia công cơ khí gây ồn suốt buổi trưa tại {place}.",
    )),
    Category("cap-nuoc", "Cấp nước sinh hoạt", "cap-nuoc", 10, 0.10, 6, (
        "Khu vực {place} mất nước từ sáng, chưa thấy thông báo.",
        "Nước máy tại {place} có màu vàng, đề nghị kiểm tra.",
    )),
    Category("dien", "Điện lực", "dien-luc", 5, 0.25, 5, (
        "Dây điện sà thấp tại {place}, nguy cơ tai nạn.",
        "Trụ điện tại {place} bị nghiêng sau giông.",
    )),
    Category("an-ninh", "An ninh trật tự", "ca-tinh", 3, 0.30, 4, (
        "Thanh thiếu niên tụ tập nẹt pô lúc khuya tại {place}.",
        "Nghi có tụ điểm đánh bạc gần {place}.",
    )),
    Category("sat-lo", "Sạt lở bờ sông, thiên tai", "so-nnptnt", 40, 0.60, 3, (
        "Bờ kênh tại {place} sạt lở sâu vào đường khoảng 2 m.",
    )),
    Category("cong-vu", "Thái độ phục vụ, thủ tục", "so-tttt", 48, 0.00, 2, (
        "Hồ sơ nộp tại {place} quá hẹn, cán bộ chưa giải thích rõ lý do.",
    )),
)  # fmt: skip
_WEIGHTS = [category.weight for category in CATEGORIES]

_PLACES = (
    "đường Trần Hưng Đạo", "đường Nguyễn Công Trứ", "đường Lê Hồng Phong", "đường 3 Tháng 2", "đường Hùng Vương",
    "đường Võ Văn Kiệt", "đường Nguyễn Huệ", "đường Châu Văn Liêm", "đường Ngô Quyền", "đường Lý Thường Kiệt",
    "chợ trung tâm", "nhà văn hóa ấp 3", "khu vực 4", "khu dân cư mới", "bờ kè trung tâm", "bến xe khách",
    "trường tiểu học Kim Đồng", "trường THCS Lê Quý Đôn", "trạm y tế phường", "cầu kênh Ngang", "đầu hẻm 12",
)  # fmt: skip


def category(random: Random) -> Category:
    """What the next report is about."""
    return random.choices(CATEGORIES, _WEIGHTS)[0]


def place(random: Random, district: str) -> str:
    """An address as people give it."""
    return f"{random.choice(_PLACES)}, {district}"
