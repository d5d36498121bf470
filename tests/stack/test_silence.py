"""Silence on the real stack: gateway, Kafka, worker and notifier as processes (DESIGN, "Freshness")."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.parts.kafka import Kafka
from tests.stack.gateway_tools import KEY, free_port
from tests.stack.nhip_tools import Installation, get, installation, until
from tests.stack.store_tools import ping

INTERVAL, GRACE = 1, 1


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
        return self.processes[name].wait(30)

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
            "SELECT jsonb_build_object('state', state, 'reason', reason, 'since', board.microseconds(since),"
            " 'decided', board.microseconds(decided_at), 'latency', latency_ms, 'age', heartbeat_age_s,"
            " 'cert', cert_days, 'queue', queue_length) FROM board.system WHERE system_id = %s",
            system,
        )
        return dict(rows[0][0]) if rows else {"state": None}

    def observed_to(self) -> datetime | None:
        rows = self.installed.rows("SELECT observed_to FROM board.tick")
        return rows[0][0] if rows else None

    def until_observed(self, moment: datetime) -> None:
        until(lambda: (self.observed_to() or moment - timedelta(1)) >= moment)

    def until_state(self, system: str, state: str) -> dict[str, Any]:
        until(lambda: self.system(system)["state"] == state)
        return self.system(system)


@pytest.fixture
def stack(kafka: Kafka, database: str, topic_prefix: str, tmp_path: Path) -> Iterator[Stack]:
    installed = installation(kafka.bootstrap, database, topic_prefix)
    done = installed.run("setup", NHIP_KAFKA_PARTITIONS="3")
    assert done.returncode == 0, done.stderr
    ports = {name: free_port() for name in ("GATEWAY", "METRICS", "NOTIFIER")}
    stack = Stack(installed, tmp_path / "log", ports, {})
    with ExitStack() as ending:
        for name in ("gateway", "worker", "notifier"):
            stack.start(name)
            ending.callback(lambda name=name: (stack.processes[name].kill(), stack.processes[name].wait()))
        for name in ("gateway", "worker", "notifier"):
            stack.ready(name)
        stack.until_observed(datetime.now(UTC))
        yield stack


def test_a_system_that_falls_silent_is_down_though_nobody_else_speaks(stack: Stack) -> None:
    """It is the only speaker of its partition; what tells its silence is the gateway's canaries."""
    said = [stack.ping("lgsp", latency_ms=12.5, cert_days=30, queue_length=4) for _ in range(2)]
    up = stack.until_state("lgsp", "up")
    assert (up["latency"], up["cert"], up["queue"]) == (12.5, 30, 4)
    down = stack.until_state("lgsp", "down")
    assert down["since"] == round((said[-1] + timedelta(seconds=INTERVAL + GRACE)).timestamp() * 1_000_000)
    print(f"down {(down['decided'] - down['since']) / 1e6:.2f} s after its deadline")
    assert "no ping since" in down["reason"]
    (uptime,) = stack.installed.rows("SELECT up, down FROM board.uptime(current_date - 1, current_date + 2)")
    assert 2_000_000 <= uptime[0] <= 4_000_000
    assert uptime[1] > 0
    stack.ping("lgsp")
    stack.until_state("lgsp", "up")
    assert stack.installed.answer("verify")["differences"] == 0


def test_an_absent_gateway_makes_nobody_down(stack: Stack) -> None:
    stack.ping("lgsp")
    stack.until_state("lgsp", "up")
    assert stack.stop("gateway", signal.SIGKILL) == -9
    assert stack.until_state("lgsp", "unknown")
    time.sleep(3)
    assert stack.system("lgsp")["state"] == "unknown"
    stack.start("gateway")
    stack.ready("gateway")
    stack.ping("lgsp")
    stack.until_state("lgsp", "up")
    (down,) = stack.installed.rows("SELECT down FROM board.uptime(current_date - 1, current_date + 2)")
    assert down == (0,), "it could not have been heard"


def test_a_worker_that_was_away_makes_nobody_down_who_spoke(stack: Stack) -> None:
    stack.ping("lgsp")
    stack.until_state("lgsp", "up")
    assert stack.stop("worker") == 0
    seen = []
    for _ in range(8):
        stack.ping("lgsp")
        seen.append(stack.system("lgsp")["state"])
        time.sleep(1)
    stack.start("worker")
    while (stack.observed_to() or datetime.min.replace(tzinfo=UTC)) < datetime.now(UTC) - timedelta(seconds=2):
        stack.ping("lgsp")
        seen.append(stack.system("lgsp")["state"])
        time.sleep(0.5)
    assert "down" not in seen
    (down,) = stack.installed.rows("SELECT down FROM board.uptime(current_date - 1, current_date + 2)")
    assert down == (0,)


def test_the_ticker_s_office_passes_to_the_next_notifier(stack: Stack) -> None:
    stack.ping("lgsp")
    stack.until_state("lgsp", "up")
    first, stack.ports["NOTIFIER"] = stack.processes["notifier"], free_port()
    stack.start("notifier")
    stack.ready("notifier")
    metrics = f"http://127.0.0.1:{stack.ports['NOTIFIER']}/metrics"
    assert "nhip_notifier_active 0.0" in get(metrics)[1]
    first.kill()
    first.wait()
    until(lambda: "nhip_notifier_active 1.0" in get(metrics)[1])
    stack.until_state("lgsp", "down")
    assert stack.stop("notifier") == 0
