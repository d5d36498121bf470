"""`nhip` as people and supervisors run it: commands to their end, workers and gateways as processes."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, LiteralString
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psycopg

from tests.stack.gateway_tools import KEY, free_port
from tests.stack.store_tools import as_role

PATIENCE_SECONDS = 120.0
_ASSIGNED = re.compile(r'nhip_worker_partition_held\{partition="(\d+)",topic="([^"]+)"\}')


@dataclass(frozen=True)
class Installation:
    """The settings of one Nhịp: `url` is the database's superuser, everything else is in the environment."""

    url: str
    environment: dict[str, str]

    def run(self, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """A command to its end; its output is text."""
        return subprocess.run(_command(words), env=self.environment | changed, capture_output=True, text=True)

    def answer(self, *words: str, code: int = 0) -> Any:
        """What a command prints with --json."""
        done = self.run(*words, "--json")
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    def start(self, log: Path, *words: str, **changed: str) -> "subprocess.Popen[bytes]":
        """A process, its output appended to a log."""
        with log.open("ab") as output:
            return subprocess.Popen(_command(words), env=self.environment | changed, stdout=output, stderr=output)

    def rows(self, query: LiteralString, *parameters: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(query, parameters).fetchall()

    def records(self) -> int:
        """How many records are applied, whatever became of them."""
        return int(self.rows("SELECT coalesce(sum(records), 0) FROM nhip.partition")[0][0])

    def await_records(self, number: int) -> None:
        until(lambda: self.records() >= number)


def _command(words: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "nhip", *words]


def installation(bootstrap: str, url: str, topic_prefix: str) -> Installation:
    """Settings for a Kafka, an empty database and topics of their own: each role comes as itself."""
    return Installation(
        url,
        os.environ
        | {
            "NHIP_KAFKA_BROKERS": bootstrap,
            "NHIP_TOPIC_PREFIX": topic_prefix,
            "NHIP_CONSUMER_GROUP": f"{topic_prefix}worker",
            "NHIP_OWNER_DATABASE_URL": url,
            "NHIP_DATABASE_URL": as_role(url, "nhip_writer"),
            "NHIP_READER_DATABASE_URL": as_role(url, "nhip_reader"),
            "NHIP_GATEWAY_DATABASE_URL": as_role(url, "nhip_gateway"),
            "NHIP_PSEUDONYM_KEY": "p" * 32,
            "NHIP_API_KEY": KEY,
        },
    )


@dataclass(frozen=True)
class Worker:
    """A running `nhip worker`; `port` is where its probes answer."""

    process: "subprocess.Popen[bytes]"
    port: int

    def get(self, path: str) -> tuple[int, str]:
        return get(f"http://127.0.0.1:{self.port}{path}")

    def assigned(self) -> set[tuple[str, int]]:
        """The partitions it holds, by its own word; none when it does not answer."""
        return {(topic, int(partition)) for partition, topic in _ASSIGNED.findall(self.get("/metrics")[1])}

    def end(self) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)


def start_worker(installed: Installation, log: Path) -> Worker:
    port = free_port()
    return Worker(installed.start(log, "worker", NHIP_METRICS_PORT=str(port)), port)


@contextmanager
def working(installed: Installation, log: Path) -> Iterator[Worker]:
    """A worker that is ready; at the end it is told to stop and has to."""
    worker = start_worker(installed, log)
    try:
        until(lambda: worker.get("/readyz")[0] == 200, worker.process)
        yield worker
        assert worker.end() == 0, log.read_text()
    finally:
        worker.process.kill()
        worker.process.wait()


def get(url: str) -> tuple[int, str]:
    """Status and text of an answer; 0 when there is none."""
    try:
        with urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except (URLError, OSError, HTTPException):
        return 0, ""


def until(holds: Callable[[], bool], process: "subprocess.Popen[bytes] | None" = None) -> None:
    """Wait for something, while a process lives."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert process is None or process.poll() is None, f"it ended with {process.returncode}"
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)
