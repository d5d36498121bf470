"""Systems fail and recover while workers and notifiers are killed; then the receiver's log is held to the audit."""

import asyncio
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import httpx
import psycopg

from connectors.timescale import catalogue
from streams.catalogue import Catalogue
from streams.catalogue.rules import Rule
from tests.faults.ordeal import SupervisedWorker
from tests.faults.supervisor import Process, Supervisor
from tests.stack.gateway_tools import KEY, free_port
from tests.stack.nhip_tools import Installation, get, until
from tests.stack.receiver_tools import Receiver
from tests.stack.store_tools import ping

RULE = Rule(name="system-down", kind="system_down", severity="critical", title="Ngừng", title_en="Down")
BATCH, LOADED, LONG = 50, 20, 3600
FAILURES, SUCCESSES = 3, 2
STEADY, STEADY_INTERVAL, STEADY_GRACE = 5, 4, 4


@dataclass(frozen=True)
class Plan:
    """For `seconds`, `troubled` systems at a time fail and recover, beside `rate` events a second of others."""

    seconds: float
    troubled: int
    rate: int
    seed: int


class Alarms:
    """One run. A system that has failed is left so until the receiver has heard of it, and so is one that recovered."""

    def __init__(self, installed: Installation, receiver: Receiver, plan: Plan, logs: Path) -> None:
        self._installed, self._receiver, self._plan, self._logs = installed, receiver, plan, logs
        self._random = Random(plan.seed)
        self._heard: dict[str, set[str]] = defaultdict(set)
        self._read = 0
        self._failed: set[str] = set()
        self._taken: list[float] = []
        self._events = count()
        self._ended = asyncio.Event()
        self._kills = {"worker": 0, "notifier": 0}

    async def run(self) -> None:
        with psycopg.connect(self._installed.url) as connection:
            catalogue.load(connection, Catalogue(rules=(RULE,)))
        port = free_port()
        with ExitStack() as stack:
            gateway = partial(self._start, "gateway", NHIP_GATEWAY_PORT=str(port))
            stack.enter_context(Supervisor(gateway))
            workers = [SupervisedWorker(self._installed, self._logs / f"worker-{n}.log") for n in range(2)]
            notifiers = [Supervisor(self._notifier(free_port())) for _ in range(2)]
            for supervisor in (*(worker.supervisor for worker in workers), *notifiers):
                stack.enter_context(supervisor)
            await asyncio.to_thread(until, lambda: get(f"http://127.0.0.1:{port}/readyz")[0] == 200)
            await asyncio.to_thread(until, self._looks)
            await self._suffer(port, workers, notifiers)
        self._read_the_log()

    async def _suffer(self, port: int, workers: list[SupervisedWorker], notifiers: list[Supervisor]) -> None:
        headers = {"authorization": f"Bearer {KEY}"}
        async with (
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as http,
            asyncio.TaskGroup() as always,
        ):
            beside = [always.create_task(self._listen()), always.create_task(self._load(http))]
            beside += [always.create_task(self._steady(http, n)) for n in range(STEADY)]
            async with asyncio.TaskGroup() as group:
                group.create_task(self._kill_workers(workers))
                group.create_task(self._kill_notifiers(notifiers))
                for n in range(self._plan.troubled):
                    group.create_task(self._trouble(http, n))
                await asyncio.sleep(self._plan.seconds)
                self._ended.set()
            for task in beside:
                task.cancel()

    def _start(self, name: str, **changed: str) -> Process:
        return self._installed.start(self._logs / f"{name}.log", name, **changed)

    def _notifier(self, port: int) -> Callable[[], Process]:
        settings = {"NHIP_WEBHOOK_URL": self._receiver.url, "NHIP_WEBHOOK_SECRET": "s" * 32}
        return partial(self._start, "notifier", NHIP_NOTIFIER_PORT=str(port), **settings)

    def _looks(self) -> bool:
        query = "SELECT 1 FROM board.tick WHERE observed_to > now() - interval '3 seconds'"
        return bool(self._installed.rows(query))

    async def _kill_workers(self, workers: list[SupervisedWorker]) -> None:
        """One at work, and never the other before it has taken over."""
        while not self._ended.is_set():
            await asyncio.to_thread(until, lambda: self._ended.is_set() or any(one.assigned() for one in workers))
            await asyncio.sleep(self._random.uniform(0, 12))
            self._random.choice(workers).supervisor.kill()
            self._kills["worker"] += 1
            await asyncio.sleep(3)

    async def _kill_notifiers(self, notifiers: list[Supervisor]) -> None:
        while not self._ended.is_set():
            await asyncio.sleep(self._random.uniform(1, 8))
            self._random.choice(notifiers).kill()
            self._kills["notifier"] += 1

    async def _trouble(self, http: httpx.AsyncClient, number: int) -> None:
        """One system after the other fails, is heard of, recovers, and is heard of again."""
        for n in count():
            await asyncio.sleep(self._random.uniform(0, 2))
            if self._ended.is_set():
                return
            system = f"troubled-{number}-{n}"
            self._failed.add(system)
            for _ in range(FAILURES):
                began = time.time()
                await self._ping(http, system, "fail")
            await self._until_heard(system, "firing")
            self._taken.append(time.time() - began)
            for _ in range(SUCCESSES):
                await self._ping(http, system, "ok")
            await self._until_heard(system, "resolved")

    async def _until_heard(self, system: str, notice: str) -> None:
        deadline = time.monotonic() + 180
        while notice not in self._heard[system]:
            assert time.monotonic() < deadline, f"nobody heard that {system} is {notice}"
            await asyncio.sleep(0.1)

    async def _listen(self) -> None:
        """Keep up with what the receiver has taken."""
        while True:
            for post in self._receiver.posts[self._read :]:
                self._read += 1
                said = json.loads(post.body)
                if post.answered < 300:
                    self._heard[said["alert"]["labels"]["system"]].add(said["notice"])
            await asyncio.sleep(0.1)

    async def _load(self, http: httpx.AsyncClient) -> None:
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for n in count(1):
                events = [self._event(f"loaded-{k % LOADED}", "ok", LONG, LONG) for k in range(BATCH)]
                group.create_task(_accepted(http, events))
                await asyncio.sleep(max(began + n * BATCH / self._plan.rate - time.monotonic(), 0))

    async def _steady(self, http: httpx.AsyncClient, number: int) -> None:
        """It never falls silent, whoever is killed."""
        while True:
            await _accepted(http, [self._event(f"steady-{number}", "ok", STEADY_INTERVAL, STEADY_GRACE)])
            await asyncio.sleep(1)

    async def _ping(self, http: httpx.AsyncClient, system: str, status: str) -> None:
        await _accepted(http, [self._event(system, status, LONG, LONG)])

    def _event(self, system: str, status: str, interval: int, grace: int) -> dict[str, Any]:
        return ping(system, next(self._events), datetime.now(UTC), status, interval_s=interval, grace_s=grace)

    def _read_the_log(self) -> None:
        """Every step of the audit that people hear of was taken by the receiver under one id, and nothing else was."""
        expected = self._expected()
        posts = self._receiver.posts
        bodies: dict[str, set[bytes]] = defaultdict(set)
        for post in posts:
            bodies[post.headers["webhook-id"]].add(post.body)
        taken = {post.headers["webhook-id"] for post in posts if post.answered < 300}
        assert taken == expected, taken ^ expected
        assert bodies.keys() == expected, "what was refused at first was taken later"
        assert {id for id, said in bodies.items() if len(said) > 1} == set(), "an id stands for one message"
        audited = {system for (system,) in self._installed.rows("SELECT labels ->> 'system' FROM board.alert")}
        assert audited == self._failed
        assert self._installed.answer("verify")["differences"] == 0
        cuts = statistics.quantiles(self._taken, n=100)
        print(
            f"{self._kills} killed in {self._plan.seconds:.0f} s; {len(self._failed)} systems failed and recovered;"
            f" {len(expected)} messages, {len(posts)} posts, {len(posts) - len(expected)} of them repeats;"
            f" to the receiver p50 {cuts[49]:.1f} s, p90 {cuts[89]:.1f} s, max {max(self._taken):.1f} s"
        )

    def _expected(self) -> set[str]:
        """The ids of messages that the audit's steps call for."""
        steps = self._installed.rows("SELECT alert, episode, step FROM board.alert_step ORDER BY number")
        relapses: dict[tuple[str, int], int] = defaultdict(lambda: -1)
        expected: set[str] = set()
        for alert, episode, step in steps:
            relapses[alert, episode] += step in ("fired", "reopened")
            firing = f"{alert}:{episode}.{relapses[alert, episode]}"
            if step in ("fired", "reopened"):
                expected.add(f"{firing}.0:webhook")
            elif step == "resolved":
                expected.add(f"{firing}:resolved:webhook")
        return expected


async def _accepted(http: httpx.AsyncClient, events: list[dict[str, Any]]) -> None:
    headers = {"content-type": "application/cloudevents-batch+json"}
    answer = await http.post("/v1/events", json=events, headers=headers)
    assert answer.status_code == 202, answer.text
