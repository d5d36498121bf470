"""The life of one dossier (DOMAIN §1.2), as the one-stop system tells it.

In a demo half of them are seen for the first time in the middle of their life, as when a portal is first connected:
otherwise nothing could be late before the traffic has run for days.
"""

from datetime import timedelta
from random import Random

from nhip.simulator.applications import ENTERPRISES
from nhip.simulator.clock import DAY_OF_WORK, moment, spread
from nhip.simulator.conduct import diligence, lateness
from nhip.simulator.life import BEGINNING, DAY, HOUR, Data, Life, Subject, begun
from nhip.simulator.rhythm import VIETNAM, day, stamp
from nhip.simulator.world import World
from streams.catalogue import Agency, Procedure

_CALENDAR = 1.4  # days in a working day, weekends included
_ONLINE = 0.18  # of what may be filed online (DOMAIN §2: 17,25 %, and some find the portal down)


def dossier(random: Random, world: World, number: str, now: float) -> Subject | None:
    """A dossier that is filed now; None when the door it would come through is closed."""
    procedure = world.applications.next(random)
    agency = world.applications.decided_by(random, procedure, world.places.where(random))
    channel = _channel(random, procedure)
    if world.outages.carrier_down(f"dossiers:{channel}", now):
        if channel != "online" or random.random() < 0.7:
            return None  # they try again another day
        channel = "counter"
    if channel != "online" and not world.clock.open(now):
        return None
    identifier = f"{agency.code.upper()}.H30-{number}"
    life = _Case(random, world, identifier, procedure, agency, channel).life()
    return Subject("vn.nhip.dossier.", "/hau-giang/one-stop", identifier, begun(life))


def _channel(random: Random, procedure: Procedure) -> str:
    if procedure.online_level >= 3 and random.random() < _ONLINE:
        return "online"
    return random.choices(("counter", "post"), (95, 5))[0]


