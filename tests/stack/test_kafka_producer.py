"""What the producer promises: kept by every replica in sync, or an error that says whether to try again."""

import asyncio

import pytest
from aiokafka.partitioner import DefaultPartitioner

from connectors.kafka import producer as module
from connectors.kafka.errors import BrokerUnavailable, MessageRejected, TopicMissing
from connectors.kafka.producer import MAX_RECORD_BYTES, Producer, Record
from connectors.kafka.security import Security
from tests.stack.kafka_tools import create_topic


@pytest.fixture
async def topic(kafka, topic_prefix: str) -> str:
    await create_topic(kafka.bootstrap, f"{topic_prefix}producer", 2)
    return f"{topic_prefix}producer"


async def test_records_are_kept_with_their_partition_and_offset(kafka, topic):
    async with Producer([kafka.bootstrap], Security()) as producer:
        assert await producer.partitions(topic) == {0, 1}
        sent = [await producer.send(topic, b"%d" % n, partition=1, headers=[("a", b"b")]) for n in range(3)]
        kept = await asyncio.gather(*sent)
    assert [(each.partition, each.offset) for each in kept] == [(1, 0), (1, 1), (1, 2)]


async def test_a_record_of_almost_a_mebibyte_is_taken_and_a_larger_one_rejected(kafka, topic):
    async with Producer([kafka.bootstrap], Security()) as producer:
        await (await producer.send(topic, b"x" * (MAX_RECORD_BYTES - 200)))
        with pytest.raises(MessageRejected, match="do not try it again"):
            await (await producer.send(topic, b"x" * MAX_RECORD_BYTES))


async def test_a_missing_topic_and_an_absent_broker_are_told_apart(kafka, topic, monkeypatch):
    monkeypatch.setattr(module, "TIMEOUT_SECONDS", 1.0)
    async with Producer([kafka.bootstrap], Security()) as producer:
        with pytest.raises(TopicMissing, match="nhip setup"):
            await producer.send(f"{topic}-missing", b"x")
    with pytest.raises(BrokerUnavailable, match="NHIP_KAFKA_BROKERS"):
        async with Producer(["127.0.0.1:1"], Security()):
            pass


async def test_each_record_of_a_batch_has_its_own_outcome_and_goes_where_its_key_says(kafka, topic):
    sizes = [10, MAX_RECORD_BYTES, 10, 10]
    records = [Record(topic, b"k%d" % n, b"x" * size, ()) for n, size in enumerate(sizes)]
    async with Producer([kafka.bootstrap], Security()) as producer:
        outcomes = await producer.send_all(records, seconds=5)
        alone = [await (await producer.send(topic, b"x", key=record.key)) for record in records]
    assert [type(outcome) for outcome in outcomes] == [type(None), MessageRejected, type(None), type(None)]
    default = DefaultPartitioner()
    assert [each.partition for each in alone] == [default(record.key, [0, 1], [0, 1]) for record in records]
