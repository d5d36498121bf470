"""The life of one field report (DOMAIN §1.1), from the first message to the citizen's rating."""

from random import Random

from nhip.simulator.clock import DAY_OF_WORK, spread
from nhip.simulator.conduct import diligence, lateness
from nhip.simulator.life import BEGINNING, DAY, HOUR, MINUTE, Data, Life, Subject, begun
from nhip.simulator.matters import Matter, crowd, matter
from nhip.simulator.rhythm import stamp
from nhip.simulator.world import World

_CHANNELS = ("app", "zalo", "web", "phone", "counter", "email")
_CHANNEL_WEIGHTS = (58, 15, 12, 11, 3, 1)
_PHONED = 0.4  # of those whose app does not work


def report(random: Random, world: World, number: str, now: float) -> Subject | None:
    """A new report; None when the channel it would come through is down."""
    channel = random.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0]
    if world.outages.carrier_down(f"reports:{channel}", now):
        if random.random() >= _PHONED:
            return None
        channel = "phone"
    return _subject(random, world, number, channel, matter(random, world, now))


def reports_of_a_crowd(random: Random, world: World, numbers: list[str]) -> list[Subject]:
    """Reports of the same thing around one spot: a hot spot. Most are found to be duplicates of the first."""
    matters = crowd(random, world, _name(numbers[0]))
    return [_subject(random, world, number, "app", one) for number, one in zip(numbers, matters, strict=False)]


def _subject(random: Random, world: World, number: str, channel: str, what: Matter) -> Subject:
    life = _Case(random, world, _name(number), channel, what).life()
    return Subject("vn.nhip.report.", "/hau-giang/app", _name(number), begun(life))


def _name(number: str) -> str:
    return f"PA-{number}"


