"""What people report: how often, who answers, how urgent it is, how people put it. Deadlines are the catalogue's."""

from dataclasses import dataclass
from random import Random

from streams.catalogue import Catalogue, Category


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is known of a category beside the catalogue."""

    weight: float = 3
    agency: str | None = None  # a department; None: the committee of the place
    urgent: float = 0.05  # share
    crowd: float = 0.0  # how readily many people report the same at once, 0 to 1
    texts: tuple[str, ...] = ()


KNOWN = {
    "rac-thai": Complaint(20, None, 0.02, 0.4, (
        "Rác thải sinh hoạt tồn đọng nhiều ngày chưa được thu gom tại {place}.",
        "Bãi rác tự phát bốc mùi hôi gần {place}, đề nghị xử lý.",
        "Có người đổ xà bần xuống kênh tại {place}.",
    )),
    "ha-tang": Complaint(18, "so-gtvt", 0.08, 0.1, (
        "Mặt đường tại {place} có ổ gà sâu, rất nguy hiểm khi trời mưa.",
        "Nắp cống bị vỡ trước {place}, trẻ em hay qua lại.",
        "Lan can cầu tại {place} bị gãy một đoạn khoảng 3 m.",
        "Biển báo giao thông tại {place} bị cây che khuất.",
    )),
    "thoat-nuoc": Complaint(12, "cap-nuoc", 0.15, 1.0, (
        "Sau cơn mưa {place} ngập khoảng 30 cm, xe máy chết máy nhiều.",
        "Cống thoát nước tại {place} bị tắc, nước tràn vào nhà dân.",
    )),
    "chieu-sang": Complaint(11, "dien-luc", 0.02, 0.2, (
        "Đèn đường tại {place} không sáng đã ba hôm nay.",
        "Đèn chiếu sáng tại {place} bật cả ban ngày, lãng phí điện.",
    )),
    "trat-tu": Complaint(11, None, 0.01, 0.0, (
        "Hàng quán lấn chiếm vỉa hè tại {place}, người đi bộ phải xuống lòng đường.",
        "Xây dựng không che chắn, bụi bay vào nhà dân tại {place}.",
    )),
    "tieng-on": Complaint(8, None, 0.01, 0.1, (
        "Hát karaoke loa kéo quá 22 giờ tại {place}.",
        "Cơ sở gia công cơ khí gây ồn suốt buổi trưa tại {place}.",
    )),
    "cap-nuoc": Complaint(6, "cap-nuoc", 0.10, 1.0, (
        "Khu vực {place} mất nước từ sáng, chưa thấy thông báo.",
        "Nước máy tại {place} có màu vàng, đề nghị kiểm tra.",
    )),
    "dien": Complaint(5, "dien-luc", 0.25, 0.8, (
        "Dây điện sà thấp tại {place}, nguy cơ tai nạn.",
        "Trụ điện tại {place} bị nghiêng sau giông.",
    )),
    "an-ninh": Complaint(4, "ca-tinh", 0.30, 0.0, (
        "Thanh thiếu niên tụ tập nẹt pô lúc khuya tại {place}.",
        "Nghi có tụ điểm đánh bạc gần {place}.",
    )),
    "sat-lo": Complaint(3, "so-nnptnt", 0.60, 0.3, ("Bờ kênh tại {place} sạt lở sâu vào đường khoảng 2 m.",)),
    "cong-vu": Complaint(2, "so-tttt", 0.00, 0.0, (
        "Hồ sơ nộp tại {place} quá hẹn, cán bộ chưa giải thích rõ lý do.",
    )),
}  # fmt: skip
"""By category; others come as they do elsewhere."""

SERVICES = "cong-vu"
"""What people complain about when a system of the province does not work."""

_UNKNOWN = Complaint()


class Complaints:
    """The categories of a catalogue as people use them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._categories = {category.code: category for category in catalogue.categories}
        self._known = {code: KNOWN.get(code, _UNKNOWN) for code in self._categories}
        self._weights = [complaint.weight for complaint in self._known.values()]
        self._crowds = [complaint.crowd for complaint in self._known.values()]

    def next(self, random: Random) -> Category:
        """What the next report is about."""
        return random.choices(list(self._categories.values()), self._weights)[0]

    def crowded(self, random: Random) -> Category:
        """What many report at once: a flooded street, a water main."""
        if not any(self._crowds):
            return self.next(random)
        return random.choices(list(self._categories.values()), self._crowds)[0]

    def services(self, random: Random) -> Category:
        """What is complained about when a system does not work."""
        return self._categories.get(SERVICES) or self.next(random)

    def of(self, category: Category) -> Complaint:
        """What is known of a category."""
        return self._known[category.code]


def text(random: Random, complaint: Complaint, category: Category, place: str) -> str:
    """How somebody puts it."""
    return random.choice(complaint.texts or (category.title + " tại {place}.",)).format(place=place)
