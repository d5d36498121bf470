"""The thread that owns the aiokafka consumer: fetches, positions, commits. The main thread calls it by method queue."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from aiokafka.errors import ConsumerStoppedError, KafkaError
from aiokafka.structs import OffsetAndMetadata, TopicPartition
from faust.transport.drivers import aiokafka as stock
from faust.types import TP
from mode.threads import WorkerThread

from connectors.kafka.fetching import drain, wait_for_records
from connectors.kafka.identity import identities
from streams.fetch import Fetch

log = logging.getLogger(__name__)

PARTITION_BYTES = 10 * 1024 * 1024  # at most of one partition in one answer, before it unfolds
ANSWER_BYTES = 26 * 1024 * 1024  # at most in one answer of one broker
MAX_WAIT_MS = 100  # Faust's 1500 would be the larger part of "on the board within 1 s"
POLL_SECONDS = 1.0
RETRY_SECONDS = 0.2
COMMIT_SECONDS = 5.0  # Kafka's committed offset serves lag tools only: not worth waiting longer for


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the broker has of one partition: first offset, stable end, and which log it is."""

    beginning: int
    end: int
    identity: str


class _Daemon(WorkerThread):  # type: ignore[misc]  # faust, mode and aiokafka are untyped for us
    """A thread that does not keep a process alive whose event loop has ended."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.daemon = True


class ConsumerThread(stock.AIOKafkaConsumerThread):  # type: ignore[misc]  # faust is untyped for us
    Worker = _Daemon
    shutdown_timeout = 10.0
    _woken = False

    def _create_worker_consumer(self, transport: Any) -> AIOKafkaConsumer:
        """Faust's settings, but read_committed, no reset, low latency and bounded memory."""
        conf = self.app.conf
        return AIOKafkaConsumer(
            client_id=conf.broker_client_id,
            group_id=conf.id,
            bootstrap_servers=stock.server_list(transport.url, transport.default_port),
            partition_assignment_strategy=[RoundRobinPartitionAssignor],
            enable_auto_commit=False,
            auto_offset_reset="none",
            isolation_level="read_committed",
            max_poll_interval_ms=int(conf.broker_max_poll_interval * 1000),
            max_partition_fetch_bytes=PARTITION_BYTES,
            fetch_max_bytes=ANSWER_BYTES,
            fetch_max_wait_ms=MAX_WAIT_MS,
            request_timeout_ms=int(conf.broker_request_timeout * 1000),
            check_crcs=conf.broker_check_crcs,
            session_timeout_ms=int(conf.broker_session_timeout * 1000),
            rebalance_timeout_ms=int(conf.broker_rebalance_timeout * 1000),
            heartbeat_interval_ms=int(conf.broker_heartbeat_interval * 1000),
            metadata_max_age_ms=conf.consumer_metadata_max_age_ms,
            connections_max_idle_ms=conf.consumer_connections_max_idle_ms,
            **stock.credentials_to_aiokafka_auth(conf.broker_credentials, conf.ssl_context),
        )

    async def subscribe(self, topics: Iterable[str]) -> None:
        """Subscribe, unless to the same topics again.

        Faust does so 45 s after an isolated partition went away (Conductor._subscriber), and aiokafka answers every
        subscription with a rebalance of the whole group.
        """
        wanted = set(topics)
        if wanted != self._ensure_consumer().subscription():
            await super().subscribe(wanted)

    async def bounds(self, partitions: set[TP]) -> dict[TP, Bounds]:
        """Ask the brokers for the bounds of assigned partitions. Raises aiokafka's KafkaError."""
        return await self.call_thread(self._bounds, partitions)  # type: ignore[no-any-return]  # faust is untyped for us

    async def _bounds(self, partitions: set[TP]) -> dict[TP, Bounds]:
        consumer = self._ensure_consumer()
        topics = {tp.topic for tp in partitions}
        known = await _retried(lambda: identities(consumer._client, topics))
        beginnings = await consumer.beginning_offsets(partitions)
        ends = await consumer.end_offsets(partitions)
        return {tp: Bounds(beginnings[tp], ends[tp], known[tp.topic]) for tp in partitions}

    async def ends(self, partitions: set[TP]) -> dict[TP, int]:
        """Ask the brokers for the stable ends of assigned partitions. Raises aiokafka's KafkaError."""
        return await self.call_thread(self._ensure_consumer().end_offsets, partitions)  # type: ignore[no-any-return]  # faust is untyped for us

    async def place(self, starts: Mapping[TP, int], held: Mapping[TP, int]) -> None:
        """Read on from `starts`; fetch nothing of `held`.

        A held partition is given a position too: without one aiokafka would ask for its committed offset for ever.
        Raises IllegalStateError if a partition is no longer assigned.
        """
        await self.call_thread(self._place, starts, held)

    async def _place(self, starts: Mapping[TP, int], held: Mapping[TP, int]) -> None:
        consumer = self._ensure_consumer()
        for tp, offset in held.items():
            consumer.seek(TopicPartition(*tp), offset)
            consumer.pause(TopicPartition(*tp))
        for tp, offset in starts.items():
            consumer.seek(TopicPartition(*tp), offset)
            consumer.resume(TopicPartition(*tp))

    def wake(self) -> None:
        """End the wait for records: a partition may be read again. Called from the main thread."""
        self.thread_loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        fetcher = self._ensure_consumer()._fetcher
        self._woken = True
        for waiter in list(fetcher._fetch_waiters):
            fetcher._notify(waiter)

    async def fetches(self, partitions: set[TP], room: int) -> dict[TP, Fetch]:
        """Return one Fetch of each of these partitions that moved, of `room` records at most in all.

        Waits up to a second for the first. Raises what aiokafka cannot mend, a lost authorisation for one.
        """
        return await self.call_thread(self._fetches, partitions, room)  # type: ignore[no-any-return]  # faust is untyped for us

    async def _fetches(self, partitions: set[TP], room: int) -> dict[TP, Fetch]:
        consumer = self._ensure_consumer()
        fetcher = consumer._fetcher
        if consumer._closed or fetcher._closed:
            raise ConsumerStoppedError
        with fetcher._subscriptions.fetch_context():  # else aiokafka takes us for dead after max_poll_interval
            found = await drain(fetcher, partitions, room, self._out_of_range)
            if not found and not self._woken:
                await wait_for_records(fetcher, POLL_SECONDS)
                found = await drain(fetcher, partitions, room, self._out_of_range)
            self._woken = False
        return found

    def _out_of_range(self, tp: TP) -> None:
        self.parent_loop.call_soon_threadsafe(self.consumer.out_of_range, tp)

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        """Commit what is still assigned; a failure is logged, as nothing but lag tools reads these offsets."""
        consumer = self._ensure_consumer()
        assigned = consumer.assignment()
        wanted = {TopicPartition(*tp): OffsetAndMetadata(at, "") for tp, at in offsets.items() if tp in assigned}
        try:
            async with asyncio.timeout(COMMIT_SECONDS):
                await consumer.commit(wanted)
        except (KafkaError, TimeoutError) as error:
            log.warning("offsets not committed to Kafka, the database has them: %r", error)
            return False
        return True

    def state(self, tp: TP) -> Any:
        """aiokafka's state of an assigned partition, None if it is not assigned. Safe to read from any thread."""
        subscription = self._ensure_consumer()._fetcher._subscriptions.subscription
        assignment = subscription.assignment if subscription is not None else None
        return assignment.state_value(tp) if assignment is not None else None


async def _retried(ask: Callable[[], Awaitable[dict[str, str]]]) -> dict[str, str]:
    while True:
        try:
            return await ask()
        except KafkaError as error:
            if not error.retriable:
                raise
            await asyncio.sleep(RETRY_SECONDS)
