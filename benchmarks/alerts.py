"""How long an alert takes to the receiver's socket: from the ping that decides it, from a missed heartbeat's deadline.

    python -m benchmarks.alerts [--rate EVENTS] [--seconds S] [--samples N]

needs NHIP_TEST_KAFKA and NHIP_TEST_TIMESCALE (`python -m tests.parts run -- python -m benchmarks.alerts` sets them).
Gateway, worker and notifier run as processes; the load comes through the gateway beside the pings that are measured.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psycopg

from benchmarks.publishing import distribution, load, post, publisher
from connectors.timescale import catalogue
from streams.catalogue import Catalogue
from streams.catalogue.rules import Rule
from tests.conftest import fresh_database
from tests.stack.gateway_tools import free_port
from tests.stack.nhip_tools import Installation, get, installation, until
from tests.stack.receiver_tools import Receiver, receiving
from tests.stack.store_tools import ping

SYSTEMS = 50
INTERVAL, GRACE = 2, 1
LONG = 3600
FAILURES = 3
HEARD_SECONDS = 30.0
RULE = Rule(name="system-down", kind="system_down", severity="critical", title="Ngừng", title_en="Down")


def main() -> int:
    """Print both distributions, and the load that was really there."""
    options = _options()
    kafka, timescale = os.environ.get("NHIP_TEST_KAFKA"), os.environ.get("NHIP_TEST_TIMESCALE")
    if not kafka or not timescale:
        print(__doc__, file=sys.stderr)
        return 2
    with (
        fresh_database(timescale) as url,
        receiving() as receiver,
        _running(kafka, url, receiver) as (installed, ports),
    ):
        began = time.time()
        measured = asyncio.run(_measure(ports["GATEWAY"], options))
        stored, seconds = installed.rows("SELECT sum(stored)::int FROM nhip.partition")[0][0], time.time() - began
        heard = _heard(receiver, len(measured))
        print(
            f"{stored / seconds:,.0f} events/s stored for {seconds:.0f} s;"
            f" load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; a tick took {_tick(ports['NOTIFIER'])}"
        )
        for kind, what in (("fails", "from the ping that decides"), ("silent", "from a missed heartbeat's deadline")):
            begun = {system: begin for system, begin in measured.items() if system.startswith(kind)}
            known = [system for system in begun if system in heard]
            print(f"{what}: {len(known)} alerts, {len(begun) - len(known)} unheard")
            print(f"  to the decision  {distribution([heard[name].fired - begun[name] for name in known])}")
            print(f"  to the receiver  {distribution([heard[name].at - begun[name] for name in known])}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.alerts")
    parser.add_argument("--rate", type=int, default=2000, help="events a second beside what is measured")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--samples", type=int, default=300, help="of each kind")
    return parser.parse_args()


@contextmanager
def _running(kafka: str, url: str, receiver: Receiver) -> Iterator[tuple[Installation, dict[str, int]]]:
    """Everything up and looking: the installation, and its ports."""
    installed = installation(kafka, url, f"bench-{uuid.uuid4().hex[:8]}.")
    done = installed.run("setup")
    assert done.returncode == 0, done.stderr
    with psycopg.connect(url) as connection:
        catalogue.load(connection, Catalogue(rules=(RULE,)))
    ports = {name: free_port() for name in ("GATEWAY", "METRICS", "NOTIFIER")}
    settings = {f"NHIP_{name}_PORT": str(port) for name, port in ports.items()} | {
        "NHIP_WEBHOOK_URL": receiver.url, "NHIP_WEBHOOK_SECRET": "s" * 32,
    }  # fmt: skip
    with ExitStack() as ending:
        log = Path(ending.enter_context(tempfile.TemporaryDirectory())) / "log"
        for name, port in zip(("gateway", "worker", "notifier"), ports.values(), strict=True):
            process = installed.start(log, name, **settings)
            ending.callback(process.wait)
            ending.callback(process.kill)
            until(lambda port=port: get(f"http://127.0.0.1:{port}/readyz")[0] == 200, process)
        until(lambda: bool(installed.rows("SELECT 1 FROM board.tick WHERE observed_to > now() - interval '3 seconds'")))
        yield installed, ports


async def _measure(port: int, options: argparse.Namespace) -> dict[str, float]:
    """When each measured system was sure to be down."""
    begun: dict[str, float] = {}
    async with publisher(f"http://127.0.0.1:{port}") as http, asyncio.TaskGroup() as group:
        loading = group.create_task(load(http, options.rate, _load_ping))
        await asyncio.sleep(5)
        async with asyncio.TaskGroup() as samples:
            for n in range(options.samples):
                for sample in (_fail, _fall_silent):
                    samples.create_task(sample(http, n, random.uniform(0, options.seconds), begun))
        await asyncio.sleep(HEARD_SECONDS / 6)
        loading.cancel()
    return begun


def _load_ping(number: int) -> dict[str, Any]:
    return ping(f"system-{number % SYSTEMS}", f"load-{number}", datetime.now(UTC), interval_s=LONG)


async def _fail(http: httpx.AsyncClient, n: int, wait: float, begun: dict[str, float]) -> None:
    """The last of three failures decides; the time is taken before it is sent."""
    await asyncio.sleep(wait)
    for k in range(FAILURES):
        now = datetime.now(UTC)
        begun[f"fails-{n}"] = now.timestamp()
        await post(http, [ping(f"fails-{n}", f"fails-{n}-{k}", now, "fail", interval_s=LONG)])


async def _fall_silent(http: httpx.AsyncClient, n: int, wait: float, begun: dict[str, float]) -> None:
    await asyncio.sleep(wait)
    now = datetime.now(UTC)
    await post(http, [ping(f"silent-{n}", f"silent-{n}", now, interval_s=INTERVAL, grace_s=GRACE)])
    begun[f"silent-{n}"] = (now + timedelta(seconds=INTERVAL + GRACE)).timestamp()


class Heard(NamedTuple):
    """When an alert was decided, and when the receiver had it; seconds since 1970."""

    fired: float
    at: float


def _heard(receiver: Receiver, expected: int) -> dict[str, Heard]:
    """What the receiver first heard of each system, once it has heard of as many as there are."""
    deadline = time.monotonic() + HEARD_SECONDS
    heard: dict[str, Heard] = {}
    while len(heard) < expected and time.monotonic() < deadline:
        time.sleep(0.5)
        for one in receiver.posts.copy():
            said = json.loads(one.body)["alert"]
            fired = datetime.fromisoformat(said["fired_at"]).timestamp()
            heard.setdefault(said["labels"]["system"], Heard(fired, one.at))
    return heard


def _tick(port: int) -> str:
    """How long the ticker needs for a look, from its own histogram."""
    numbers = dict(
        line.rsplit(" ", 1)
        for line in get(f"http://127.0.0.1:{port}/metrics")[1].splitlines()
        if "tick_seconds" in line
    )
    ticks = float(numbers["nhip_notifier_tick_seconds_count"])
    mean = float(numbers["nhip_notifier_tick_seconds_sum"]) / ticks
    slow = 1 - float(numbers['nhip_notifier_tick_seconds_bucket{le="0.2"}']) / ticks
    return f"{mean * 1000:.0f} ms on average, {slow:.1%} over 200 ms"


if __name__ == "__main__":
    sys.exit(main())
