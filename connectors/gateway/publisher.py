"""Where accepted events go: a few words that the gateway needs, and Kafka behind them."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from connectors.kafka.errors import BrokerUnavailable
from connectors.kafka.producer import Outcome, Producer, Record

log = logging.getLogger(__name__)

RECONNECT_SECONDS = 2.0
GIVE_UP_SECONDS = 20.0  # of nothing but failures: aiokafka's producer never recovers once its sender has ended


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

    async def partitions(self, topic: str) -> set[int]:
        """The partitions a topic has. Raises a KafkaError while they cannot be known."""
        if self._producer is None:
            raise BrokerUnavailable("not connected yet")
        return await self._producer.partitions(topic)

    async def publish(self, records: Sequence[Record]) -> list[Outcome]:
        if self._producer is None:
            return [BrokerUnavailable("not connected yet")] * len(records)
        outcomes = await self._producer.send_all(records, self._wait)
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
