"""Records out: an idempotent producer that answers when every replica in sync has the record."""

import asyncio
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    InvalidTopicError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)
from aiokafka.errors import KafkaError as AiokafkaError
from aiokafka.partitioner import DefaultPartitioner
from aiokafka.structs import RecordMetadata

from connectors.kafka.errors import BrokerUnavailable, KafkaError, MessageRejected, TopicMissing
from connectors.kafka.security import Security

MAX_RECORD_BYTES = 1024 * 1024  # with key and headers; a topic's max.message.bytes leaves a little more for the framing
BATCH_BYTES = 256 * 1024
LINGER_MS = 5  # a caller that waits for every answer has no use for it: records gather while a request is under way
TIMEOUT_SECONDS = 10.0

_REJECTED = (
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    ValueError,
    TypeError,
    AssertionError,  # aiokafka's way to say that a tombstone needs a key
)
_MISSING = (UnknownTopicOrPartitionError, InvalidTopicError, TopicAuthorizationFailedError)
_FAILURES = (*_REJECTED, AiokafkaError)


class Record(NamedTuple):
    topic: str
    key: bytes
    value: bytes
    headers: Sequence[tuple[str, bytes]]
    partition: int | None = None
    """None: by the key."""


Outcome = KafkaError | None
"""None once the record is acknowledged by every replica in sync."""


class Producer:
    """acks=all, idempotent, at most 10 s for an answer. Use it as an async context manager."""

    def __init__(
        self, brokers: Sequence[str], security: Security, *, idempotent: bool = True, linger_ms: int = LINGER_MS
    ) -> None:
        """`brokers` are `host:port`; `idempotent` is for brokers that have no such thing (the embedded one)."""
        self._producer = AIOKafkaProducer(
            bootstrap_servers=list(brokers),
            acks="all",
            enable_idempotence=idempotent,
            max_request_size=MAX_RECORD_BYTES,
            max_batch_size=BATCH_BYTES,
            linger_ms=linger_ms,
            partitioner=_partition,
            request_timeout_ms=int(TIMEOUT_SECONDS * 900),  # its reason comes before our time-out
            **security.client_options(),
        )

    async def __aenter__(self) -> "Producer":
        """Connect. Raises BrokerUnavailable."""
        try:
            await self._producer.start()
        except AiokafkaError as error:
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
        return await _translated(self._producer.partitions_for(topic))  # type: ignore[no-any-return]  # aiokafka is untyped for us

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

    async def send_all(self, records: Sequence[Record], seconds: float) -> list[Outcome]:
        """Write records in order and wait, for `seconds` altogether, until they are kept: one outcome each.

        One time-out for all of them and no task for each: what a batch saves over single records. (Kafka batches of our
        own, aiokafka's `send_batch`, save more and starve: whoever waits for a partition has no place in the line.)
        """
        outcomes: list[Outcome] = [BrokerUnavailable(f"no acknowledgement within {seconds:g} s")] * len(records)
        sent: list[tuple[int, asyncio.Future[RecordMetadata]]] = []
        try:
            async with asyncio.timeout(seconds):
                for place, (topic, key, value, headers, partition) in enumerate(records):
                    try:
                        sent.append((place, await self._producer.send(topic, value, key, partition, headers=headers)))
                    except _FAILURES as error:
                        outcomes[place] = _explained(error)
                for place, kept in sent:
                    try:
                        await kept
                        outcomes[place] = None
                    except _FAILURES as error:
                        outcomes[place] = _explained(error)
        except TimeoutError:
            for _, kept in sent:
                kept.cancel()  # nobody waits for it any more, nor for its exception
        return outcomes


def _partition(key: bytes | None, partitions: list[int], available: list[int]) -> int:
    """aiokafka's choice, which is that of Java clients; a key's hash, computed in Python, is remembered."""
    if key is None:
        return int(DefaultPartitioner()(key, partitions, available))
    return partitions[_index(key, len(partitions))]


@lru_cache(maxsize=16_384)  # systems ping again and again
def _index(key: bytes, partitions: int) -> int:
    return int(DefaultPartitioner()(key, range(partitions), ()))


async def _translated(answer: Awaitable[Any]) -> Any:
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):  # an idempotent producer would retry for ever
            return await answer
    except (*_FAILURES, TimeoutError) as error:
        raise _explained(error) from error


def _explained(error: BaseException) -> KafkaError:
    """What a caller can do about aiokafka's error."""
    if isinstance(error, _REJECTED):
        return MessageRejected(repr(error))
    return (TopicMissing if isinstance(error, _MISSING) else BrokerUnavailable)(repr(error))
