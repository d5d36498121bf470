"""How a worker ends, and how a partition comes back to a worker that was cancelled on it."""

import asyncio
from pathlib import Path

import pytest

from connectors.kafka import driver, worker
from connectors.kafka.errors import PartitionsStalled
from streams.fetch import Fetch
from tests.stack.kafka_tools import create_topic, produce, until, working
from tests.stack.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite")


@pytest.fixture
async def topic(kafka, topic_prefix: str) -> str:
    await create_topic(kafka.bootstrap, f"{topic_prefix}endings", 2)
    return f"{topic_prefix}endings"


async def test_a_keeper_of_positions_that_fails_ends_the_worker(kafka, topic, tmp_path):
    class Broken(Ledger):
        async def assigned(self, *_: object) -> int | None:
            raise ConnectionError("no database")

    async with working(kafka.bootstrap, topic, Broken(tmp_path / "broken.sqlite"), expected=worker.FAILED) as app:
        await until(app.ending.is_set)
    assert isinstance(app.failure, ConnectionError)


async def test_a_broker_that_cannot_be_reached_is_told_from_other_failures(ledger):
    async with working("127.0.0.1:1", "nowhere", ledger, expected=worker.UNREACHABLE) as app:
        await until(app.ending.is_set)


async def test_a_partition_that_does_not_move_ends_the_worker(kafka, topic, ledger, monkeypatch):
    monkeypatch.setattr(worker, "STALL_SECONDS", 1.0)
    monkeypatch.setattr(worker, "WATCH_SECONDS", 0.2)
    monkeypatch.setattr(driver, "FINISH_SECONDS", 0.5)
    await produce(kafka.bootstrap, topic, [b"a"] * 10, partitions=2)

    async def handle(fetch: Fetch) -> None:
        await asyncio.Event().wait()

    async with working(kafka.bootstrap, topic, ledger, handle, expected=worker.FAILED) as app:
        await until(app.ending.is_set)
    assert isinstance(app.failure, PartitionsStalled)


async def test_a_partition_revoked_from_a_slow_fetch_is_stored_once_when_it_comes_back(
    kafka, topic, ledger, tmp_path, monkeypatch
):
    monkeypatch.setattr(driver, "SETTLE_SECONDS", 0.5)
    await produce(kafka.bootstrap, topic, [b"a"] * 10, partitions=2)
    cancelled: list[int] = []
    revoked = asyncio.Event()

    async def slow_at_first(fetch: Fetch) -> None:
        if not cancelled:
            try:
                await revoked.wait()
            except asyncio.CancelledError:
                cancelled.append(fetch.partition)
                revoked.set()
                raise
        await ledger.store(fetch)

    async with working(kafka.bootstrap, topic, ledger, slow_at_first) as first:
        await until(lambda: any(standing.behind for standing in first.standings()))
        async with working(kafka.bootstrap, topic, Ledger(tmp_path / "ledger.sqlite", "second"), group=topic):
            await until(lambda: len(cancelled) == 1)
            await until(lambda: len(ledger.values()) == 10)
        await until(lambda: [standing.position for standing in first.standings()] == [5, 5])
        await produce(kafka.bootstrap, topic, [b"b"] * 10, partitions=2)
        await until(lambda: len(ledger.values()) == 20)
    for partition in (0, 1):
        chain = ledger.chain(topic, partition)
        assert chain[0] == (0, 5)
        assert [asked for asked, _ in chain[1:]] == [after for _, after in chain[:-1]]
