"""Topics are made once, grown, and checked for the broker's append time."""

import pytest
from aiokafka.admin import NewTopic

from connectors.kafka.errors import BrokerUnavailable, TopicsUnfit
from connectors.kafka.security import Security
from connectors.kafka.topics import check_topics, ensure_topics
from tests.stack.kafka_tools import admin


async def ensure(kafka, prefix: str, partitions: int) -> list[str]:
    return await ensure_topics([kafka.bootstrap], Security(), prefix, partitions=partitions, replication=1)


async def test_topics_are_made_once_and_grown_on_demand(kafka, topic_prefix):
    assert len(await check_topics([kafka.bootstrap], Security(), topic_prefix)) == 4
    assert len(await ensure(kafka, topic_prefix, 2)) == 4
    assert await ensure(kafka, topic_prefix, 2) == []
    assert f"{topic_prefix}dossiers: grown to 3 partitions" in await ensure(kafka, topic_prefix, 3)
    assert await ensure(kafka, topic_prefix, 1) == []
    assert await check_topics([kafka.bootstrap], Security(), topic_prefix) == []


async def test_a_topic_with_the_producers_time_is_named(kafka, topic_prefix):
    async with admin(kafka.bootstrap) as client:
        await client.create_topics([NewTopic(f"{topic_prefix}dossiers", 1, 1)])
    with pytest.raises(TopicsUnfit, match=r"dossiers has message\.timestamp\.type=CreateTime, needs LogAppendTime"):
        await ensure(kafka, topic_prefix, 1)


async def test_an_impossible_replication_is_named(kafka, topic_prefix):
    with pytest.raises(TopicsUnfit, match="InvalidReplicationFactor"):
        await ensure_topics([kafka.bootstrap], Security(), topic_prefix, partitions=1, replication=3)


async def test_an_absent_broker_is_said(topic_prefix):
    with pytest.raises(BrokerUnavailable):
        await check_topics(["127.0.0.1:1"], Security(), topic_prefix)
