"""Administrative procedures people apply for: code, field, working days, fee, and how often."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Procedure:
    code: str  # MaTTHC
    name: str
    field: str  # MaLinhVuc
    days: float
    level: int  # 3 and 4 are offered online
    fee: int  # đồng
    agency: str | None  # a department; None: the district
    weight: int


PROCEDURES = (
    Procedure("2.000815", "Chứng thực bản sao từ bản chính", "chung-thuc", 0.5, 2, 10_000, None, 34),
    Procedure("1.001193", "Đăng ký khai sinh", "ho-tich", 1, 4, 0, None, 14),
    Procedure("1.000894", "Đăng ký kết hôn", "ho-tich", 1, 3, 0, None, 7),
    Procedure("1.000656", "Đăng ký khai tử", "ho-tich", 1, 4, 0, None, 4),
    Procedure("1.004873", "Cấp giấy xác nhận tình trạng hôn nhân", "ho-tich", 3, 4, 15_000, None, 8),
    Procedure("1.001776", "Trợ cấp xã hội hằng tháng", "bao-tro-xa-hoi", 15, 3, 0, None, 5),
    Procedure("1.001612", "Đăng ký thành lập hộ kinh doanh", "ho-kinh-doanh", 3, 4, 100_000, None, 5),
    Procedure("1.009994", "Giấy phép xây dựng nhà ở riêng lẻ", "xay-dung", 15, 3, 75_000, None, 3),
    Procedure("2.000889", "Chuyển nhượng quyền sử dụng đất", "dat-dai", 10, 2, 80_000, "so-tnmt", 9),
    Procedure("1.003003", "Cấp giấy chứng nhận quyền sử dụng đất lần đầu", "dat-dai", 20, 2, 100_000, "so-tnmt", 4),
    Procedure("1.002809", "Đổi giấy phép lái xe", "duong-bo", 5, 4, 135_000, "so-gtvt", 9),
    Procedure("2.000488", "Cấp phiếu lý lịch tư pháp", "ly-lich-tu-phap", 10, 4, 200_000, "so-tp", 5),
    Procedure("2.001583", "Thành lập công ty TNHH một thành viên", "doanh-nghiep", 3, 4, 50_000, "so-khdt", 3),
    Procedure("1.012299", "Cấp giấy phép hành nghề khám bệnh, chữa bệnh", "y-te", 15, 3, 430_000, "so-yt", 1),
    Procedure("2.000205", "Cấp giấy phép lao động cho người nước ngoài", "viec-lam", 5, 4, 600_000, "so-ldtbxh", 1),
    Procedure("2.000033", "Thông báo chương trình khuyến mại", "thuong-mai", 2, 4, 0, "so-ct", 2),
)
_WEIGHTS = [procedure.weight for procedure in PROCEDURES]


def procedure(random: Random) -> Procedure:
    """What the next person applies for."""
    return random.choices(PROCEDURES, _WEIGHTS)[0]
