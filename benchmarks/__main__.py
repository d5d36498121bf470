"""`make bench`: the worker beside stock Faust and a hand-written loop, interleaved, medians.

    python -m benchmarks [--events N] [--rounds N] [--only NAME]

needs NHIP_TEST_KAFKA and NHIP_TEST_TIMESCALE (`python -m tests.parts run -- python -m benchmarks` sets them).
"""

import argparse
import asyncio
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import psycopg

from benchmarks.contender import CONTENDERS, NHIP, Contender, Task
from benchmarks.loads import LOADS, fill
from benchmarks.meter import Meter, peak_mib
from connectors.catalogue import example
from connectors.timescale.setup import set_up
from nhip.catalogue import put_in_force

LONGEST_SECONDS = 600


@dataclass(frozen=True)
class Run:
    """One contender once, between its first and its last commit: events a second, microseconds of processor time an
    event (its own and PostgreSQL's), and its largest size."""

    rate: float
    worker_us: float
    postgres_us: float
    peak_mib: float

    def __str__(self) -> str:
        cost = f"{self.worker_us:5.1f} + {self.postgres_us:4.1f} µs CPU an event"
        return f"{self.rate:9,.0f} events/s  {cost}  peak {self.peak_mib:4.0f} MiB"


def main() -> int:
    """Run every contender `rounds` times in turn and print medians and ratios."""
    options = _options()
    kafka, timescale = os.environ.get("NHIP_TEST_KAFKA"), os.environ.get("NHIP_TEST_TIMESCALE")
    if not kafka or not timescale:
        print(__doc__, file=sys.stderr)
        return 2
    contenders = [c for c in CONTENDERS if c is NHIP or options.only in c.name]
    prefixes = {}
    for load in sorted({contender.load for contender in contenders}):
        prefixes[load] = f"bench-{uuid.uuid4().hex[:8]}."
        size = asyncio.run(fill(kafka, prefixes[load], LOADS[load](options.events)))
        print(f"{options.events} {load}: {size} bytes an event")
    print(f"{options.rounds} interleaved rounds, {os.cpu_count()} cores")
    runs: dict[str, list[Run]] = defaultdict(list)
    for round_ in range(options.rounds):
        for contender in contenders:
            run = measure(contender, Task(kafka, prefixes[contender.load], timescale), options.events)
            runs[contender.name].append(run)
            print(f"round {round_ + 1}: {contender.name:31} {run}", flush=True)
    _summary(runs)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--events", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="compare with contenders whose name contains this")
    return parser.parse_args()


def measure(contender: Contender, on: Task, events: int) -> Run:
    """One run against a fresh database of the server that `on` names."""
    name = f"bench_{uuid.uuid4().hex[:8]}"
    url = f"{on.database_url.rpartition('/')[0]}/{name}"
    with psycopg.connect(on.database_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            set_up(url, {})
            put_in_force(example(), url)
            admin.execute("CHECKPOINT")  # nobody pays for the run before
            return _watched(contender, replace(on, database_url=url), events)
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _watched(contender: Contender, task: Task, events: int) -> Run:
    log = Path(tempfile.gettempdir()) / f"{contender.name.split()[0]}-bench.log"
    process = contender.start(task, log)
    first, begun, meter = 0, 0.0, None
    deadline = time.monotonic() + LONGEST_SECONDS
    try:
        with psycopg.connect(task.database_url, autocommit=True) as database:
            while True:
                time.sleep(contender.poll_seconds)
                stored, now = _stored(database, contender), time.monotonic()
                if stored and meter is None:
                    first, begun, meter = stored, now, Meter(process.pid)
                worker, postgres = meter.read(database) if meter else (0.0, 0.0)
                if stored >= events:
                    million = (events - first) / 1e6
                    rate = (events - first) / (now - begun)
                    return Run(rate, worker / million, postgres / million, peak_mib(process.pid))
                if process.poll() is not None or now > deadline:
                    raise SystemExit(f"{contender.name} stored {stored} of {events}: see {log}")
    finally:
        _stop(process)


def _stored(database: psycopg.Connection, contender: Contender) -> int:
    try:
        row = database.execute(contender.stored).fetchone()  # type: ignore[arg-type]  # ours, from contender.py
    except psycopg.errors.UndefinedTable:
        return 0  # it has not made its tables yet
    return int(row[0]) if row else 0


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _summary(runs: dict[str, list[Run]]) -> None:
    """Medians of each number, and of the rounds' ratios: what disturbs a round disturbs both sides."""
    print()
    for name, of in runs.items():
        middle = Run(*(statistics.median(column) for column in zip(*map(astuple, of), strict=True)))
        ratios = [a.rate / b.rate for a, b in zip(runs[NHIP.name], of, strict=True)]
        print(f"median:  {name:31} {middle}  nhip is {statistics.median(ratios):5.2f} times this")


if __name__ == "__main__":
    sys.exit(main())
