"""What became of every event: the broker's own count held against the database's."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import psycopg
from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.contracts import STREAMS

_STANDSTILL_SECONDS = 30.0
_POLL_SECONDS = 0.2

_COUNTS = """
    SELECT coalesce(sum(stored), 0)::bigint, coalesce(sum(duplicates), 0)::bigint,
           coalesce(sum(conflicts), 0)::bigint, coalesce(sum(dead_letters), 0)::bigint
    FROM board.stream_pulse
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Events by what became of them; `dead_letters` includes the conflicts, `seconds` is from first to all stored."""

    produced: int
    stored: int
    duplicates: int
    conflicts: int
    dead_letters: int
    differences: int = 0
    seconds: float = 0.0

    @property
    def missing(self) -> int:
        """Produced and not accounted for; below zero: accounted for twice."""
        return self.produced - self.stored - self.duplicates - self.dead_letters

    @property
    def is_right(self) -> bool:
        return self.missing == 0 and self.differences == 0

    def as_json(self) -> dict[str, object]:
        return asdict(self)


async def settled(
    brokers: str, topic_prefix: str, database: str, stop: asyncio.Event, check: Callable[[], None]
) -> Outcome | None:
    """Wait until every record of the broker is accounted for, or nothing has moved for half a minute.

    None if `stop` is set meanwhile; `check` is called between looks and raises if a process has ended.
    """
    produced = await _records(brokers, topic_prefix)
    moved, before = time.monotonic(), None
    while not stop.is_set():
        outcome = Outcome(produced, *await asyncio.to_thread(_counts, database))
        if outcome != before:
            moved, before = time.monotonic(), outcome
        if outcome.missing <= 0 or time.monotonic() - moved > _STANDSTILL_SECONDS:
            return outcome
        check()
        await asyncio.sleep(_POLL_SECONDS)
    return None


async def _records(brokers: str, topic_prefix: str) -> int:
    """How many records the topics hold: a memory broker never deletes and has no control records.

    High-water marks of fetches tell; the end that Tansu 0.6 lists is short of its last batch.
    """
    async with AIOKafkaConsumer(bootstrap_servers=brokers) as consumer:
        partitions = [
            TopicPartition(topic, partition)
            for topic in (topic_prefix + stream.topic for stream in STREAMS)
            for partition in consumer.partitions_for_topic(topic) or ()
        ]
        consumer.assign(partitions)
        await consumer.seek_to_end()
        while any(consumer.highwater(partition) is None for partition in partitions):
            await consumer.getmany(timeout_ms=100)
        return sum(consumer.highwater(partition) for partition in partitions)


def _counts(database: str) -> tuple[int, int, int, int]:
    with psycopg.connect(database) as connection:
        row = connection.execute(_COUNTS).fetchone()
    assert row is not None
    return row
