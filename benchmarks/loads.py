"""What is sent: pings, and the lives of a province's dossiers and reports."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from aiokafka import AIOKafkaProducer

from connectors.kafka.security import Security
from connectors.kafka.topics import ensure_topics
from nhip.simulator import at_their_times, history
from streams.days import civil_day, day_start

SYSTEMS = 50
PARTITIONS = 6
EVENTS_A_DAY = 2_500
"""Of people, at the least, on the mean of a month in the simulated province."""

Sent = tuple[str, bytes, bytes]
"""Topic without prefix, key, value."""


def pings(events: int) -> Iterator[Sent]:
    """Health pings of about 200 bytes, in order, from fifty systems; the last happened just now."""
    start = datetime.now(UTC) - timedelta(milliseconds=10 * events)
    for n in range(events):
        time = (start + timedelta(milliseconds=10 * n)).isoformat(timespec="milliseconds")
        system = f"system-{n % SYSTEMS}"
        yield (
            "health-pings",
            system.encode(),
            (
                f'{{"specversion":"1.0","id":"{n:012d}","source":"/probe/1","type":"vn.nhip.health.ping",'
                f'"subject":"{system}","time":"{time}","data":{{"check_id":"http","status":"ok",'
                f'"latency_ms":{n % 400}.5,"interval_s":60}}}}'
            ).encode(),
        )


def lives(events: int) -> Iterator[Sent]:
    """Dossiers (nine tenths) and reports of the simulated province, as an import of its history brings them.

    In the order of their times, as in a backlog: a fetch holds several events of a life, but seldom all.
    """
    end = day_start(civil_day(datetime.now(UTC)))
    past = history(1, end - timedelta(events // EVENTS_A_DAY + 30), end, 1.0, 24 * 3600)
    people = at_their_times(event for event in past if not event["type"].startswith("vn.nhip.health."))
    for record in islice(people, events):
        assert record.key is not None
        assert record.value is not None
        yield record.topic, record.key, record.value


LOADS: dict[str, Callable[[int], Iterable[Sent]]] = {"pings": pings, "lives": lives}


async def fill(bootstrap: str, prefix: str, load: Iterable[Sent]) -> int:
    """Make the topics and write a load into them; returns the mean size of a value in bytes."""
    await ensure_topics([bootstrap], Security(), prefix, partitions=PARTITIONS, replication=1)
    events = size = 0
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", linger_ms=20, max_batch_size=1 << 18) as kafka:
        for topic, key, value in load:
            await kafka.send(prefix + topic, value, key)
            events += 1
            size += len(value)
        await kafka.flush()
    return size // events
