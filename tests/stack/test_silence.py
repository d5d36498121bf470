"""Silence on the real stack: gateway, Kafka, worker and notifier as processes (DESIGN, "Freshness")."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString
from uuid import uuid4

import httpx
import pytest

from streams.days import microseconds
from tests.conftest import fresh_database
from tests.parts.kafka import Kafka
from tests.parts.timescale import Timescale
from tests.stack.gateway_tools import KEY, free_port
from tests.stack.nhip_tools import PATIENCE_SECONDS, Installation, get, installation, until
from tests.stack.store_tools import ping

INTERVAL, GRACE = 1, 1
LASTING = {"interval_s": 600, "grace_s": 600}
"""Of a ping that speaks for longer than any machine takes to notice it."""


@dataclass
class Stack:
    """Every process but the simulator; systems ping through the gateway."""

    installed: Installation
    log: Path
    ports: dict[str, int]
    processes: dict[str, "subprocess.Popen[bytes]"]
    pings: int = 0

    def start(self, name: str) -> None:
        ports = {f"NHIP_{word}_PORT": str(port) for word, port in self.ports.items()}
        self.processes[name] = self.installed.start(self.log, name, **ports)

    def ready(self, name: str) -> None:
        port = self.ports[{"worker": "METRICS"}.get(name, name.upper())]
        until(lambda: get(f"http://127.0.0.1:{port}/readyz")[0] == 200, self.processes[name])

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> int:
        self.processes[name].send_signal(how)
        return self.processes[name].wait(PATIENCE_SECONDS)

    def ping(self, system: str, status: str = "ok", **data: Any) -> datetime:
        """One ping of now, accepted by the gateway."""
        now = datetime.now(UTC)
        self.pings += 1
        event = ping(system, self.pings, now, status, **({"interval_s": INTERVAL, "grace_s": GRACE} | data))
        headers = {"authorization": f"Bearer {KEY}", "content-type": "application/cloudevents+json"}
        answer = httpx.post(f"http://127.0.0.1:{self.ports['GATEWAY']}/v1/events", json=event, headers=headers)
        assert answer.status_code == 202, answer.text
        return now

    def system(self, system: str) -> dict[str, Any]:
        """What board.system says of it."""
        rows = self.installed.rows(
            "SELECT jsonb_build_object('state', state, 'reason', reason_vi, 'since', board.microseconds(since),"
            " 'decided', board.microseconds(decided_at), 'latency', latency_ms, 'age', heartbeat_age_s,"
            " 'cert', cert_days, 'queue', queue_length) FROM board.system WHERE system_id = %s",
            system,
        )
        return dict(rows[0][0]) if rows else {"state": None}

    def uptime(self, system: str) -> tuple[int, int]:
        """Microseconds up and down."""
        query: LiteralString = (
            "SELECT up, down FROM board.uptime(current_date - 1, current_date + 2) WHERE system_id = %s"
        )
        ((up, down),) = self.installed.rows(query, system)
        return up, down

    def observed_to(self) -> datetime | None:
        rows = self.installed.rows("SELECT observed_to FROM board.tick")
        return rows[0][0] if rows else None

    def until_observed(self, moment: datetime) -> None:
        until(lambda: (self.observed_to() or moment - timedelta(1)) >= moment)

    def until_state(self, system: str, state: str) -> dict[str, Any]:
        """What was said of it when it was that; a moment later it may be something else."""
        seen: list[dict[str, Any]] = []

        def is_that() -> bool:
            seen.append(self.system(system))
            return bool(seen[-1]["state"] == state)

        until(is_that)
        return seen[-1]


@pytest.fixture(scope="module")
def stack(kafka: Kafka, timescale: Timescale, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One for all tests: each has systems of its own, and leaves the processes running."""
    ports = {name: free_port() for name in ("GATEWAY", "METRICS", "NOTIFIER")}
    with ExitStack() as ending:
        database = ending.enter_context(fresh_database(timescale.url))
        installed = installation(kafka.bootstrap, database, f"t{uuid4().hex[:12]}-")
        done = installed.run("setup", NHIP_KAFKA_PARTITIONS="3")
        assert done.returncode == 0, done.stderr
        stack = Stack(installed, tmp_path_factory.mktemp("stack") / "log", ports, {})
        for name in ("gateway", "worker", "notifier"):
            stack.start(name)
            ending.callback(lambda name=name: (stack.processes[name].kill(), stack.processes[name].wait()))
        for name in ("gateway", "worker", "notifier"):
            stack.ready(name)
        stack.until_observed(datetime.now(UTC))
        yield stack