class _Case:
    """One dossier with what is decided about it beforehand: whether it will be late, how much work it takes."""

    def __init__(
        self, random: Random, world: World, identifier: str, procedure: Procedure, agency: Agency, channel: str
    ) -> None:
        self._random, self._clock, self._id = random, world.clock, identifier
        self._procedure, self._agency, self._channel = procedure, agency, channel
        self._late = random.random() < lateness(agency.code)
        self._term = (procedure.working_days or 0) * DAY_OF_WORK or (procedure.working_hours or 4) * HOUR
        self._age, self._work = self._begun_before() if world.clock.hurried else (0.0, self._needed())

    def life(self) -> Life:
        now = yield BEGINNING
        if self._channel == "online" and not self._age:
            now = yield "upserted", self._cover(1), self._clock.work(now, self._random.uniform(0.2, 4) * HOUR)
            if self._happens(0.02):
                yield "status_changed", self._data(3, reason="Không thuộc phạm vi tiếp nhận"), 0.0
                return
            now = yield "upserted", self._cover(2, now), self._part(now, 0.1)
        else:
            now = yield "upserted", self._cover(2, now - self._age), self._part(now, 0.1)
        if self._happens(0.01):
            yield "withdrawn", self._data(7, reason="Công dân rút hồ sơ"), 0.0
            return
        now = yield "status_changed", self._data(4), self._part(now, 0.3)
        while self._happens(0.05):
            now = yield "supplement_requested", self._data(5, reason="Thiếu giấy tờ kèm theo"), self._citizens_time()
            if self._happens(0.08):
                yield "stopped", self._data(8, reason="Quá thời hạn bổ sung"), 0.0
                return
            now = yield "supplement_received", self._data(4, **self._moved(now)), self._part(now, 0.2)
        if self._procedure.fee and self._happens(0.4):
            paid_online = self._procedure.online_payment and self._happens(0.7 if self._channel == "online" else 0.1)
            now = yield "fee_requested", self._data(6, fee_due=self._procedure.fee), self._part(now, 0.1)
            now = yield "fee_paid", self._data(4, paid_online=paid_online), self._part(now, 0.1)
        if self._late and self._happens(0.5):
            told = day(now + self._random.uniform(2, 10) * DAY)
            now = yield "extended", self._data(4, due_at=told, reason="Phiếu xin lỗi và hẹn lại"), self._part(now, 0.2)
        yield from self._end(now)

    def _end(self, now: float) -> Life:
        now = yield "status_changed", self._data(4, note="Trình ký kết quả"), self._part(now, 0.3)
        finished = stamp(now)
        result = self._data(9, finished_at=finished, digitised_result=self._happens(0.7))
        now = yield "result_ready", result, self._clock.work(now, self._random.uniform(0.1, 6) * HOUR)
        if self._happens(0.3):
            now = yield "upserted", self._cover(9, synced=now), self._clock.work(now, HOUR)
        now = yield "returned", self._data(10, returned_at=stamp(now)), self._clock.about(self._random, DAY)
        if self._happens(0.2):
            rating = self._random.choices((1, 2, 3, 4, 5), (1, 2, 7, 30, 60))[0]
            yield "rated", {"dossier_id": self._id, "rating": rating}, 0.0

    def _cover(self, status: int, received: float | None = None, synced: float | None = None) -> Data:
        """A snapshot. A short term is told to the minute, a long one as a day; now and then upstream names none."""
        procedure = self._procedure
        cover = self._data(
            status,
            procedure=procedure.code,
            field=procedure.field,
            agency=self._agency.code,
            channel=self._channel,
            applicant_type="enterprise" if procedure.field in ENTERPRISES else "citizen",
            online_level=procedure.online_level,
            fee_due=procedure.fee,
        )
        if received is not None:
            cover |= {"received_at": stamp(received), "digitised_in": self._happens(0.6)}
            if not self._happens(0.05):
                cover["due_at"] = self._due(received)
        if synced is not None:
            cover["synced_at"] = stamp(synced)
        return cover

    def _due(self, received: float) -> str:
        time, start = self._clock.working_time, moment(received)
        if self._procedure.working_days is None:
            return (
                time.after(start, int(self._term)).astimezone(VIETNAM).isoformat(timespec="minutes")[:16] + ":00+07:00"
            )
        return time.end_of_day_after(start, self._procedure.working_days).astimezone(VIETNAM).date().isoformat()

    def _moved(self, now: float) -> Data:
        """After a wait, one portal in two names a new date; Nhịp moves the others by itself."""
        if self._clock.hurried or self._happens(0.5):
            return {}
        due = self._clock.working_time.after(moment(now), int(self._term)) + timedelta(days=1)
        return {"due_at": due.astimezone(VIETNAM).date().isoformat()}

    def _needed(self) -> float:
        """Seconds of work from receipt to the end. A term ends with a day of work, so late work takes a day more."""
        if self._late:
            return self._term * self._random.uniform(1.05, 2.2) + DAY_OF_WORK
        return self._term * min(diligence(self._agency.code) * spread(self._random), 0.9)

    def _begun_before(self) -> tuple[float, float]:
        """How long ago a dossier of a demo was received, and the work that is left."""
        calendar = self._term / DAY_OF_WORK * _CALENDAR * DAY
        if self._late:
            return calendar + self._random.uniform(3.1, 7) * DAY, DAY_OF_WORK / 4
        age = 0.0 if self._happens(0.5) else self._random.uniform(0.05, 0.7) * calendar
        return age, max(self._term * (1 - age / calendar), DAY_OF_WORK / 4)

    def _part(self, now: float, part: float) -> float:
        shortened = 1 if self._late else self._random.uniform(0.5, 1)
        return self._clock.work(now, part * self._work * shortened)

    def _citizens_time(self) -> float:
        return self._clock.about(self._random, 3 * DAY)

    def _happens(self, share: float) -> bool:
        return self._random.random() < share

    def _data(self, status: int, **more: object) -> Data:
        return {"dossier_id": self._id, "status": status, **more}
