"""Where a partition is read from: the stored position, a loss that is passed, a refusal that waits for an operator."""

from pathlib import Path

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import NewPartitions, RecordsToDelete

from streams.fetch import Fetch
from tests.stack.kafka_tools import admin, create_topic, produce, until, until_known, working
from tests.stack.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite")


@pytest.fixture
async def topic(kafka, topic_prefix: str) -> str:
    await create_topic(kafka.bootstrap, f"{topic_prefix}driver", 2)
    return f"{topic_prefix}driver"


async def delete_records(bootstrap: str, topic: str, before: int) -> None:
    async with admin(bootstrap) as client:
        await client.delete_records({TopicPartition(topic, 0): RecordsToDelete(before)})


async def recreate(bootstrap: str, topic: str) -> None:
    async with admin(bootstrap) as client:
        await client.delete_topics([topic])
    await until_known(bootstrap, topic, 0)
    await create_topic(bootstrap, topic, 2)


async def test_partitions_added_while_running_are_read_from_their_beginning(kafka, topic, ledger):
    async with working(kafka.bootstrap, topic, ledger):
        await produce(kafka.bootstrap, topic, [b"early"] * 200, partitions=2)
        async with admin(kafka.bootstrap) as client:
            await client.create_partitions({topic: NewPartitions(4)})
        await until_known(kafka.bootstrap, topic, 4)
        await produce(kafka.bootstrap, topic, [b"late"] * 400, partitions=4)
        await until(lambda: len(ledger.values()) == 600)
    assert ledger.rows("SELECT DISTINCT partition FROM record ORDER BY 1") == [(0,), (1,), (2,), (3,)]


async def test_what_retention_took_while_we_were_away_is_a_loss_and_passed(kafka, topic, ledger):
    await produce(kafka.bootstrap, topic, [b"%d" % n for n in range(20)], partitions=1)
    ledger.place(topic, 0, 5, await identity(kafka, topic, ledger))
    await delete_records(kafka.bootstrap, topic, 12)
    async with working(kafka.bootstrap, topic, ledger):
        await until(lambda: ledger.next_offset(topic, 0) == 20)
    assert ledger.rows("SELECT first, next FROM loss") == [(5, 12)]
    assert ledger.values() == [b"%d" % n for n in range(12, 20)]


async def test_retention_that_overtakes_us_while_running_is_a_loss_too_never_a_silent_jump(kafka, topic, ledger):
    await produce(kafka.bootstrap, topic, [b"x" * 1000] * 30_000, partitions=1)

    async def handle(fetch: Fetch) -> None:
        if fetch.asked == 0:
            await delete_records(kafka.bootstrap, topic, 29_000)
        await ledger.store(fetch)

    async with working(kafka.bootstrap, topic, ledger, handle):
        await until(lambda: ledger.next_offset(topic, 0) == 30_000)
    ((first, following),) = ledger.rows("SELECT first, next FROM loss")
    assert following == 29_000
    assert ledger.rows("SELECT max(after) FROM fetch WHERE asked < 29000") == [(first,)]


async def test_a_recreated_topic_is_refused_until_it_is_adopted(kafka, topic, ledger):
    async with working(kafka.bootstrap, topic, ledger) as app:
        await produce(kafka.bootstrap, topic, [b"old"] * 100, partitions=2)
        await until(lambda: len(ledger.values()) == 100)
        await recreate(kafka.bootstrap, topic)
        await produce(kafka.bootstrap, topic, [b"new"] * 40, partitions=2)
        await until(lambda: all(ledger.position(topic, partition).paused for partition in (0, 1)))
        assert b"new" not in ledger.values()
        # Deleting a topic may take its partitions away and give them back: for that moment the worker holds none.
        await until(lambda: [standing.position for standing in app.standings()] == [None, None])
        for partition in (0, 1):
            ledger.rows("DELETE FROM record")
            ledger.place(topic, partition, 0, last_identity(ledger))  # what `nhip adopt` does
        await until(lambda: ledger.values().count(b"new") == 40)


async def test_a_topic_recreated_and_filled_beyond_our_position_is_refused(kafka, topic, ledger):
    await produce(kafka.bootstrap, topic, [b"old"] * 20, partitions=2)
    async with working(kafka.bootstrap, topic, ledger):
        await until(lambda: len(ledger.values()) == 20)
    await recreate(kafka.bootstrap, topic)
    await produce(kafka.bootstrap, topic, [b"new"] * 200, partitions=2)
    async with working(kafka.bootstrap, topic, ledger):
        await until(lambda: all(ledger.position(topic, partition).paused for partition in (0, 1)))
    assert b"new" not in ledger.values()


async def test_a_paused_partition_rests_while_its_neighbour_goes_on_and_is_taken_up_again(kafka, topic, ledger):
    async def handle(fetch: Fetch) -> None:
        await ledger.store(fetch)
        if any(record.value == b"too many dead letters" for record in fetch.records):
            ledger.pause(topic, fetch.partition, "dead letters")
            await app.pause(topic, fetch.partition)

    async with working(kafka.bootstrap, topic, ledger, handle) as app:
        await produce(kafka.bootstrap, topic, [b"too many dead letters"], partitions=1)
        await until(lambda: ledger.position(topic, 0) is not None and ledger.position(topic, 0).paused is not None)
        await produce(kafka.bootstrap, topic, [b"a"] * 100, partitions=2)
        await until(lambda: ledger.next_offset(topic, 1) == 50)
        assert ledger.next_offset(topic, 0) == 1
        ledger.pause(topic, 0, None)
        await until(lambda: ledger.next_offset(topic, 0) == 51)
    assert len(ledger.values()) == 101


async def identity(kafka, topic: str, ledger: Ledger) -> str:
    """Learn the topic's identity as a worker does, and forget what was read."""
    async with working(kafka.bootstrap, topic, ledger, group=f"{topic}-first"):
        await until(lambda: bool(ledger.rows("SELECT 1 FROM assignment")))
    for table in ("position", "record", "fetch"):
        ledger.rows(f"DELETE FROM {table}")
    return last_identity(ledger)


def last_identity(ledger: Ledger) -> str:
    ((identity,),) = ledger.rows("SELECT cluster_id FROM assignment ORDER BY rowid DESC LIMIT 1")
    return identity
