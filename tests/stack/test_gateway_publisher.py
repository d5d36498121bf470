"""What the gateway writes with, against a broker that falls silent."""

from collections.abc import Callable

import pytest

from connectors.gateway import publisher
from connectors.gateway.publisher import KafkaPublisher
from connectors.kafka.errors import BrokerUnavailable
from connectors.kafka.producer import Producer, Record
from connectors.kafka.security import Security
from tests.parts.kafka import Kafka
from tests.stack.gateway_tools import records
from tests.stack.kafka_proxy import proxied
from tests.stack.kafka_tools import create_topic


def producers(bootstrap: str, made: list[Producer]) -> Callable[[], Producer]:
    def make() -> Producer:
        made.append(Producer([bootstrap], Security()))
        return made[-1]

    return make


async def until_written(writer: KafkaPublisher, record: Record) -> None:
    while await writer.publish([record]) != [None]:
        pass


async def test_a_producer_that_only_fails_is_replaced(
    kafka: Kafka, topic_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "GIVE_UP_SECONDS", 1.0)
    topic, made = f"{topic_prefix}events", []
    await create_topic(kafka.bootstrap, topic, partitions=1)
    async with proxied(kafka.bootstrap) as proxy, KafkaPublisher(producers(proxy.bootstrap, made), wait=0.6) as writer:
        await until_connected(writer)
        await until_written(writer, Record(topic, b"k", b"before", ()))
        proxy.hold()
        for _ in range(4):
            (outcome,) = await writer.publish([Record(topic, b"k", b"silent", ())])
            assert isinstance(outcome, BrokerUnavailable)
        proxy.release()
        await until_connected(writer)
        await until_written(writer, Record(topic, b"k", b"after", ()))
    assert len(made) > 1
    assert {b"before", b"after"} <= {record.value for record in await records(kafka.bootstrap, topic)}


async def until_connected(writer: KafkaPublisher) -> None:
    assert writer._replacing is not None
    await writer._replacing
