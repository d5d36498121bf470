"""Worker processes: rebalance, failure, stop, death. The times are printed, the outcome is what is asserted."""

import asyncio
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.stack.kafka_tools import Process, committed, create_topic, process, produce, until
from tests.stack.ledger import Ledger

PARTITIONS = 4


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(database: Path) -> Ledger:
    return Ledger(database)


@pytest.fixture
async def topic(kafka, topic_prefix: str) -> str:
    await create_topic(kafka.bootstrap, f"{topic_prefix}workers", PARTITIONS)
    return f"{topic_prefix}workers"


async def feed(bootstrap: str, topic: str, enough: asyncio.Event) -> list[bytes]:
    """Produce a steady stream until it is enough, and return it."""
    values: list[bytes] = []
    while not enough.is_set():
        batch = [b"%d" % (len(values) + n) for n in range(400)]
        await produce(bootstrap, topic, batch, PARTITIONS)
        values += batch
        await asyncio.sleep(0.1)
    return values


def workers(ledger: Ledger, since: int = 0) -> set[str]:
    return {name for (name,) in ledger.rows("SELECT DISTINCT worker FROM fetch WHERE rowid > ?", since)}


def last_fetch(ledger: Ledger) -> int:
    return ledger.rows("SELECT coalesce(max(rowid), 0) FROM fetch")[0][0]


def assert_unbroken(ledger: Ledger, topic: str) -> None:
    for partition in range(PARTITIONS):
        at = 0
        for asked, after in ledger.chain(topic, partition):
            assert asked <= at < after  # a batch of a worker that lost the partition may be repeated, never skipped
            at = after


async def test_partitions_move_between_two_workers_and_nothing_is_lost_or_stored_twice(kafka, topic, database, ledger):
    enough = asyncio.Event()
    with process(kafka.bootstrap, topic, database, "first") as first:
        feeding = asyncio.create_task(feed(kafka.bootstrap, topic, enough))
        await until(lambda: workers(ledger) == {"first"})
        with process(kafka.bootstrap, topic, database, "second") as second:
            await until(lambda: workers(ledger) == {"first", "second"})
            second.signal(signal.SIGTERM)
            assert await second.status() == 0
        since = last_fetch(ledger)
        await until(lambda: partitions_of(ledger, "first", since) == set(range(PARTITIONS)))
        enough.set()
        values = await feeding
        await until(lambda: len(ledger.values()) == len(values))
        first.signal(signal.SIGTERM)
        assert await first.status() == 0
    assert Counter(ledger.values()) == Counter(values)
    assert_unbroken(ledger, topic)


async def test_a_killed_workers_partitions_move_to_the_other(kafka, topic, database, ledger):
    enough = asyncio.Event()
    with (
        process(kafka.bootstrap, topic, database, "killed") as killed,
        process(kafka.bootstrap, topic, database, "left") as left,
    ):
        feeding = asyncio.create_task(feed(kafka.bootstrap, topic, enough))
        await until(lambda: workers(ledger) == {"killed", "left"})
        orphans = {p for (p,) in ledger.rows("SELECT DISTINCT partition FROM fetch WHERE worker = 'killed'")}
        since = last_fetch(ledger)
        killed.signal(signal.SIGKILL)
        began = time.monotonic()
        await until(lambda: partitions_of(ledger, "left", since) >= orphans)
        print(f"partitions moved {time.monotonic() - began:.1f} s after kill -9")
        enough.set()
        values = await feeding
        await until(lambda: len(ledger.values()) == len(values))
        left.signal(signal.SIGTERM)
        assert await left.status() == 0
    assert Counter(ledger.values()) == Counter(values)
    assert_unbroken(ledger, topic)


def partitions_of(ledger: Ledger, worker: str, since: int) -> set[int]:
    rows = ledger.rows("SELECT DISTINCT partition FROM fetch WHERE worker = ? AND rowid > ?", worker, since)
    return {partition for (partition,) in rows}


async def test_a_handler_that_raises_ends_the_process_and_its_fetch_comes_again(kafka, topic, database, ledger):
    await produce(kafka.bootstrap, topic, [b"good"] * 8 + [b"poison"], PARTITIONS)
    with process(kafka.bootstrap, topic, database, "failing", "fail") as failing:
        assert await failing.status() == 1
    assert b"poison" not in ledger.values()
    assert await committed(kafka.bootstrap, topic, topic, 0) is None
    with process(kafka.bootstrap, topic, database, "next") as following:
        await until(lambda: len(ledger.values()) == 9)
        following.signal(signal.SIGTERM)
        assert await following.status() == 0
    assert Counter(ledger.values()) == {b"good": 8, b"poison": 1}


async def test_sigterm_finishes_the_fetch_at_hand(kafka, topic, database, ledger):
    await produce(kafka.bootstrap, topic, [b"a"] * 40, PARTITIONS)
    with process(kafka.bootstrap, topic, database, "slow", "slow") as slow:
        await until(lambda: handling(slow))
        took = await stop(slow, expected=0)
    print(f"stopped {took:.1f} s after SIGTERM, fetches of 2 s at hand")
    assert len(ledger.values()) == 40
    assert await committed(kafka.bootstrap, topic, topic, 0) == 10


async def test_sigterm_ends_a_worker_whose_handler_never_comes_back(kafka, topic, database, ledger):
    await produce(kafka.bootstrap, topic, [b"a"] * 40, PARTITIONS)
    with process(kafka.bootstrap, topic, database, "stuck", "stuck") as stuck:
        await until(lambda: handling(stuck))
        took = await stop(stuck, expected=0)
    print(f"stopped {took:.1f} s after SIGTERM, handlers stuck")
    assert ledger.values() == []
    assert await committed(kafka.bootstrap, topic, topic, 0) is None


async def test_a_worker_stuck_in_a_handler_hands_its_partitions_over_when_another_joins(kafka, topic, database, ledger):
    await produce(kafka.bootstrap, topic, [b"a"] * 40, PARTITIONS)
    with process(kafka.bootstrap, topic, database, "stuck", "stuck") as stuck:
        await until(lambda: handling(stuck))
        with process(kafka.bootstrap, topic, database, "other") as other:
            await until(lambda: len(ledger.values()) == 20)  # half of the partitions
            await stop(stuck, expected=0)
            await until(lambda: len(ledger.values()) == 40)
            await stop(other, expected=0)
    assert workers(ledger) == {"other"}


def handling(worker: Process) -> bool:
    return worker.log.read_text().count("handling") == PARTITIONS


async def stop(worker: Process, expected: int) -> float:
    began = time.monotonic()
    worker.signal(signal.SIGTERM)
    assert await worker.status() == expected
    return time.monotonic() - began
