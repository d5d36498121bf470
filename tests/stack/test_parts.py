"""The fixtures deliver what they promise: a real broker, a real TimescaleDB, the demo's PostgreSQL."""

import psycopg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from tests.parts.kafka import Kafka
from tests.parts.timescale import Timescale


@pytest.fixture
async def topic(kafka: Kafka, topic_prefix: str) -> str:
    """A topic of one partition whose stamps are the broker's."""
    name = f"{topic_prefix}parts"
    await _create_topic(kafka, NewTopic(name, 1, 1, topic_configs={"message.timestamp.type": "LogAppendTime"}))
    return name


@pytest.fixture
def pings(database: str) -> str:
    """A database with an empty hypertable ``pings``."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION timescaledb")
        connection.execute("CREATE TABLE pings (at timestamptz NOT NULL, system text NOT NULL)")
        connection.execute("SELECT create_hypertable('pings', by_range('at', INTERVAL '1 day'))")
    return database


async def test_the_broker_is_one_node_at_the_address_it_was_asked_for(kafka: Kafka) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await admin.start()
    try:
        cluster = await admin.describe_cluster()
    finally:
        await admin.close()
    assert [f"{broker['host']}:{broker['port']}" for broker in cluster["brokers"]] == [kafka.bootstrap]


async def test_the_broker_stamps_records_with_its_own_time_where_the_topic_says_so(kafka: Kafka, topic: str) -> None:
    await _publish(kafka, topic, b"ping", timestamp_ms=1)
    [(value, timestamp, timestamp_type)] = await _read(kafka, topic)
    assert (value, timestamp_type) == (b"ping", 1)
    assert timestamp > 1


async def test_an_acknowledged_record_outlives_a_killed_broker(kafka: Kafka, topic: str) -> None:
    await _publish(kafka, topic, b"before")
    kafka.crash()
    await _publish(kafka, topic, b"after")
    assert [value for value, _, _ in await _read(kafka, topic)] == [b"before", b"after"]


def test_a_database_starts_without_the_extension_and_can_create_it(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        installed = "SELECT count(*) FROM pg_extension WHERE extname = 'timescaledb'"
        assert connection.execute(installed).fetchone() == (0,)
        connection.execute("CREATE EXTENSION timescaledb")
        assert connection.execute(installed).fetchone() == (1,)


def test_a_hypertable_keeps_each_day_in_a_chunk_of_its_own(pings: str) -> None:
    with psycopg.connect(pings, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO pings VALUES ('2026-03-01 08:00Z', 'one-stop'), ('2026-03-02 08:00Z', 'one-stop')"
        )
        assert connection.execute("SELECT count(*) FROM show_chunks('pings')").fetchone() == (2,)


def test_a_committed_row_outlives_a_killed_server(timescale: Timescale, pings: str) -> None:
    with psycopg.connect(pings) as connection:
        connection.execute("INSERT INTO pings VALUES (now(), 'one-stop')")
    with psycopg.connect(pings) as unfinished:
        unfinished.execute("INSERT INTO pings VALUES (now(), 'portal')")
        timescale.crash()
        with pytest.raises(psycopg.OperationalError):
            unfinished.execute("SELECT 1")
    with psycopg.connect(pings) as connection:
        assert connection.execute("SELECT system FROM pings").fetchall() == [("one-stop",)]


def test_the_server_makes_commits_durable(database: str) -> None:
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT current_setting('fsync')").fetchone() == ("on",)


def test_each_embedded_database_is_plain_postgresql(embedded_database: str) -> None:
    with psycopg.connect(embedded_database) as connection:
        available = "SELECT count(*) FROM pg_available_extensions WHERE name = 'timescaledb'"
        assert connection.execute(available).fetchone() == (0,)


async def _create_topic(kafka: Kafka, topic: NewTopic) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await admin.start()
    try:
        await admin.create_topics([topic])
    finally:
        await admin.close()


async def _publish(kafka: Kafka, topic: str, value: bytes, timestamp_ms: int | None = None) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=kafka.bootstrap, acks="all")
    await producer.start()
    try:
        await producer.send_and_wait(topic, value, timestamp_ms=timestamp_ms)
    finally:
        await producer.stop()


async def _read(kafka: Kafka, topic: str) -> list[tuple[bytes | None, int, int]]:
    """Everything in the topic's one partition: value, stamp, kind of stamp (1: the broker's)."""
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka.bootstrap, group_id=None, auto_offset_reset="earliest")
    await consumer.start()
    try:
        partition = TopicPartition(topic, 0)
        consumer.assign([partition])
        end = (await consumer.end_offsets([partition]))[partition]
        return [
            (record.value, record.timestamp, record.timestamp_type)
            for record in [await consumer.getone() for _ in range(end)]
        ]
    finally:
        await consumer.stop()
