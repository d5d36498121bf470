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
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.contender import CONTENDERS, NHIP, Contender, Task
from benchmarks.pings import fill
from connectors.timescale.setup import set_up

LONGEST_SECONDS = 600


@dataclass(frozen=True)
class Run:
    """One contender once: events a second between its first and its last commit, and its largest size."""

    rate: float
    peak_mib: float


def main() -> int:
    """Run every contender `rounds` times in turn and print medians and ratios."""
    options = _options()
    kafka, timescale = os.environ.get("NHIP_TEST_KAFKA"), os.environ.get("NHIP_TEST_TIMESCALE")
    if not kafka or not timescale:
        print(__doc__, file=sys.stderr)
        return 2
    prefix = f"bench-{uuid.uuid4().hex[:8]}."
    size = asyncio.run(fill(kafka, prefix, options.events))
    print(f"{options.events} pings of {size} bytes, {options.rounds} interleaved rounds, {os.cpu_count()} cores")
    contenders = [c for c in CONTENDERS if options.only in c.name]
    runs: dict[str, list[Run]] = defaultdict(list)
    for round_ in range(options.rounds):
        for contender in contenders:
            run = measure(contender, kafka, prefix, timescale, options.events)
            runs[contender.name].append(run)
            print(f"round {round_ + 1}: {contender.name:32} {run.rate:9,.0f} events/s  peak {run.peak_mib:5.0f} MiB")
    _summary(runs)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--events", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="only contenders whose name contains this")
    return parser.parse_args()


def measure(contender: Contender, kafka: str, prefix: str, server: str, events: int) -> Run:
    """One run against a fresh database."""
    name = f"bench_{uuid.uuid4().hex[:8]}"
    url = f"{server.rpartition('/')[0]}/{name}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            set_up(url, {})
            admin.execute("CHECKPOINT")  # nobody pays for the run before
            return _watched(contender, Task(kafka, prefix, url), events)
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _watched(contender: Contender, task: Task, events: int) -> Run:
    log = Path(tempfile.gettempdir()) / f"{contender.name.split()[0]}-bench.log"
    process = contender.start(task, log)
    peak, first, begun = 0.0, 0, 0.0
    deadline = time.monotonic() + LONGEST_SECONDS
    try:
        with psycopg.connect(task.database_url, autocommit=True) as database:
            while True:
                time.sleep(contender.poll_seconds)
                stored, now = _stored(database, contender), time.monotonic()
                peak = max(peak, _resident_mib(process.pid))
                if stored and not begun:
                    first, begun = stored, now
                if stored >= events:
                    return Run((events - first) / (now - begun), peak)
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


def _resident_mib(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


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
    medians = {name: statistics.median(run.rate for run in of) for name, of in runs.items()}
    print()
    for name, rate in medians.items():
        peak = max(run.peak_mib for run in runs[name])
        ratio = statistics.median(a.rate / b.rate for a, b in zip(runs[NHIP.name], runs[name], strict=True))
        print(f"median: {name:32} {rate:9,.0f} events/s  peak {peak:5.0f} MiB  nhip is {ratio:5.2f} times this")


if __name__ == "__main__":
    sys.exit(main())
