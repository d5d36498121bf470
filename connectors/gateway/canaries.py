"""Canaries: a record a second into every partition, so that Nhịp can tell a silent system from its own blindness."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

from connectors.gateway.publisher import KafkaPublisher
from connectors.kafka.errors import KafkaError
from connectors.kafka.producer import Outcome, Record
from streams.freshness import EVERY_SECONDS, canary

log = logging.getLogger(__name__)

_HEADERS = [("content-type", b"application/cloudevents+json; charset=UTF-8")]
_KEY = b"canary"


class Canaries:
    """Sends canaries for as long as it is entered, by the publisher that events take: what holds one holds the other.

    Nothing is sent twice and nothing is made up for: a second without a canary is a second that nobody observed.
    """

    def __init__(self, publisher: KafkaPublisher, topics: Sequence[str]) -> None:
        self._publisher = publisher
        self._topics = topics
        self._source = f"nhip/gateway/{uuid4().hex[:12]}"
        self._sending: asyncio.Task[None] | None = None
        self._failing: set[str] = set()

    async def __aenter__(self) -> "Canaries":
        await self._publisher.__aenter__()
        self._sending = asyncio.create_task(self._send())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._sending is not None:
            self._sending.cancel()
            with suppress(asyncio.CancelledError):
                await self._sending
        await self._publisher.__aexit__()

    async def _send(self) -> None:
        for number in count():
            wait = asyncio.create_task(asyncio.sleep(EVERY_SECONDS))
            await asyncio.gather(*(self._send_to(topic, number) for topic in self._topics))
            await wait

    async def _send_to(self, topic: str, number: int) -> None:
        """One into each partition of a topic; a topic that fails does not hold up the others."""
        value = canary(self._source, datetime.now(UTC), number)
        try:
            partitions = await self._publisher.partitions(topic)
        except KafkaError as error:
            outcomes: list[Outcome] = [error]
        else:
            records = [Record(topic, _KEY, value, _HEADERS, partition) for partition in partitions]
            outcomes = await self._publisher.publish(records)
        self._note(topic, next((outcome for outcome in outcomes if outcome is not None), None))

    def _note(self, topic: str, failure: Outcome) -> None:
        """Say it once when canaries cease to come through, and once when they do again."""
        if failure is None and topic in self._failing:
            log.info("canaries come through to %s again", topic)
            self._failing.discard(topic)
        elif failure is not None and topic not in self._failing:
            log.warning("canaries do not come through to %s: %s", topic, failure)
            self._failing.add(topic)
