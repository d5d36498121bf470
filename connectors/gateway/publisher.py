"""Where accepted events go: a few words that the gateway needs, and Kafka behind them."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from connectors.kafka.errors import BrokerUnavailable, KafkaError
from connectors.kafka.producer import Producer

log = logging.getLogger(__name__)

RECONNECT_SECONDS = 2.0
GIVE_UP_SECONDS = 20.0  # of nothing but failures: aiokafka's producer never recovers once its sender has ended


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
        self._failing_since: float | None = None
        self._replacing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "KafkaPublisher":
        self._replacing = asyncio.create_task(self._connect())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send what is queued and disconnect."""
        if self._replacing is not None:
            self._replacing.cancel()
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
        if self._producer is None:
            return [BrokerUnavailable("not connected yet")] * len(records)
        outcomes: list[Outcome] = [_unanswered(self._wait)] * len(records)
        waiting: list[tuple[int, Awaitable[Any]]] = []
        try:
            async with asyncio.timeout(self._wait):
                await _queue(self._producer, records, outcomes, waiting)
                await _collect(outcomes, waiting)
        except TimeoutError:
            for _, answer in waiting:
                cast(Coroutine[Any, Any, Any], answer).close()
        self._watch(failing=all(isinstance(outcome, BrokerUnavailable) for outcome in outcomes))
        return outcomes

    def _watch(self, *, failing: bool) -> None:
        """Replace a producer that has failed for too long."""
        now = time.monotonic()
        self._failing_since = (self._failing_since or now) if failing else None
        if self._failing_since is not None and now - self._failing_since > GIVE_UP_SECONDS and self._producer:
            log.warning("nothing acknowledged for %g s: connecting anew", GIVE_UP_SECONDS)
            old, self._producer, self._failing_since = self._producer, None, None
            self._replacing = asyncio.create_task(self._replace(old))

    async def _replace(self, old: Producer) -> None:
        await old.__aexit__(None, None, None)
        await self._connect()


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
