"""The gateway beside a bare FastAPI handler that checks nothing, on real Kafka with acks=all, interleaved, medians;
then its latency at half of what it can take, and its memory over a million events.

    python -m benchmarks.doors [--seconds S] [--rounds N] [--connections N] [--events N]

needs NHIP_TEST_KAFKA (`python -m tests.parts run -- python -m benchmarks.doors` sets it). Other work on the machine
disturbs the processor time for each event least.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.calls import Door, flat_out, paced
from benchmarks.loads import PARTITIONS, pings
from benchmarks.servers import Server, served
from connectors.kafka.security import Security
from connectors.kafka.topics import ensure_topics

BATCH = 100
SINGLE, BATCHED = "application/cloudevents+json", "application/cloudevents-batch+json"
CASES = {
    "bare FastAPI, single": ("bare", "application/json", 1),
    "gateway, single": ("gateway", SINGLE, 1),
    f"gateway, batches of {BATCH}": ("gateway", BATCHED, BATCH),
}


def main() -> int:
    """Print events a second, latencies of a call, the server's processor time for each event; then the two others."""
    options = _options()
    kafka, prefix = os.environ.get("NHIP_TEST_KAFKA"), f"bench-{uuid.uuid4().hex[:8]}."
    if not kafka:
        print(__doc__, file=sys.stderr)
        return 2
    asyncio.run(ensure_topics([kafka], Security(), prefix, partitions=PARTITIONS, replication=1))
    with served(kafka, prefix) as servers:
        for name, rate in _side_by_side(servers, options).items():
            _at_half(name, servers[name], rate / 2, options)
        _memory(servers["gateway"], options)
    return 0


def _side_by_side(servers: dict[str, Server], options: argparse.Namespace) -> dict[str, float]:
    """Each server's rate of single events."""
    rates: dict[str, list[float]] = defaultdict(list)
    costs: dict[str, list[float]] = defaultdict(list)
    for round_ in range(options.rounds):
        for name, (server, media_type, size) in CASES.items():
            port, process = servers[server]
            before, deadline = _processor_seconds(process), time.monotonic() + options.seconds
            door, go_on = Door(port, media_type, size), lambda until=deadline: time.monotonic() < until
            seconds = asyncio.run(flat_out(door, _events(), options.connections, go_on))
            rates[name].append(len(seconds) * size / options.seconds)
            costs[name].append((_processor_seconds(process) - before) / (len(seconds) * size) * 1e6)
            middle, tail = _cuts(seconds)
            print(
                f"round {round_ + 1}: {name:26} {rates[name][-1]:9,.0f} events/s"
                f"  p50 {middle:6.1f} ms  p99 {tail:6.1f} ms  {costs[name][-1]:6.0f} µs CPU"
            )
    bare, single, batch = (statistics.median(values) for values in rates.values())
    print(f"rates: single {single / bare:.0%} of the bare handler; batches {batch / single:.1f} times single")
    for_bare, for_single, for_batch = (1 / statistics.median(values) for values in costs.values())
    words = f"single {for_single / for_bare:.0%} of the bare handler; batches {for_batch / for_single:.1f} times single"
    print(f"per CPU second: {words}")
    return {"bare": bare, "gateway": single}


def _at_half(name: str, server: Server, rate: float, options: argparse.Namespace) -> None:
    """Latencies at half of what it can take; the bare handler's say how much the machine has to do besides."""
    door = Door(server[0], SINGLE)
    taken = asyncio.run(paced(door, _events(), 4 * options.connections, rate, 2 * options.seconds))
    middle, tail = _cuts(taken)
    words = f"p50 {middle:.1f} ms, p99 {tail:.1f} ms, {tail / middle:.1f} times the median"
    print(f"{name} at half, {rate:,.0f} events/s: {words}")


def _more(calls: Iterator[int]) -> bool:
    return next(calls, None) is not None


def _memory(gateway: Server, options: argparse.Namespace) -> None:
    """Resident memory after each tenth of the events."""
    port, process = gateway
    sizes = []
    for _ in range(10):
        go_on = partial(_more, iter(range(options.events // BATCH // 10)))
        asyncio.run(flat_out(Door(port, BATCHED, BATCH), _events(), options.connections, go_on))
        sizes.append(_resident_mib(process))
    print(f"memory over {options.events:,} events: {' '.join(f'{size:.0f}' for size in sizes)} MiB")


def _events() -> Iterator[bytes]:
    return (value for _, _, value in pings(1_000_000))


def _cuts(seconds: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    return cuts[49] * 1000, cuts[98] * 1000


def _processor_seconds(process: "subprocess.Popen[bytes]") -> float:
    user, system = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _resident_mib(process: "subprocess.Popen[bytes]") -> float:
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--events", type=int, default=1_000_000, help="for the memory")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
