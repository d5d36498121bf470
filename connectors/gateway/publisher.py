"""Where accepted events go: a few words that the gateway needs, and Kafka behind them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from connectors.kafka.errors import BrokerUnavailable, KafkaError
from connectors.kafka.producer import Producer

log = logging.getLogger(__name__)

RECONNECT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Record:
    topic: str
    key: bytes
    value: bytes
    headers: Sequence[tuple[str, bytes]]


Outcome = KafkaError | None
"""None once the record is acknowledged by every replica in sync."""


class Publisher(Protocol):
    async def publish(self, records: Sequence[Record]) -> list[Outcome]:
        """Write the records in order and wait, for a bounded time; one outcome each."""


class KafkaPublisher:
    """A producer that connects in the background: the gateway starts without Kafka and says so to its callers."""

    def __init__(self, producers: Callable[[], Producer], wait: float) -> None:
        """`producers` makes an unconnected producer, `wait` bounds a publish in seconds."""
        self._producers = producers
        self._wait = wait
        self._producer: Producer | None = None
        self._connecting: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "KafkaPublisher":
        self._connecting = asyncio.create_task(self._connect())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send what is queued and disconnect."""
        if self._connecting is not None:
            self._connecting.cancel()
        if self._producer is not None:
            await self._producer.__aexit__(None, None, None)

    async def _connect(self) -> None:
        while self._producer is None:
            try:
                self._producer = await self._producers().__aenter__()
            except BrokerUnavailable as error:
                log.warning("Kafka cannot be reached: %s", error)
                await asyncio.sleep(RECONNECT_SECONDS)
        log.info("connected to Kafka")

    async def publish(self, records: Sequence[Record]) -> list[Outcome]:
        outcomes: list[Outcome] = [_unanswered(self._wait)] * len(records)
        if self._producer is None:
            return [BrokerUnavailable("not connected yet")] * len(records)
        waiting: list[tuple[int, Awaitable[Any]]] = []
        try:
            async with asyncio.timeout(self._wait):
                await _queue(self._producer, records, outcomes, waiting)
                await _collect(outcomes, waiting)
        except TimeoutError:
            for _, answer in waiting:
                cast(Coroutine[Any, Any, Any], answer).close()
        return outcomes


async def _queue(
    producer: Producer, records: Sequence[Record], outcomes: list[Outcome], waiting: list[tuple[int, Awaitable[Any]]]
) -> None:
    for index, record in enumerate(records):
        try:
            answer = await producer.send(record.topic, record.value, key=record.key, headers=record.headers)
            waiting.append((index, answer))
        except KafkaError as error:
            outcomes[index] = error


async def _collect(outcomes: list[Outcome], waiting: list[tuple[int, Awaitable[Any]]]) -> None:
    for index, answer in waiting:
        try:
            await answer
            outcomes[index] = None
        except KafkaError as error:
            outcomes[index] = error


def _unanswered(seconds: float) -> BrokerUnavailable:
    return BrokerUnavailable(f"no acknowledgement within {seconds:g} s")
