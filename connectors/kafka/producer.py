"""Records out: an idempotent producer that answers when every replica in sync has the record."""

import asyncio
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    InvalidTopicError,
    KafkaError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)
from aiokafka.structs import RecordMetadata

from connectors.kafka.errors import BrokerUnavailable, MessageRejected, TopicMissing
from connectors.kafka.security import Security

MAX_RECORD_BYTES = 1024 * 1024  # with key and headers; a topic's max.message.bytes leaves a little more for the framing
BATCH_BYTES = 256 * 1024
LINGER_MS = 5
TIMEOUT_SECONDS = 10.0

_REJECTED = (
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    ValueError,
    TypeError,
    AssertionError,  # aiokafka's way to say that a tombstone needs a key
)
_MISSING = (UnknownTopicOrPartitionError, InvalidTopicError, TopicAuthorizationFailedError)


class Producer:
    """acks=all, idempotent, at most 10 s for an answer. Use it as an async context manager."""

    def __init__(self, brokers: Sequence[str], security: Security, *, idempotent: bool = True) -> None:
        """`brokers` are `host:port`; `idempotent` is for brokers that have no such thing (the embedded one)."""
        self._producer = AIOKafkaProducer(
            bootstrap_servers=list(brokers),
            acks="all",
            enable_idempotence=idempotent,
            max_request_size=MAX_RECORD_BYTES,
            max_batch_size=BATCH_BYTES,
            linger_ms=LINGER_MS,
            request_timeout_ms=int(TIMEOUT_SECONDS * 900),  # its reason comes before our time-out
            **security.client_options(),
        )

    async def __aenter__(self) -> "Producer":
        """Connect. Raises BrokerUnavailable."""
        try:
            await self._producer.start()
        except KafkaError as error:
            await self._producer.stop()
            raise BrokerUnavailable(repr(error)) from error
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send what is queued, for a bounded time, and disconnect."""
        with suppress(TimeoutError):
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await self._producer.stop()

    async def partitions(self, topic: str) -> set[int]:
        """The topic's partitions. Raises BrokerUnavailable, TopicMissing."""
        return await _translated(self._producer.partitions_for(topic))  # type: ignore[no-any-return]

    async def send(
        self,
        topic: str,
        value: bytes | None,
        *,
        key: bytes | None = None,
        headers: Sequence[tuple[str, bytes]] = (),
        partition: int | None = None,
    ) -> Awaitable[RecordMetadata]:
        """Queue one record, and return what answers with its partition and offset once it is kept.

        Waits while the queue is full. Both raise BrokerUnavailable (try again: the record may have been kept, or may
        still be) or one of its kind, TopicMissing, or MessageRejected (it never will be).
        """
        sent = await _translated(self._producer.send(topic, value, key, partition, headers=list(headers)))
        return _translated(sent)


async def _translated(answer: Awaitable[Any]) -> Any:
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):  # an idempotent producer would retry for ever
            return await answer
    except _REJECTED as error:
        raise MessageRejected(repr(error)) from error
    except _MISSING as error:
        raise TopicMissing(repr(error)) from error
    except (KafkaError, TimeoutError) as error:
        raise BrokerUnavailable(repr(error)) from error
