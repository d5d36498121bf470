"""What became of every event: the broker's own count held against the database's."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import NamedTuple

import psycopg
from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.contracts import STREAMS

_STANDSTILL_SECONDS = 30.0
_POLL_SECONDS = 0.2

_PARTITIONS = """
    SELECT topic, partition, next_offset, canaries, stored, duplicates, conflicts, dead_letters
    FROM board.partition_pulse
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
    ends = await _ends(brokers, topic_prefix)
    moved, before = time.monotonic(), None
    while not stop.is_set():
        outcome = _outcome(ends, await asyncio.to_thread(_partitions, database))
        if outcome != before:
            moved, before = time.monotonic(), outcome
        if outcome.missing <= 0 or time.monotonic() - moved > _STANDSTILL_SECONDS:
            return outcome
        check()
        await asyncio.sleep(_POLL_SECONDS)
    return None


async def _ends(brokers: str, topic_prefix: str) -> dict[tuple[str, int], int]:
    """The end of each partition, which is how many records it holds: a memory broker deletes none, has none of its own.

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
        return {tuple(partition): consumer.highwater(partition) for partition in partitions}


class _Partition(NamedTuple):
    next_offset: int
    canaries: int
    counts: tuple[int, ...]


def _partitions(database: str) -> dict[tuple[str, int], _Partition]:
    with psycopg.connect(database) as connection:
        rows = connection.execute(_PARTITIONS).fetchall()
    return {
        (topic, partition): _Partition(offset, canaries, (*counts,))
        for topic, partition, offset, canaries, *counts in rows
    }


def _outcome(ends: Mapping[tuple[str, int], int], partitions: Mapping[tuple[str, int], _Partition]) -> Outcome:
    """The gateway's canaries go on meanwhile: they are taken off where they are known to be, below the position."""
    nothing = _Partition(0, 0, (0, 0, 0, 0))
    found = {at: partitions.get(at, nothing) for at in ends.keys() | partitions.keys()}
    produced = sum(max(ends.get(at, 0), one.next_offset) - one.canaries for at, one in found.items())
    return Outcome(produced, *(sum(column) for column in zip(*(one.counts for one in found.values()), strict=True)))
