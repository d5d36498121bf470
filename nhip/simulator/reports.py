"""The life of one field report (DOMAIN §1.1), from the first message to the citizen's rating."""

from random import Random

from nhip.simulator.complaints import Category, category, place
from nhip.simulator.life import HOUR, MINUTE, PACE, Data, Life, Subject
from nhip.simulator.province import DEPARTMENTS, DISTRICT_AGENCIES, Agency, District, district
from nhip.simulator.rhythm import stamp

_CHANNELS = ("app", "zalo", "web", "phone", "counter", "email")
_CHANNEL_WEIGHTS = (58, 15, 12, 11, 3, 1)
_GRACE = 1.5  # deadlines leave this much more than the work usually takes


def report(random: Random, number: str) -> Subject:
    """A new report."""
    where = district(random)
    identifier = f"PA-{number}"
    return Subject("vn.nhip.report.", "/hau-giang/app", identifier, _life(random, identifier, where))


def _life(random: Random, identifier: str, where: District) -> Life:
    what = category(random)
    who = DEPARTMENTS[what.agency] if what.agency else DISTRICT_AGENCIES[where.code]
    late = random.random() < who.late * 4
    sequence = iter(range(100))

    def data(**more: object) -> Data:
        return {"report_id": identifier, "seq": next(sequence), **more}

    now = yield "submitted", data(**_submission(random, what, where)), _wait(random, 10 * MINUTE)
    if random.random() < 0.05:
        yield "rejected", data(reason=random.choice(_REJECTIONS)), 0.0
        return
    if random.random() < 0.04:
        yield "duplicate_linked", data(duplicate_of=_earlier(random, identifier)), 0.0
        return
    now = yield "accepted", data(), _wait(random, 4 * MINUTE)
    now = yield "dispatched", data(agency=who.code, due_at=_due(now, what, late)), _wait(random, HOUR)
    if random.random() < 0.06:
        now = yield "returned_by_agency", data(agency=who.code, reason="Không thuộc thẩm quyền"), _wait(random, HOUR)
        who = _other(random, who)
        now = yield "redispatched", data(agency=who.code, due_at=_due(now, what, late)), _wait(random, HOUR)
    now = yield "status_changed", data(status="in_progress"), _work(random, what) / 2
    if random.random() < 0.05:
        now = yield "info_requested", data(note="Đề nghị cung cấp thêm hình ảnh, vị trí."), _wait(random, 6 * HOUR)
        now = yield "info_supplied", data(note="Đã bổ sung hình ảnh."), _work(random, what) / 2
    now = yield "resolved", data(note=random.choice(_RESULTS)), _wait(random, 2 * HOUR)
    now = yield "published", data(), _wait(random, 8 * HOUR)
    if random.random() < 0.45:
        now = yield "rated", data(rating=random.choices((1, 2, 3, 4, 5), (2, 3, 9, 30, 56))[0]), _wait(random, HOUR)
    if random.random() < 0.02:
        now = yield "reopened", data(reason="Chưa khắc phục triệt để"), _work(random, what)
        yield "resolved", data(note="Đã xử lý lại."), 0.0


def _submission(random: Random, what: Category, where: District) -> Data:
    address = place(random, where.name)
    return {
        "channel": random.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0],
        "category": what.code,
        "description": random.choice(what.texts).format(place=address),
        "lat": round(where.lat + random.gauss(0, 0.02), 6),
        "lon": round(where.lon + random.gauss(0, 0.02), 6),
        "address": address,
        "area": where.code,
        "priority": "urgent" if random.random() < what.urgent else "normal",
        "reporter_ref": f"citizen-{random.randrange(40_000)}",
    }


def _due(now: float, what: Category, late: bool) -> str:
    """The agency's deadline, on the traffic's clock, so that work which overruns it is seen to be late."""
    return stamp(now + what.hours * HOUR * (0.2 if late else 4 * _GRACE) / PACE)


def _work(random: Random, what: Category) -> float:
    return _wait(random, what.hours * HOUR)


def _wait(random: Random, median: float) -> float:
    """Waits are log-normal, up to four times the median."""
    return float(min(random.lognormvariate(0, 0.6), 4) * median / PACE)


def _other(random: Random, than: Agency) -> Agency:
    return random.choice([agency for agency in DISTRICT_AGENCIES.values() if agency is not than])


def _earlier(random: Random, identifier: str) -> str:
    """Another report of the last hundred."""
    day, number = identifier.rsplit("-", 1)
    return f"{day}-{max(int(number) - random.randint(1, 100), 1):07d}"


_REJECTIONS = ("Nội dung không rõ ràng", "Không đủ thông tin để xử lý", "Ngôn từ không phù hợp")
_RESULTS = (
    "Đã cử lực lượng đến hiện trường xử lý xong.",
    "Đơn vị đã khắc phục, mời công dân kiểm tra.",
    "Đã nhắc nhở và lập biên bản, yêu cầu không tái phạm.",
    "Đã sửa chữa hoàn tất trong ngày.",
)
