"""Records to Kafka, or to another sink, at the pace of their times."""

import asyncio
import time
from collections.abc import Awaitable, Iterable
from typing import Protocol

from connectors.kafka.producer import Producer
from nhip.simulator.records import Record

_TICK_SECONDS = 0.01  # records that are due within one tick go together
_UNANSWERED = 2000


class Sink(Protocol):
    """Where records go."""

    async def send(self, record: Record) -> Awaitable[object]:
        """Take one record, and return what answers when it is kept."""


class KafkaSink:
    """Straight to Kafka."""

    def __init__(self, producer: Producer, topic_prefix: str) -> None:
        self._producer, self._prefix = producer, topic_prefix

    async def send(self, record: Record) -> Awaitable[object]:
        return await self._producer.send(self._prefix + record.topic, record.value, key=record.key)


class Publisher:
    """Sends records when their time has come; `acknowledged` counts them. Errors of the sink are raised from `run`."""

    def __init__(self, sink: Sink) -> None:
        self.acknowledged = 0
        self._sink = sink
        self._answers: list[Awaitable[object]] = []

    async def run(self, records: Iterable[Record], stop: asyncio.Event) -> None:
        """Send records until they or our time end; return when all are acknowledged."""
        now = 0.0
        for record in records:
            if record.at > now:
                now = await self._wait_for(record.at)
            if stop.is_set():
                break
            self._answers.append(await self._sink.send(record))
            if len(self._answers) >= _UNANSWERED:
                await self._settle()
        await self._settle()

    async def _wait_for(self, at: float) -> float:
        """Sleep if `at` is to come; return the time it is."""
        ahead = at - time.time()
        if ahead > 0:
            await self._settle()
            await asyncio.sleep(max(at - time.time(), _TICK_SECONDS))
        return time.time()

    async def _settle(self) -> None:
        answers, self._answers = self._answers, []
        for answer in answers:  # one after the other: they come in order, and a task for each would cost more
            await answer
            self.acknowledged += 1
