"""Two workers under load while workers are killed and the database crashes; afterwards the books are read."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from aiokafka.structs import RecordMetadata

from connectors.kafka.producer import Producer
from connectors.kafka.security import Security
from nhip.simulator import Record, disturb, generate, records
from tests.faults.books import Books
from tests.faults.supervisor import Process, Supervisor
from tests.parts.timescale import Timescale
from tests.stack.nhip_tools import Installation, Worker, start_worker, until

TRAFFIC_RATE = 500.0  # events a second of the province's own clock: how fast lives go on, not how fast we publish
UNANSWERED = 500


@dataclass(frozen=True)
class Plan:
    """`events` before trouble adds to them, published `rate` a second; kills and one crash at random times."""

    events: int
    rate: float
    seed: int
    kills: int = 3


class SupervisedWorker:
    """A worker that is started again whenever it ends."""

    def __init__(self, installed: Installation, log: Path) -> None:
        self._installed, self._log = installed, log
        self.worker: Worker | None = None
        self.supervisor = Supervisor(self._start)

    def _start(self) -> Process:
        self.worker = start_worker(self._installed, self._log)
        return self.worker.process

    def assigned(self) -> set[tuple[str, int]]:
        return self.worker.assigned() if self.worker else set()


class Ordeal:
    """One run. What happens is told as it happens, with the seconds since the beginning."""

    def __init__(self, installed: Installation, bootstrap: str, timescale: Timescale, plan: Plan, logs: Path) -> None:
        self._installed, self._bootstrap, self._timescale, self._plan = installed, bootstrap, timescale, plan
        self._random = Random(plan.seed)
        self._logs = logs
        self._books = Books()
        self._began = time.monotonic()
        self._workers: list[SupervisedWorker] = []
        self._one_death = asyncio.Lock()

    async def run(self) -> None:
        with ExitStack() as stack:
            for name in ("first", "second"):
                worker = SupervisedWorker(self._installed, self._logs / f"{name}.log")
                self._workers.append(worker)
                stack.enter_context(worker.supervisor)
            await self._wait(lambda: all(worker.assigned() for worker in self._workers))
            self._tell("two workers share the partitions")
            async with asyncio.TaskGroup() as group:
                group.create_task(self._publish())
                for at, action in self._schedule():
                    group.create_task(self._later(at, action))
            self._tell(f"{self._books.kinds.total()} records are acknowledged")
            await self._wait(lambda: self._installed.records() >= self._books.kinds.total())
            self._tell("all of them are applied")
            codes = [await asyncio.to_thread(worker.supervisor.stop) for worker in self._workers]
            self._tell(f"workers ended with {[worker.supervisor.endings for worker in self._workers]}")
        assert codes == [0, 0]
        self._read_the_books()

    def _schedule(self) -> list[tuple[float, Callable[[], Awaitable[None]]]]:
        seconds = self._plan.events / self._plan.rate
        times = [self._random.uniform(0.1, 0.85) * seconds for _ in range(self._plan.kills)]
        return [*((at, self._kill) for at in times), (self._random.uniform(0.3, 0.7) * seconds, self._crash)]

    async def _later(self, seconds: float, action: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(seconds)
        await action()

    async def _kill(self) -> None:
        """A worker at work, whose partitions are waited for before the next one's turn comes."""
        async with self._one_death:
            victim = self._random.choice(self._workers)
            await self._wait(lambda: bool(victim.assigned()))
            await asyncio.sleep(self._random.uniform(0, 3))
            orphans = victim.assigned()
            victim.supervisor.kill()
            killed, name = time.monotonic(), self._workers.index(victim) + 1
            self._tell(f"kill -9 of worker {name}, which held {len(orphans)} partitions")
            await self._wait(lambda: self._assigned() >= orphans)
            self._tell(f"its partitions moved after {time.monotonic() - killed:.1f} s")

    def _assigned(self) -> set[tuple[str, int]]:
        return set().union(*(worker.assigned() for worker in self._workers))

    async def _crash(self) -> None:
        began = time.monotonic()
        self._tell("TimescaleDB crashes")
        await asyncio.to_thread(self._timescale.crash)
        self._tell(f"TimescaleDB is back after {time.monotonic() - began:.1f} s")

    async def _publish(self) -> None:
        unanswered: list[tuple[Record, Awaitable[RecordMetadata]]] = []
        began = time.monotonic()
        async with Producer([self._bootstrap], Security()) as producer:
            for number, record in enumerate(self._traffic()):
                topic = self._installed.environment["NHIP_TOPIC_PREFIX"] + record.topic
                unanswered.append((record, await producer.send(topic, record.value, key=record.key)))
                if len(unanswered) >= UNANSWERED:
                    await self._settle(unanswered)
                    await asyncio.sleep(max(began + number / self._plan.rate - time.monotonic(), 0))
            await self._settle(unanswered)

    async def _settle(self, unanswered: list[tuple[Record, Awaitable[RecordMetadata]]]) -> None:
        for record, answer in unanswered:
            at = await answer
            self._books.acknowledged(record, at.topic, at.partition, at.offset)
        unanswered.clear()

    def _traffic(self) -> Iterator[Record]:
        """With 5 % duplicates, 5 % out of order, late ones and 0.1 % bad ones; over before we began."""
        start = datetime.now(UTC) - timedelta(seconds=self._plan.events / TRAFFIC_RATE)
        clean = generate(self._plan.seed, start, TRAFFIC_RATE, self._plan.events)
        return disturb(records(clean, start.timestamp(), TRAFFIC_RATE), self._plan.seed)

    def _read_the_books(self) -> None:
        self._books.assert_kept(self._installed)
        self._tell(f"every acknowledged record is accounted for once: {dict(self._books.kinds)}")
        verified = self._installed.answer("verify")
        assert verified["differences"] == 0
        self._tell(f"nhip verify: 0 differences in {sum(verified['compared'].values())} comparisons")

    async def _wait(self, holds: Callable[[], bool]) -> None:
        await asyncio.to_thread(until, holds)

    def _tell(self, what: str) -> None:
        print(f"{time.monotonic() - self._began:7.1f} s  {what}", flush=True)
