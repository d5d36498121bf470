"""What tests of the Kafka connector do to a real broker and to workers."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from connectors.kafka.app import App, Handle, add_agent, make_app
from connectors.kafka.security import Security
from connectors.kafka.worker import run
from tests.stack.ledger import Ledger


async def until(holds: Callable[[], bool], seconds: float = 120) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110  # the other side is a broker or a process
            await asyncio.sleep(0.05)


@asynccontextmanager
async def admin(bootstrap: str) -> AsyncIterator[AIOKafkaAdminClient]:
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await client.start()
    try:
        yield client
    finally:
        await client.close()


async def create_topic(bootstrap: str, topic: str, partitions: int = 3, **config: str) -> None:
    async with admin(bootstrap) as client:
        await client.create_topics([NewTopic(topic, partitions, 1, topic_configs=config)])
    await until_known(bootstrap, topic, partitions)


async def until_known(bootstrap: str, topic: str, partitions: int) -> None:
    async with admin(bootstrap) as client, asyncio.timeout(120):
        while True:
            (described,) = await client.describe_topics([topic])
            if len(described["partitions"]) == partitions:
                return
            await asyncio.sleep(0.1)


@asynccontextmanager
async def producer(bootstrap: str, **options: object) -> AsyncIterator[AIOKafkaProducer]:
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, **options) as client:
        yield client


async def produce(bootstrap: str, topic: str, values: list[bytes], partitions: int = 3) -> None:
    """Spread values over the partitions in turn."""
    async with producer(bootstrap, linger_ms=5) as client:
        sent = [await client.send(topic, value, partition=n % partitions) for n, value in enumerate(values)]
        await asyncio.gather(*sent)


async def committed(bootstrap: str, group: str, topic: str, partition: int) -> int | None:
    """What lag tools see."""
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap, group_id=group, enable_auto_commit=False) as consumer:
        return await consumer.committed(TopicPartition(topic, partition))


@asynccontextmanager
async def working(
    bootstrap: str,
    topic: str,
    ledger: Ledger,
    handle: Handle | None = None,
    *,
    also: Mapping[str, Handle] | None = None,
    expected: int = 0,
    group: str = "",
) -> AsyncIterator[App]:
    """A worker in this process; it must end with the expected status."""
    app = make_app(group or topic, [bootstrap], ledger, Security(), session_timeout=6, metadata_max_age=1)
    for each, its_handle in {topic: handle or ledger.store, **(also or {})}.items():
        add_agent(app, each, its_handle)
    running = asyncio.create_task(run(app))
    try:
        yield app
    finally:
        app.ending.set()
        status = await running
    assert status == expected, app.failure


class Process:
    """A worker as a process of its own: tests/stack/kafka_worker.py."""

    def __init__(self, bootstrap: str, topic: str, database: Path, name: str, mode: str) -> None:
        root = Path(__file__).parents[2]
        command = [sys.executable, "-m", "tests.stack.kafka_worker", bootstrap, topic, str(database), name, mode]
        self.log = database.with_name(f"{name}.log")
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(command, cwd=root, stdout=log, stderr=log)

    def signal(self, number: signal.Signals) -> None:
        os.kill(self._process.pid, number)

    async def status(self, seconds: float = 120) -> int:
        return await asyncio.to_thread(self._process.wait, seconds)

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


@contextmanager
def process(bootstrap: str, topic: str, database: Path, name: str, mode: str = "store") -> Iterator[Process]:
    started = Process(bootstrap, topic, database, name, mode)
    try:
        yield started
    finally:
        started.end()
