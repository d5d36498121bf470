"""The driver on the demo's broker, which has no append time, no idempotence, and lists its ends a batch short."""

import asyncio
from pathlib import Path

from connectors.embedded import broker, scratch
from connectors.kafka.producer import Producer
from connectors.kafka.security import Security
from connectors.kafka.topics import ensure_topics, topic_names
from tests.stack.kafka_tools import until, working
from tests.stack.ledger import Ledger


async def test_the_embedded_brokers_records_arrive_and_its_short_ends_refuse_nothing(tmp_path: Path):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    with scratch() as directory, broker(directory) as address:
        await ensure_topics([address], Security(), "demo.", partitions=3, replication=1, append_time=False)
        topic = topic_names("demo.")[0]
        async with (
            Producer([address], Security(), idempotent=False) as producer,
            working(address, topic, ledger) as app,
        ):
            for _ in range(2):
                sent = [await producer.send(topic, b"%d" % n, partition=n % 3) for n in range(3000)]
                await asyncio.gather(*sent)
            await until(lambda: len(ledger.values()) == 6000)
            await app.consumer.perform_seek()  # as after a rebalance
            assert all(not ledger.position(topic, partition).paused for partition in range(3))
            await (await producer.send(topic, b"after", partition=0))
            await until(lambda: b"after" in ledger.values())
