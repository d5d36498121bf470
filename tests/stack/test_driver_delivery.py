"""Every record is delivered once, in an unbroken chain of positions, whoever produced it."""

import asyncio
import zlib
from pathlib import Path

import pytest

from streams.fetch import Fetch
from tests.stack.kafka_tools import committed, create_topic, produce, producer, until, working
from tests.stack.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite")


@pytest.fixture
async def topic(kafka, topic_prefix: str) -> str:
    await create_topic(kafka.bootstrap, f"{topic_prefix}driver", **{"message.timestamp.type": "LogAppendTime"})
    return f"{topic_prefix}driver"


async def test_every_record_arrives_and_each_fetch_starts_where_the_last_ended(kafka, topic, ledger):
    values = [b"%d" % n for n in range(30_000)]
    await produce(kafka.bootstrap, topic, values[:18_000])
    async with working(kafka.bootstrap, topic, ledger):
        await produce(kafka.bootstrap, topic, values[18_000:])
        await until(lambda: len(ledger.values()) == len(values))
    assert sorted(ledger.values()) == sorted(values)
    for partition in range(3):
        chain = ledger.chain(topic, partition)
        assert [asked for asked, _ in chain] == [0] + [after for _, after in chain[:-1]]
        assert await committed(kafka.bootstrap, topic, topic, partition) == chain[-1][1] == 10_000
    assert ledger.rows("SELECT DISTINCT timestamp_type FROM record") == [(1,)]


async def test_a_second_run_reads_on_from_the_stored_position(kafka, topic, ledger):
    await produce(kafka.bootstrap, topic, [b"a"] * 300)
    async with working(kafka.bootstrap, topic, ledger):
        await until(lambda: len(ledger.values()) == 300)
    await produce(kafka.bootstrap, topic, [b"b"] * 300)
    async with working(kafka.bootstrap, topic, ledger, group=f"{topic}-other-group"):
        await until(lambda: len(ledger.values()) == 600)
    assert [asked for asked, _ in ledger.chain(topic, 0)][:1] == [0]


async def test_null_values_and_null_keys_are_delivered(kafka, topic, ledger):
    async with producer(kafka.bootstrap) as client:
        await client.send_and_wait(topic, None, key=b"gone", partition=0)
        await client.send_and_wait(topic, b"no key", partition=0)
    async with working(kafka.bootstrap, topic, ledger):
        await until(lambda: len(ledger.values()) == 2)
    assert ledger.rows("SELECT key, value FROM record ORDER BY offset") == [(b"gone", None), (None, b"no key")]


async def test_producers_may_hash_keys_differently(kafka, topic, ledger):
    def crc32(key: bytes, everything: list[int], available: list[int]) -> int:
        return everything[zlib.crc32(key) % len(everything)]

    keys = [b"key-%d" % n for n in range(500)]
    async with producer(kafka.bootstrap) as murmur, producer(kafka.bootstrap, partitioner=crc32) as librdkafka:
        for key in keys:
            await murmur.send(topic, b"murmur2", key=key)
            await librdkafka.send(topic, b"crc32", key=key)
    async with working(kafka.bootstrap, topic, ledger):
        await until(lambda: len(ledger.values()) == 1000)
    assert sorted(key for (key,) in ledger.rows("SELECT key FROM record")) == sorted(keys * 2)


async def test_positions_pass_control_records_and_aborted_transactions(kafka, topic, ledger):
    async with producer(kafka.bootstrap, transactional_id=f"{topic}-tx") as client:
        async with client.transaction():
            await client.send(topic, b"committed", partition=0)  # offset 0, its marker 1
        await client.begin_transaction()
        await client.send_and_wait(topic, b"aborted", partition=0)  # offset 2, its marker 3
        await client.abort_transaction()
        await client.begin_transaction()
        await client.send_and_wait(topic, b"aborted", partition=1)  # offset 0, its marker 1
        await client.abort_transaction()
    async with working(kafka.bootstrap, topic, ledger):
        await until(lambda: (ledger.next_offset(topic, 0), ledger.next_offset(topic, 1)) == (4, 2))
    assert ledger.values() == [b"committed"]
    assert ledger.chain(topic, 1) == [(0, 2)]  # no record, yet the advance is stored
    assert await committed(kafka.bootstrap, topic, topic, 0) == 4
    assert await committed(kafka.bootstrap, topic, topic, 1) == 2


async def test_an_open_transaction_holds_back_what_follows_it(kafka, topic, ledger):
    async with (
        producer(kafka.bootstrap, transactional_id=f"{topic}-tx") as client,
        working(kafka.bootstrap, topic, ledger),
    ):
        await client.begin_transaction()
        await client.send_and_wait(topic, b"open", partition=0)
        await produce(kafka.bootstrap, topic, [b"after"], partitions=1)
        await asyncio.sleep(1)
        assert ledger.values() == []
        await client.commit_transaction()
        await until(lambda: ledger.next_offset(topic, 0) == 3)
    assert ledger.values() == [b"open", b"after"]
    assert ledger.rows("SELECT max(ending) FROM fetch") == [(3,)]


async def test_compaction_gaps_do_not_break_the_chain(kafka, topic_prefix, ledger):
    topic = f"{topic_prefix}compacted"
    config = {"cleanup.policy": "compact", "segment.ms": "100", "min.cleanable.dirty.ratio": "0.01"}
    await create_topic(kafka.bootstrap, topic, 1, **config, **{"max.compaction.lag.ms": "100"})
    async with producer(kafka.bootstrap) as client:
        for n in range(40):
            await client.send_and_wait(topic, b"%d" % n, key=b"same", partition=0)
            await asyncio.sleep(0.02)
    async with working(kafka.bootstrap, topic, ledger):
        await until(lambda: ledger.next_offset(topic, 0) == 40)
    chain = ledger.chain(topic, 0)
    assert [asked for asked, _ in chain] == [0] + [after for _, after in chain[:-1]]


async def test_one_worker_serves_several_topics(kafka, topic, topic_prefix, ledger):
    other = f"{topic_prefix}other"
    await create_topic(kafka.bootstrap, other, 2)
    seen: list[str] = []

    async def handle(fetch: Fetch) -> None:
        seen.append(fetch.topic)
        await ledger.store(fetch)

    async with working(kafka.bootstrap, topic, ledger, also={other: handle}):
        await produce(kafka.bootstrap, topic, [b"a"] * 30)
        await produce(kafka.bootstrap, other, [b"b"] * 30, partitions=2)
        await until(lambda: len(ledger.values()) == 60)
    assert set(seen) == {other}


async def test_at_most_two_fetches_of_a_partition_wait_and_the_others_go_on(kafka, topic, ledger):
    await produce(kafka.bootstrap, topic, [b"x" * 500] * 30_000)
    gate = asyncio.Event()

    async def handle(fetch: Fetch) -> None:
        if fetch.partition == 0:
            await gate.wait()
        await ledger.store(fetch)

    async with working(kafka.bootstrap, topic, ledger, handle) as app:
        await until(lambda: ledger.next_offset(topic, 1) == ledger.next_offset(topic, 2) == 10_000)
        assert ledger.chain(topic, 0) == []
        behind = {0: True, 1: False, 2: False}
        await until(lambda: {standing.partition: standing.behind for standing in app.standings()} == behind)
        gate.set()
        await until(lambda: ledger.next_offset(topic, 0) == 10_000)
