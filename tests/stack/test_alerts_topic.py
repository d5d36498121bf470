"""The topic of alerts: every step reaches Kafka as a CloudEvent with an id of its own, by whoever it was taken."""

import asyncio
from datetime import UTC, datetime

import psycopg
from aiokafka import ConsumerRecord
from psycopg import AsyncConnection

from connectors.kafka.producer import Producer
from connectors.kafka.security import Security
from connectors.kafka.topics import ensure_topics
from connectors.notify import Bell, Later, Topic, send
from connectors.timescale import alerts
from connectors.timescale.outbox import Mail, mail_pool
from streams.contracts.alert import AlertEvent
from streams.days import microseconds
from streams.people.actor import Actor
from tests.parts.kafka import Kafka
from tests.stack.gateway_tools import free_port, records
from tests.stack.nhip_tools import PATIENCE_SECONDS
from tests.stack.store_tools import House, as_role
from tests.stack.test_alerts import look, system


def now() -> int:
    return microseconds(datetime.now(UTC))


async def published(kafka: Kafka, topic: str, number: int) -> list[ConsumerRecord]:
    for _ in range(int(PATIENCE_SECONDS * 5)):
        found = await records(kafka.bootstrap, topic)
        if len(found) >= number:
            return found
        await asyncio.sleep(0.2)
    raise AssertionError(f"waited in vain for {number} records")


async def test_every_step_is_published_once_committed(kafka: Kafka, topic_prefix: str, plain_house: House) -> None:
    house, name, stop = plain_house, f"{topic_prefix}alerts", asyncio.Event()
    await ensure_topics([kafka.bootstrap], Security(), topic_prefix, partitions=3, replication=1)
    async with (
        await AsyncConnection.connect(as_role(house.url, "nhip_writer"), autocommit=True) as ticker,
        mail_pool(as_role(house.url, "nhip_writer")) as pool,
        Topic(name, lambda: Producer([kafka.bootstrap], Security())) as topic,
    ):
        sending = asyncio.create_task(send("alerts", topic, Mail(pool), Bell(), stop))
        await look(ticker, now(), system("portal", "down"), system("edoc", "unreachable", "portal", measured="down"))
        with psycopg.connect(as_role(house.url, "nhip_writer"), autocommit=True) as person:
            ((portal,),) = house.rows("SELECT id FROM board.alert WHERE labels ->> 'system' = 'portal'")
            assert alerts.act(person, portal, "ack", Actor("lan", "cli"), "đang xử lý")
        await look(ticker, now())
        steps = house.rows("SELECT alert, step, who FROM board.alert_step ORDER BY number")
        found = await published(kafka, name, len(steps))
        stop.set()
        await sending
    events = [AlertEvent.model_validate_json(record.value) for record in found]
    assert sorted((e.subject, e.data.step, e.data.who) for e in events) == sorted(steps, key=lambda step: step[:2])
    assert len({event.id for event in events}) == len(steps)
    assert all(record.key.decode() == event.subject for record, event in zip(found, events, strict=True))
    of_portal = [(e.type, e.data.alert.state) for e in events if e.subject == portal]
    assert of_portal == [
        ("vn.nhip.alert.fired", "firing"),
        ("vn.nhip.alert.acknowledged", "acknowledged"),
        ("vn.nhip.alert.resolved", "resolved"),
    ], "in the order in which they were taken: an alert has one partition"


async def test_kafka_that_is_away_is_tried_again() -> None:
    async with Topic("t", lambda: Producer([f"127.0.0.1:{free_port()}"], Security())) as topic:
        assert isinstance(await topic.deliver([]), Later)