def test_a_system_that_falls_silent_is_down_though_nobody_else_speaks(stack: Stack) -> None:
    """It is the only speaker of its partition; what tells its silence is the gateway's canaries."""
    first = stack.ping("lgsp", latency_ms=12.5, cert_days=30, queue_length=4, **LASTING)
    up = stack.until_state("lgsp", "up")
    assert (up["latency"], up["cert"], up["queue"]) == (12.5, 30, 4)
    silent_at = stack.ping("lgsp") + timedelta(seconds=INTERVAL + GRACE)
    down = stack.until_state("lgsp", "down")
    assert down["since"] == microseconds(silent_at)
    assert "không có tín hiệu từ" in down["reason"]
    up_us, down_us = stack.uptime("lgsp")
    assert up_us == microseconds(silent_at) - microseconds(first)
    assert down_us > 0
    stack.ping("lgsp", **LASTING)
    stack.until_state("lgsp", "up")
    assert stack.installed.answer("verify")["differences"] == 0


def test_an_absent_gateway_makes_nobody_down(stack: Stack) -> None:
    stack.ping("mail", **LASTING)
    stack.until_state("mail", "up")
    stack.ping("mail", interval_s=5, grace_s=5)
    assert stack.stop("gateway", signal.SIGKILL) == -9
    assert stack.until_state("mail", "unknown")
    time.sleep(3)
    assert stack.system("mail")["state"] == "unknown"
    stack.start("gateway")
    stack.ready("gateway")
    stack.ping("mail", **LASTING)
    stack.until_state("mail", "up")
    assert stack.uptime("mail")[1] == 0, "it could not have been heard"


def test_a_worker_that_was_away_makes_nobody_down_who_spoke(stack: Stack) -> None:
    spoken_for = {"interval_s": 3, "grace_s": 3}
    stack.ping("portal", **LASTING)
    stack.until_state("portal", "up")
    stack.ping("portal", **spoken_for)
    assert stack.stop("worker") == 0
    seen, began = [], time.monotonic()
    while time.monotonic() - began < 8:  # longer than a ping speaks for
        stack.ping("portal", **spoken_for)
        seen.append(stack.system("portal")["state"])
        time.sleep(0.5)
    stack.start("worker")
    back = datetime.now(UTC)
    while (stack.observed_to() or back - timedelta(1)) < back:
        stack.ping("portal", **spoken_for)
        seen.append(stack.system("portal")["state"])
        time.sleep(0.5)
    stack.ping("portal", **LASTING)
    assert "down" not in seen
    assert stack.uptime("portal")[1] == 0


def test_the_ticker_s_office_passes_to_the_next_notifier(stack: Stack) -> None:
    stack.ping("edoc", **LASTING)
    stack.until_state("edoc", "up")
    stack.ping("edoc")
    first, stack.ports["NOTIFIER"] = stack.processes["notifier"], free_port()
    stack.start("notifier")
    stack.ready("notifier")
    metrics = f"http://127.0.0.1:{stack.ports['NOTIFIER']}/metrics"
    until(lambda: "nhip_notifier_active 0.0" in get(metrics)[1])
    first.kill()
    first.wait()
    until(lambda: "nhip_notifier_active 1.0" in get(metrics)[1])
    stack.until_state("edoc", "down")
    assert stack.stop("notifier") == 0, "it comes last: nobody needs a ticker any more"
