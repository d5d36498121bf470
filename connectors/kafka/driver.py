"""The batch transport driver: one Faust message per fetch of one partition (entry point `nhip` of faust.transports).

Stock Faust makes four asyncio tasks a record. Here a message's value is a whole `Fetch`, read from where the database
stands and acknowledged by the agent; Faust keeps group membership, rebalancing and supervision. See ADR 0002.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

from aiokafka.errors import KafkaError
from faust.transport.drivers import aiokafka as stock
from faust.types import TP, ConsumerMessage
from mode import Service

from connectors.kafka.books import Books
from connectors.kafka.message import message_of
from connectors.kafka.standing import Standing, stable_end
from connectors.kafka.thread import Bounds, ConsumerThread
from streams.positions import Positions

log = logging.getLogger(__name__)

RECHECK_SECONDS = 5.0  # how soon an operator's adopt or resume takes effect
SETTLE_SECONDS = 5.0  # for batches in work when partitions are revoked; the database's fence makes it safe to be late
FINISH_SECONDS = 20.0  # for batches in work at SIGTERM


class Consumer(stock.Consumer):  # type: ignore[misc]  # faust, mode and aiokafka are untyped for us
    """Faust's consumer of fetches instead of records, at the database's positions instead of Kafka's."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._positions: Positions = self.app.positions
        self._books = Books()
        self._identities: dict[TP, str] = {}
        self._ends: dict[TP, int] = {}  # the highest stable end heard of each
        self._placing = asyncio.Lock()

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    # Placing

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        self._books.keep(assigned)
        await super().on_partitions_assigned(assigned, generation_id)

    async def perform_seek(self) -> None:
        """Place every assigned partition; Faust calls it when an assignment is complete, before the flow resumes."""
        await self._place(self.assignment())

    async def _place(self, partitions: set[TP]) -> None:
        # Faust takes its own time-out here for a wish to stop, and would do nothing more, for ever.
        async with asyncio.timeout(self.app.conf.broker_request_timeout * 0.9), self._placing:
            bounds = await self._thread.bounds(partitions)
            starts: dict[TP, int] = {}
            for tp in sorted(partitions):
                at = bounds[tp]
                end = self._highest_end(tp, at)
                start = await self._positions.assigned(tp.topic, tp.partition, at.beginning, end, at.identity)
                if start is not None:
                    starts[tp] = start
            held = {tp: bounds[tp].beginning for tp in partitions - starts.keys()}
            await self._thread.place(starts, held)
            self._open(starts, held)

    def _highest_end(self, tp: TP, at: Bounds) -> int:
        """The end as listed now, or as heard before: Tansu 0.6 lists an end short of its last batch."""
        if self._identities.get(tp) != at.identity:
            self._identities[tp] = at.identity
            self._ends[tp] = 0
        self._ends[tp] = max(self._ends[tp], at.end)
        return self._ends[tp]

    def _open(self, starts: dict[TP, int], held: dict[TP, int]) -> None:
        for tp in starts.keys() | held.keys():
            for faust_book in (self._acked, self._acked_index, self._committed_offset):
                faust_book.pop(tp, None)  # what was read before does not count any more
        self._books.place(starts, held)
        if held:
            log.warning("partitions left alone, see nhip doctor: %s", sorted(held))

    async def pause(self, tp: TP) -> None:
        """Stop fetching one partition; its keeper has stored why, and is asked again every few seconds."""
        stored = self._books.stored(tp)
        if stored is not None:
            self._books.hold(tp)
            await self._thread.place({}, {tp: stored})

    def out_of_range(self, tp: TP) -> None:
        """Place the partition anew: retention overtook us, or the topic is another one."""
        log.warning("partition %s:%d: the broker does not have the position asked for", tp.topic, tp.partition)
        self._books.hold(tp)
        self._ends[tp] = 0  # it may have been cut off
        self.add_future(self._place_again({tp}))

    @Service.task  # type: ignore[untyped-decorator]  # faust is untyped for us
    async def _recheck(self) -> None:
        while not self.should_stop:
            await self.sleep(RECHECK_SECONDS)
            if self._books.held and self.flow_active and not self.should_stop:
                await self._place_again(set(self._books.held))

    async def _place_again(self, partitions: set[TP]) -> None:
        try:
            await self._place(partitions & self.assignment())
        except (KafkaError, TimeoutError) as error:
            log.warning("partitions not placed, trying again in %.0f s: %r", RECHECK_SECONDS, error)

    # Fetching

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, ConsumerMessage]]:  # noqa: ASYNC109  # Faust's
        """Yield fetches, one a partition, each starting where the one before it ended."""
        if not self.flow_active:
            await self.wait(self.can_resume_flow)
        generation = self.app.consumer_generation_id
        fetches = await self._thread.fetches(self._books.readable(), self._books.room())
        for tp, fetch in fetches.items():
            if self.should_stop or not self.flow_active or self.app.consumer_generation_id != generation:
                return  # the next assignment places every partition anew
            if self._books.follows(tp, fetch.asked):
                self._ends[tp] = max(self._ends[tp], fetch.end)
                message = message_of(tp, fetch, generation)
                self._books.hand_out(message)
                self._read_offset[tp] = None  # Faust drops in silence what lies below it; our books are stricter
                yield tp, message

    # Acknowledging

    def expects(self, message: ConsumerMessage) -> bool:
        """Say whether a message is still to be handled: not after a pause, a rebalance or a new placing."""
        return self._books.expects(message)

    def drop(self, message: ConsumerMessage) -> None:
        """Do not wait for a message that will never be acknowledged."""
        self._unacked_messages.discard(message)

    def ack(self, message: ConsumerMessage) -> bool:
        if not self._books.expects(message):
            self.drop(message)
            return False
        self._books.acknowledge(message)
        self._thread.wake()
        return bool(super().ack(message))

    def _new_offset(self, tp: TP) -> int | None:
        """Commit after the highest acknowledged fetch: the agent works a partition in order, there are no gaps."""
        acked = self._acked.pop(tp, None)
        self._acked_index.pop(tp, None)
        return max(acked) + 1 if acked else None

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Gaps are control records and compaction; tracking them is how faust-streaming issue 606 came about."""

    async def wait_empty(self) -> None:
        """Let batches in work finish, for a bounded time, and commit."""
        limit = FINISH_SECONDS if self.app.should_stop else SETTLE_SECONDS
        deadline = self.loop.time() + limit
        while self._unacked_messages and self.loop.time() < deadline and not self.should_stop:
            await self.sleep(0.02)
        await self.commit_and_end_transactions()

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Faust only logs here, and takes an idle partition for a slow one; connectors/kafka/standing.py decides."""

    # Standing

    def standings(self) -> list[Standing]:
        """Where each assigned partition stands, from memory."""
        return [self._standing(tp) for tp in sorted(self._books.consumed | self._books.held)]

    def _standing(self, tp: TP) -> Standing:
        state = self._thread.state(tp)
        polled = state.timestamp if state is not None else None  # before the end: never fresher than true
        stored = self._books.stored(tp)
        end = max(stable_end(state) if state is not None else 0, self._ends[tp])
        return Standing(tp.topic, tp.partition, stored, end, polled / 1000 if polled else None)

    async def refresh_ends(self) -> None:
        """Ask the brokers for the ends, which fetches that hang do not tell. Raises aiokafka's KafkaError."""
        for tp, end in (await self._thread.ends(self._books.consumed)).items():
            self._ends[tp] = max(self._ends[tp], end)


class Transport(stock.Transport):  # type: ignore[misc]  # faust is untyped for us
    Consumer = Consumer
