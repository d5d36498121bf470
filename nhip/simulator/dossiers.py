"""The life of one dossier (DOMAIN §1.2), as the one-stop system tells it.

Half of them are seen for the first time in the middle of their life, as when a portal is first connected: otherwise
nothing could be late before the traffic has run for days.
"""

from random import Random

from nhip.simulator.life import DAY, PACE, Data, Life, Subject
from nhip.simulator.procedures import Procedure, procedure
from nhip.simulator.province import DEPARTMENTS, DISTRICT_AGENCIES, district
from nhip.simulator.rhythm import day, stamp

_CALENDAR = 1.4  # days in a working day, weekends included
_BUSINESS = {"ho-kinh-doanh", "doanh-nghiep", "thuong-mai", "viec-lam"}


def dossier(random: Random, number: str, now: float) -> Subject:
    """A dossier that the one-stop system tells of for the first time."""
    what = procedure(random)
    agency = DEPARTMENTS[what.agency] if what.agency else DISTRICT_AGENCIES[district(random).code]
    identifier = f"{agency.code.upper()}.H30-{number}"
    late = random.random() < agency.late
    term = what.days * _CALENDAR * DAY
    age = _age(random, term, late)
    snapshot = {"agency": agency.code, **_file(random, what, now - age, term)}
    life = _life(random, identifier, snapshot, max(term - age, DAY / 4), late)
    return Subject("vn.nhip.dossier.", "/hau-giang/one-stop", identifier, life)


def _age(random: Random, term: float, late: bool) -> float:
    """How old it is when first seen, in seconds."""
    if late:
        return term + random.uniform(1.1, 4) * DAY
    return 0.0 if random.random() < 0.5 else random.uniform(0.05, 0.7) * term


def _file(random: Random, what: Procedure, received: float, term: float) -> Data:
    """What stands on its cover. A short term is told to the minute, a long one as a day."""
    return {
        "procedure": what.code,
        "field": what.field,
        "received_at": stamp(received),
        "due_at": day(received + term) if what.days >= 1 else stamp(received + term),
        "channel": _channel(random, what),
        "applicant_type": "enterprise" if what.field in _BUSINESS else "citizen",
        "online_level": what.level,
        "fee_due": what.fee,
    }


def _channel(random: Random, what: Procedure) -> str:
    online = 0.0 if what.level < 3 else 0.17
    return "online" if random.random() < online else random.choices(("counter", "post"), (95, 5))[0]


def _life(random: Random, identifier: str, snapshot: Data, remaining: float, late: bool) -> Life:
    def data(status: int, **more: object) -> Data:
        return {"dossier_id": identifier, "status": status, **more}

    def wait(part: float) -> float:
        return random.uniform(0.4, 1.1) * part * remaining / PACE

    yield "upserted", data(2, **snapshot), wait(0.1)
    if random.random() < 0.01:
        yield "withdrawn", data(7, reason="Công dân rút hồ sơ"), 0.0
        return
    now = yield "status_changed", data(4), wait(0.3)
    if random.random() < 0.05:
        yield "supplement_requested", data(5, reason="Thiếu giấy tờ kèm theo"), wait(0.2)
        now = yield "supplement_received", data(4), wait(0.2)
    if snapshot["fee_due"] and random.random() < 0.3:
        yield "fee_requested", data(6, fee_due=snapshot["fee_due"]), wait(0.1)
        now = yield "fee_paid", data(4, paid_online=snapshot["channel"] == "online"), wait(0.2)
    if late and random.random() < 0.5:
        now = yield "extended", data(4, due_at=day(now + 3 * DAY), reason="Phiếu xin lỗi và hẹn lại"), wait(0.2)
    now = yield "result_ready", data(9, finished_at=stamp(now), digitised_result=random.random() < 0.7), wait(0.05)
    yield "returned", data(10, returned_at=stamp(now)), wait(0.02)
    if random.random() < 0.2:
        rating = random.choices((1, 2, 3, 4, 5), (1, 2, 7, 30, 60))[0]
        yield "rated", {"dossier_id": identifier, "rating": rating}, 0.0
