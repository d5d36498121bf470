"""Hậu Giang before the merger of 2025, as far as its traffic needs it: districts, agencies, how well they work."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class District:
    code: str
    name: str
    lat: float
    lon: float
    weight: int  # share of its people


@dataclass(frozen=True, slots=True)
class Agency:
    code: str
    name: str
    late: float  # share of its work that is finished late


DISTRICTS = (
    District("tp-vi-thanh", "thành phố Vị Thanh", 9.7842, 105.4701, 22),
    District("tp-nga-bay", "thành phố Ngã Bảy", 9.8166, 105.8203, 16),
    District("tx-long-my", "thị xã Long Mỹ", 9.6828, 105.5702, 11),
    District("h-long-my", "huyện Long Mỹ", 9.6217, 105.5265, 8),
    District("h-vi-thuy", "huyện Vị Thủy", 9.7448, 105.5594, 10),
    District("h-phung-hiep", "huyện Phụng Hiệp", 9.7791, 105.7164, 17),
    District("h-chau-thanh", "huyện Châu Thành", 9.9283, 105.8330, 9),
    District("h-chau-thanh-a", "huyện Châu Thành A", 9.9236, 105.6307, 11),
)
_DISTRICT_WEIGHTS = [district.weight for district in DISTRICTS]

_LATE = {"tx-long-my": 0.02, "h-phung-hiep": 0.035, "h-long-my": 0.012}
DISTRICT_AGENCIES = {
    district.code: Agency(f"ubnd-{district.code}", f"UBND {district.name}", _LATE.get(district.code, 0.003))
    for district in DISTRICTS
}

DEPARTMENTS = {
    agency.code: agency
    for agency in (
        Agency("so-tnmt", "Sở Tài nguyên và Môi trường", 0.03),
        Agency("so-xd", "Sở Xây dựng", 0.01),
        Agency("so-gtvt", "Sở Giao thông vận tải", 0.004),
        Agency("so-tp", "Sở Tư pháp", 0.002),
        Agency("so-khdt", "Sở Kế hoạch và Đầu tư", 0.001),
        Agency("so-ldtbxh", "Sở Lao động - Thương binh và Xã hội", 0.006),
        Agency("so-yt", "Sở Y tế", 0.004),
        Agency("so-ct", "Sở Công Thương", 0.002),
        Agency("so-nnptnt", "Sở Nông nghiệp và Phát triển nông thôn", 0.005),
        Agency("so-gddt", "Sở Giáo dục và Đào tạo", 0.003),
        Agency("so-tttt", "Sở Thông tin và Truyền thông", 0.001),
        Agency("ca-tinh", "Công an tỉnh", 0.004),
        Agency("dien-luc", "Công ty Điện lực", 0.008),
        Agency("cap-nuoc", "Công ty Cấp thoát nước - Công trình đô thị", 0.015),
    )
}


def district(random: Random) -> District:
    """Somewhere people live."""
    return random.choices(DISTRICTS, _DISTRICT_WEIGHTS)[0]
