"""Killed processes and a crashed database: what was acknowledged is stored once, or dead-lettered once."""

import asyncio
import json
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.faults.ordeal import Ordeal, Plan
from tests.faults.supervisor import Supervisor
from tests.parts.given import Given
from tests.parts.kafka import Kafka
from tests.parts.machine import PartUnavailable
from tests.parts.timescale import Timescale
from tests.stack.gateway_tools import KEY, free_port, records
from tests.stack.kafka_tools import produce
from tests.stack.nhip_tools import PATIENCE_SECONDS, Installation, get, installation, start_worker, until, working
from tests.stack.store_tools import encoded, report


@pytest.fixture
def installed(kafka: Kafka, database: str, topic_prefix: str) -> Installation:
    made = installation(kafka.bootstrap, database, topic_prefix)
    done = made.run("setup")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def own_timescale(timescale: Timescale) -> Timescale:
    """One that this test run started, and may end."""
    if isinstance(timescale, Given):
        raise PartUnavailable("TimescaleDB: one that others started is not ours to crash")
    return timescale


async def test_workers_are_killed_and_the_database_crashes(
    kafka: Kafka, own_timescale: Timescale, installed: Installation, tmp_path: Path
) -> None:
    plan = Plan(events=30_000, rate=600, seed=int(asyncio.get_running_loop().time() * 1000))
    print(plan)
    await Ordeal(installed, kafka.bootstrap, own_timescale, plan, tmp_path).run()


def test_a_worker_is_told_to_stop_while_the_database_is_away(
    kafka: Kafka, own_timescale: Timescale, installed: Installation, topic_prefix: str, tmp_path: Path
) -> None:
    """It gives up waiting, acknowledges nothing, and the next worker applies what it could not."""
    log, topic = tmp_path / "worker.log", f"{topic_prefix}field-reports"
    worker = start_worker(installed, log)
    try:
        until(lambda: len(worker.assigned()) == 18, worker.process)
        own_timescale.kill()
        asyncio.run(produce(kafka.bootstrap, topic, [encoded(report(f"PA-{n}", n)) for n in range(600)], partitions=6))
        until(lambda: log.read_text().count(" waits ") > 10, worker.process)
        began = time.monotonic()
        code = worker.end()
        print(f"ended with {code}, {time.monotonic() - began:.1f} s after SIGTERM without a database")
    finally:
        worker.process.kill()
        own_timescale.start()
    assert code == 0
    with working(installed, log):
        installed.await_records(600)
    assert installed.answer("verify")["differences"] == 0


def test_a_worker_ends_when_the_database_stays_away(
    kafka: Kafka, own_timescale: Timescale, installed: Installation, topic_prefix: str, tmp_path: Path
) -> None:
    log, topic = tmp_path / "worker.log", f"{topic_prefix}field-reports"
    worker = start_worker(installed, log)
    try:
        until(lambda: len(worker.assigned()) == 18, worker.process)
        own_timescale.kill()
        began = time.monotonic()
        asyncio.run(produce(kafka.bootstrap, topic, [encoded(report(f"PA-{n}", n)) for n in range(600)], partitions=6))
        code = worker.process.wait(PATIENCE_SECONDS)
        print(f"ended with {code}, {time.monotonic() - began:.1f} s without a database")
    finally:
        worker.process.kill()
        own_timescale.start()
    assert code == 3


async def test_the_gateway_is_killed_under_load(
    kafka: Kafka, installed: Installation, topic_prefix: str, tmp_path: Path
) -> None:
    """What was answered 202 is stored; what was not may be, and no event is stored twice."""
    port, accepted, posted = free_port(), set[str](), set[str]()
    log = tmp_path / "gateway.log"
    url = f"http://127.0.0.1:{port}"

    async def post(http: httpx.AsyncClient, number: int) -> None:
        """As publishers do: the same event again until it is accepted."""
        body = json.dumps(report(f"PA-{number % 50}", number, "accepted"))
        posted.add(f"{number}")
        for _ in range(100):
            with suppress(httpx.TransportError):
                answer = await http.post("/v1/events", content=body)
                if answer.status_code == 202:
                    accepted.add(f"{number}")
                    return
                assert answer.status_code == 503, answer.text
            await asyncio.sleep(0.2)

    async def publish(publisher: int) -> None:
        headers = {"authorization": f"Bearer {KEY}", "content-type": "application/cloudevents+json"}
        async with httpx.AsyncClient(base_url=url, headers=headers, timeout=10) as http:
            for number in range(publisher, 2400, 8):
                await post(http, number)

    with Supervisor(lambda: installed.start(log, "gateway", NHIP_GATEWAY_PORT=f"{port}")) as gateway:
        await asyncio.to_thread(until, lambda: get(f"{url}/readyz")[0] == 200)
        async with asyncio.TaskGroup() as publishers:
            for publisher in range(8):
                publishers.create_task(publish(publisher))
            for number in range(1, 4):
                await asyncio.to_thread(until, partial(reached, accepted, number * 500))
                gateway.kill()
        assert gateway.stop() == 0
    with working(installed, tmp_path / "worker.log"):
        written = len(await records(kafka.bootstrap, f"{topic_prefix}field-reports"))
        await asyncio.to_thread(installed.await_records, written)
    stored = [event for (event,) in installed.rows("SELECT event_id FROM nhip.report_event")]
    assert gateway.endings == [-9, -9, -9, 0]
    assert accepted == posted == set(stored)
    assert len(stored) == len(set(stored)) <= written
    print(f"{len(accepted)} answered 202, {written} records in Kafka, {len(stored)} stored")
    assert installed.answer("verify")["differences"] == 0


def reached(accepted: set[str], number: int) -> bool:
    return len(accepted) >= number