class _Case:
    """One report with what is decided about it beforehand."""

    def __init__(self, random: Random, world: World, identifier: str, channel: str, matter: Matter) -> None:
        self._random, self._world, self._clock, self._id = random, world, world.clock, identifier
        self._channel, self._matter = channel, matter
        self._agency = self._answering()
        self._late = random.random() < lateness(self._agency) * 4
        self._urgent = random.random() < world.complaints.of(matter.category).urgent
        self._sequence = 0

    def life(self) -> Life:
        now = yield BEGINNING
        now = yield "submitted", self._submission(), self._on_duty(now, MINUTE)
        if self._happens(0.05):
            yield "rejected", self._data(reason=self._random.choice(_REJECTIONS)), 0.0
            return
        if self._matter.same_as and self._happens(0.7):
            yield "duplicate_linked", self._data(duplicate_of=self._matter.same_as), 0.0
            return
        if self._happens(0.03):
            now = yield "status_changed", self._data(status="verifying"), self._on_duty(now, HOUR)
        now = yield "accepted", self._data(), self._on_duty(now, MINUTE)
        now = yield "dispatched", self._data(**self._sent(now)), self._worked(now, 0.1)
        if self._happens(0.06):
            now = yield "returned_by_agency", self._handed_back(), self._on_duty(now, 10 * MINUTE)
            self._agency = self._another()
            now = yield "redispatched", self._data(**self._sent(now)), self._worked(now, 0.1)
        now = yield "status_changed", self._data(status="in_progress"), self._worked(now, 0.5)
        if self._happens(0.05):
            asked = self._data(note="Đề nghị cung cấp thêm hình ảnh, vị trí.")
            now = yield "info_requested", asked, self._about(12 * HOUR)
            now = yield "info_supplied", self._data(note="Đã bổ sung hình ảnh."), self._worked(now, 0.1)
        if self._happens(0.02):
            yield "status_changed", self._data(status="unable", reason="Ngoài khả năng xử lý của địa phương"), 0.0
            return
        if self._late and self._happens(0.4):
            later = self._data(due_at=self._clock.due(now, 5), reason="Cần thêm thời gian khắc phục")
            now = yield "extended", later, self._worked(now, 0.2)
        yield from self._end(now)

    def _end(self, now: float) -> Life:
        done = self._data(note=self._random.choice(_RESULTS), media=self._pictures(0.5))
        now = yield "resolved", done, self._about(DAY)
        now = yield "published", self._data(), self._about(8 * HOUR)
        if self._happens(0.45):
            rating = self._random.choices((1, 2, 3, 4, 5), (2, 3, 9, 30, 56))[0]
            now = yield "rated", self._data(rating=rating), self._about(HOUR)
        elif self._happens(0.1):
            yield "status_changed", self._data(status="confirmed"), 0.0
            return
        if self._happens(0.02):
            now = yield "reopened", self._data(reason="Chưa khắc phục triệt để"), self._worked(now, 0.8)
            yield "resolved", self._data(note="Đã xử lý lại."), 0.0

    def _submission(self) -> Data:
        matter = self._matter
        return self._data(
            channel=self._channel,
            category=matter.category.code,
            description=matter.text,
            lat=round(matter.lat, 6),
            lon=round(matter.lon, 6),
            address=matter.address,
            area=matter.place.area.code,
            priority="urgent" if self._urgent else "normal",
            reporter_ref=f"citizen-{self._random.randrange(40_000)}",
            media=self._pictures(0.7),
        )

    def _pictures(self, share: float) -> list[str]:
        number = self._random.randint(1, 3) if self._happens(share) else 0
        return [f"https://app.haugiang.example/anh/{self._id}-{self._sequence}-{n}.jpg" for n in range(number)]

    def _sent(self, now: float) -> Data:
        """A dispatch. In a demo it names a date on the demo's clock; else one agency in three does, its category's."""
        sent: Data = {"agency": self._agency}
        if self._clock.hurried:
            sent["due_at"] = stamp(now + self._needed(0.2 if self._late else 6))
        elif self._happens(0.3):
            category = self._matter.category
            instant = category.kind == "instant"
            sent["due_at"] = (
                stamp(now + category.resolve * MINUTE) if instant else self._clock.due(now, category.resolve)
            )
        return sent

    def _needed(self, factor: float) -> float:
        """A demo's time from dispatch to resolution."""
        return self._clock.passing(12 * HOUR * factor)

    def _worked(self, now: float, part: float) -> float:
        """A part of the work: what the deadline leaves, or more than that when it is late."""
        category = self._matter.category
        if self._clock.hurried:
            return self._needed(part * spread(self._random))
        used = self._random.uniform(2.2, 4) if self._late else min(diligence(self._agency) * spread(self._random), 0.9)
        if category.kind == "instant":
            return self._clock.passing(category.resolve * MINUTE * part * used)
        return self._clock.work(now, category.resolve * DAY_OF_WORK * part * used)

    def _on_duty(self, now: float, median: float) -> float:
        """Until those on duty have got round to it; now and then they are slow (TP.HCM 1022: five minutes), though
        not with what is urgent."""
        slow = self._happens(0.1) and not self._urgent
        return self._clock.on_duty(now, spread(self._random) * median * (15 if slow else 1))

    def _about(self, median: float) -> float:
        return self._clock.about(self._random, median)

    def _answering(self) -> str:
        department = self._world.complaints.of(self._matter.category).agency
        known = self._world.places.agency(department) if department else None
        return (known or self._world.places.committee(self._random, self._matter.place)).code

    def _another(self) -> str:
        """Whom it should have gone to in the first place."""
        place = self._matter.place
        others = [agency.code for agency in place.committees if agency.code != self._agency]
        return others[-1] if others else self._agency

    def _handed_back(self) -> Data:
        return self._data(agency=self._agency, reason="Không thuộc thẩm quyền")

    def _happens(self, share: float) -> bool:
        return self._random.random() < share

    def _data(self, **more: object) -> Data:
        self._sequence += 1
        told = {"report_id": self._id, "seq": self._sequence - 1, **more}
        return {name: value for name, value in told.items() if value != []}


_REJECTIONS = ("Nội dung không rõ ràng", "Không đủ thông tin để xử lý", "Ngôn từ không phù hợp")
_RESULTS = (
    "Đã cử lực lượng đến hiện trường xử lý xong.",
    "Đơn vị đã khắc phục, mời công dân kiểm tra.",
    "Đã nhắc nhở và lập biên bản, yêu cầu không tái phạm.",
    "Đã sửa chữa hoàn tất trong ngày.",
)
