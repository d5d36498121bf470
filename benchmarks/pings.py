"""The load: health pings of about 200 bytes, in order, from fifty systems."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from aiokafka import AIOKafkaProducer

from connectors.kafka.security import Security
from connectors.kafka.topics import ensure_topics

SYSTEMS = 50
PARTITIONS = 6


def pings(events: int) -> Iterator[tuple[bytes, bytes]]:
    """Key and value of each ping; the last happened just now."""
    start = datetime.now(UTC) - timedelta(milliseconds=10 * events)
    for n in range(events):
        time = (start + timedelta(milliseconds=10 * n)).isoformat(timespec="milliseconds")
        system = f"system-{n % SYSTEMS}"
        yield (
            system.encode(),
            (
                f'{{"specversion":"1.0","id":"{n:012d}","source":"/probe/1","type":"vn.nhip.health.ping",'
                f'"subject":"{system}","time":"{time}","data":{{"check_id":"http","status":"ok",'
                f'"latency_ms":{n % 400}.5,"interval_s":60}}}}'
            ).encode(),
        )


async def fill(bootstrap: str, prefix: str, events: int) -> int:
    """Make the topics and write the load into the one of pings; returns the mean size of a value in bytes."""
    await ensure_topics([bootstrap], Security(), prefix, partitions=PARTITIONS, replication=1)
    topic = f"{prefix}health-pings"
    size = 0
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", linger_ms=20, max_batch_size=1 << 18) as kafka:
        for key, value in pings(events):
            await kafka.send(topic, value, key)
            size += len(value)
        await kafka.flush()
    return size // events
