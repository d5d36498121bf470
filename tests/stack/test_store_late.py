"""Late pings: refolding from checkpoints gives what folding everything at once gives, and stops as early as it can."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from connectors.timescale import late
from streams.contracts import HEALTH
from streams.health import fold
from tests.stack.store_tools import NOW, House, emptied, housed, maintenance, ping

Event = dict[str, Any]

CHECKS = (("web", 900, 300), ("sync", 300, 0), ("nightly", 86_400, 3600))
STEPS = (0, 0, 1, 30, 60, 60, 90, 300, 600)  # seconds; two pings at the same moment are as likely as any
GAPS = (4_000, 20_000, 40_000)


def history(random: Random, pings: int) -> list[Event]:
    """Weeks of up to three checks of up to two systems, with flaps, silences and maintenance, in order."""
    systems, at = random.choice([1, 2]), NOW - timedelta(days=40)
    conditions: dict[tuple[int, str], str] = {}
    events = []
    for n in range(pings):
        at += timedelta(seconds=random.choice(GAPS if random.random() < 0.05 else STEPS))
        system, (check, interval_s, grace_s) = random.randrange(systems), random.choices(CHECKS, [5, 5, 1])[0]
        if random.random() < 0.05:
            of = {"check_id": check} if random.random() < 0.5 else {}
            events.append(maintenance(f"s{system}", n, random.choice(["started", "ended"]), at, **of))
            continue
        if random.random() < 0.2:
            conditions[system, check] = random.choice(["ok", "ok", "fail", "fail", "fail", "degraded"])
        status = conditions.get((system, check), "ok")
        if random.random() < 0.15:
            status = random.choice(["ok", "fail", "degraded", "start"])
        events.append(ping(f"s{system}", n, at, status, check_id=check, interval_s=interval_s, grace_s=grace_s))
    return events


def some_late(random: Random, events: list[Event]) -> list[Event]:
    """One in ten comes at any later time, or earlier."""
    arriving = [event for event in events if random.random() > 0.1]
    for event in (event for event in events if event not in arriving):
        arriving.insert(random.randrange(len(arriving) + 1), event)
    return arriving


def history_after_live(random: Random, events: list[Event]) -> list[Event]:
    """What is imported when a system has been watched for a while."""
    cut = random.randrange(len(events))
    return events[cut:] + events[:cut]


def backwards(random: Random, events: list[Event]) -> list[Event]:
    return events[::-1]


def shuffled(random: Random, events: list[Event]) -> list[Event]:
    return random.sample(events, len(events))


@pytest.mark.parametrize("arrival", [some_late, history_after_live, backwards, shuffled])
@pytest.mark.parametrize("every", [1, 2, 5, 16])
async def test_whatever_comes_late(
    postgresql_store: str,
    monkeypatch: pytest.MonkeyPatch,
    arrival: Callable[[Random, list[Event]], list[Event]],
    every: int,
) -> None:
    monkeypatch.setattr(fold, "CHECKPOINT_EVERY", every)
    for seed in range(8):
        random = Random(f"{arrival.__name__} {every} {seed}")
        events = arrival(random, history(random, random.choice([20, 40, 80, 160])))
        async with housed(emptied(postgresql_store)) as house:
            while events:
                size = random.choice([1, 2, 5, 20, 100])
                outcome = await house.take(HEALTH, events[:size], random.randrange(2))
                assert outcome.stored == len(events[:size])
                events = events[size:]
            report = house.verify()
            assert (seed, report.differences, report.shown) == (seed, 0, [])


async def test_one_late_ping_beside_live_ones_is_a_few_stretches_of_work(
    plain_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fold, "CHECKPOINT_EVERY", 10)
    minutes = 2000
    start = NOW - timedelta(minutes=minutes)
    await plain_house.take(HEALTH, [ping("lgsp", n, start + timedelta(minutes=n)) for n in range(minutes - 1)])
    read: list[int] = []
    reading = late.read_beats

    async def counted(*arguments: Any) -> Any:
        beats = await reading(*arguments)
        read.append(len(beats))
        return beats

    monkeypatch.setattr(late, "read_beats", counted)
    live = ping("lgsp", "live", NOW - timedelta(minutes=1))
    for n, behind in enumerate((1900, 700)):
        await plain_house.take(HEALTH, [ping("lgsp", f"late {n}", NOW - timedelta(minutes=behind, seconds=30)), live])
    assert 0 < sum(read) < 100
    plain_house.assert_true()


async def test_a_late_success_takes_back_an_outage_that_began_before_the_checkpoint(
    plain_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fold, "CHECKPOINT_EVERY", 1)

    def at(minute: float, status: str) -> Event:
        return ping("lgsp", f"{minute}", NOW - timedelta(minutes=20 - minute), status, grace_s=600)

    await plain_house.take(HEALTH, [at(0, "ok"), at(1, "fail"), at(2, "fail"), at(3, "fail"), at(4, "fail")])
    assert [state for (state,) in plain_house.rows(STATES)] == ["up", "down"]
    await plain_house.take(HEALTH, [at(2.5, "ok")])
    assert [state for (state,) in plain_house.rows(STATES)] == ["up"]
    plain_house.assert_true()


async def test_a_late_ping_lengthens_an_interval_of_days_before_the_checkpoint(
    plain_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check is new since the checkpoint, and its last ping is of another day than the late one."""
    monkeypatch.setattr(fold, "CHECKPOINT_EVERY", 3)
    nightly = {"check_id": "nightly", "interval_s": 4 * 86_400}
    start = NOW - timedelta(days=9)
    hours = [ping("lgsp", n, start + timedelta(hours=n)) for n in range(4)]
    await plain_house.take(HEALTH, [*hours, ping("lgsp", "a", start + timedelta(hours=5), **nightly)])
    await plain_house.take(HEALTH, [ping("lgsp", "z", start + timedelta(days=7))])
    await plain_house.take(HEALTH, [ping("lgsp", "b", start + timedelta(days=3), **nightly)])
    plain_house.assert_true()


STATES = "SELECT state FROM nhip.health_interval ORDER BY lower"
