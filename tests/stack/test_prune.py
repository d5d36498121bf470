"""`nhip prune`: a snapshot stands for what is gone; nothing that is told of later days is another thing for it."""

import asyncio
import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import psycopg
import pytest

from connectors.timescale import catalogue as catalogues
from connectors.timescale import prune as module
from connectors.timescale.prune import Busy, prune
from connectors.timescale.rebuild import rebuild
from streams.catalogue import Catalogue
from streams.contracts import HEALTH
from streams.days import civil_day
from streams.health import fold
from tests.stack.nhip_tools import Installation
from tests.stack.store_tools import NOW, House, emptied, housed, ping
from tests.stack.test_store_late import history, some_late

Event = dict[str, Any]

DAY = timedelta(days=1)


def pruned(house: House, before: datetime) -> tuple[datetime | None, int]:
    """Where the floor is afterwards, and how many pings went."""
    steps: list[datetime] = []
    with psycopg.connect(house.url, autocommit=True) as connection:
        n = prune(connection, before, lambda floor, _: steps.append(floor))
    return steps[-1] if steps else None, n


def told(house: House, floor: datetime) -> list[Any]:
    """Everything that is told of the time from the floor on."""
    day = civil_day(floor)
    return [
        house.rows("SELECT subject, last_at, fold, tail FROM nhip.system_state ORDER BY subject"),
        house.rows(
            "SELECT subject, planned, check_id, lower, upper, state, cover FROM nhip.health_interval"
            " WHERE upper > %s ORDER BY 1, 2, 3, 4", floor
        ),
        house.rows("SELECT * FROM nhip.health_day WHERE day > %s ORDER BY subject, day", day),
        house.rows("SELECT * FROM board.uptime(%s, %s, %s) ORDER BY 1", day + DAY, civil_day(NOW) + DAY, NOW),
    ]  # fmt: skip


async def take(house: House, random: Random, events: Sequence[Event]) -> None:
    left = list(events)
    while left:
        size = random.choice([1, 5, 20, 100])
        await house.take(HEALTH, left[:size], random.randrange(2))
        left = left[size:]


def at(event: Event) -> datetime:
    return datetime.fromisoformat(event["time"])


async def test_whenever_it_is_pruned_the_time_after_is_told_as_without(
    postgresql_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(10):
        random = Random(f"prune {seed}")
        monkeypatch.setattr(fold, "CHECKPOINT_EVERY", random.choice([1, 3, 16, 256]))
        events = some_late(random, history(random, 160))
        cut = random.randrange(len(events) // 2, len(events))
        before = at(random.choice(events))
        async with housed(emptied(postgresql_store)) as house:
            await take(house, random, events[:cut])
            floor, n = pruned(house, before)
            report = house.verify()
            assert (seed, report.differences, report.shown) == (seed, 0, [])
            late = [event for event in events[cut:] if floor and at(event) < floor]
            await take(house, random, events[cut:])
            report = house.verify()
            assert (seed, report.differences, report.shown) == (seed, 0, [])
            assert [reason for reason, _ in house.letters()] == ["pruned"] * len(late)
            if floor is None:
                assert n == 0
                continue
            assert house.rows("SELECT count(*) FROM nhip.health_event WHERE time < %s", floor) == [(0,)]
            with_pruning = told(house, floor)
        async with housed(emptied(postgresql_store)) as house:
            await take(house, random, [event for event in events if event not in late])
            assert told(house, floor) == with_pruning, seed


@pytest.fixture
async def watched(house: House) -> House:
    """A system that still pings, one that has not for weeks; forty days, six hours between pings."""
    for system, days in (("lgsp", 40), ("old", 12)):
        begun = NOW - 40 * DAY
        events = [
            ping(system, f"{system}{n}", begun + n * DAY / 4, "fail" if n % 9 < 4 else "ok") for n in range(4 * days)
        ]
        await house.take(HEALTH, events)
    return house


async def test_what_was_made_of_pruned_pings_stays_and_late_ones_are_refused(watched: House) -> None:
    everything = "SELECT * FROM nhip.health_day ORDER BY subject, day"
    intervals = "SELECT * FROM nhip.health_interval ORDER BY subject, check_id, lower"
    before = watched.rows(everything), watched.rows(intervals)
    floor, n = pruned(watched, NOW - 20 * DAY)
    assert floor is not None
    assert (NOW - 21 * DAY < floor <= NOW - 20 * DAY, floor.astimezone(UTC).hour) == (True, 0)
    assert (n > 100, watched.rows("SELECT pruned FROM nhip.floor")) == (True, [(n,)])
    assert (watched.rows(everything), watched.rows(intervals)) == before
    watched.assert_true()
    assert pruned(watched, NOW - 20 * DAY) == (None, 0), "safe to repeat"
    again = ping("lgsp", "lgsp0", NOW - 40 * DAY, "fail")
    late = ping("new", "x", floor - timedelta(seconds=1))
    timely = ping("new", "y", floor)
    outcome = await watched.take(HEALTH, [again, late, timely])
    assert (outcome.stored, outcome.duplicates, [letter.refusal.reason for letter in outcome.refused]) == (
        1, 0, ["pruned", "pruned"],
    )  # fmt: skip
    watched.assert_true()


async def test_a_rebuild_goes_on_from_the_snapshot(watched: House) -> None:
    floor, _ = pruned(watched, NOW - 20 * DAY)
    assert floor is not None
    first: Any = "SELECT first_at FROM nhip.system_state ORDER BY subject"
    before, began = told(watched, floor), watched.rows(first)
    with psycopg.connect(watched.url) as connection:
        catalogues.load(connection, Catalogue(name="anew"))
    await rebuild(watched.pool, lambda *_: None)
    assert (told(watched, floor), watched.rows(first)) == (before, began)
    watched.assert_true()


async def test_a_batch_under_way_is_waited_for_and_the_next_one_knows_the_floor(
    watched: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = ping("lgsp", "late", NOW - 30 * DAY)
    monkeypatch.setattr(module, "PATIENCE", "200ms")
    async with watched.store.transaction() as batch:
        await batch.floor(HEALTH)
        with pytest.raises(Busy):
            await asyncio.to_thread(pruned, watched, NOW - 20 * DAY)
    monkeypatch.setattr(module, "PATIENCE", "60s")
    pruning, taking = asyncio.to_thread(pruned, watched, NOW - 20 * DAY), watched.take(HEALTH, [old])
    await asyncio.gather(pruning, taking)
    watched.assert_true()


async def test_the_command_prunes_as_the_owner_and_keeps_a_month_at_least(watched: House) -> None:
    installed = Installation(watched.url, os.environ | {"NHIP_OWNER_DATABASE_URL": watched.url})
    done = installed.answer("prune", "--keep", "35")
    assert done["pruned"] > 10
    assert datetime.fromisoformat(done["floor"]) <= NOW - 35 * DAY
    assert installed.answer("prune", "--keep", "35")["pruned"] == 0
    assert installed.run("prune", "--keep", "30").returncode == 2
