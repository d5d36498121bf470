"""The gateway beside a bare FastAPI handler that checks nothing, on real Kafka with acks=all, interleaved, medians.

    python -m benchmarks.doors [--seconds S] [--rounds N] [--connections N]

needs NHIP_TEST_KAFKA (`python -m tests.parts run -- python -m benchmarks.doors` sets it).
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
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from benchmarks.loads import PARTITIONS, pings
from connectors.kafka.security import Security
from connectors.kafka.topics import ensure_topics
from tests.stack.gateway_tools import KEY, free_port

BATCH = 100
CASES = {
    "bare FastAPI, single": ("bare", "application/json", 1),
    "gateway, single": ("gateway", "application/cloudevents+json", 1),
    f"gateway, batches of {BATCH}": ("gateway", "application/cloudevents-batch+json", BATCH),
}


def main() -> int:
    """Print events a second, latencies of a call, and the server's processor time for each event, which other work on
    the machine disturbs least."""
    options = _options()
    kafka, prefix = os.environ.get("NHIP_TEST_KAFKA"), f"bench-{uuid.uuid4().hex[:8]}."
    if not kafka:
        print(__doc__, file=sys.stderr)
        return 2
    asyncio.run(ensure_topics([kafka], Security(), prefix, partitions=PARTITIONS, replication=1))
    rates: dict[str, list[float]] = defaultdict(list)
    costs: dict[str, list[float]] = defaultdict(list)
    with _served(kafka, prefix) as servers:
        for round_ in range(options.rounds):
            for name, (server, media_type, size) in CASES.items():
                port, process = servers[server]
                before = _processor_seconds(process)
                seconds = asyncio.run(_load(port, media_type, size, options))
                rates[name].append(len(seconds) * size / options.seconds)
                costs[name].append((_processor_seconds(process) - before) / (len(seconds) * size) * 1e6)
                cuts = statistics.quantiles(seconds, n=100)
                print(
                    f"round {round_ + 1}: {name:26} {rates[name][-1]:9,.0f} events/s"
                    f"  p50 {cuts[49] * 1000:6.1f} ms  p99 {cuts[98] * 1000:6.1f} ms  {costs[name][-1]:6.0f} µs CPU"
                )
    bare, single, batch = (statistics.median(values) for values in rates.values())
    print(f"rates: single {single / bare:.0%} of the bare handler; batches {batch / single:.1f} times single")
    bare, single, batch = (1 / statistics.median(values) for values in costs.values())
    print(f"per CPU second: single {single / bare:.0%} of the bare handler; batches {batch / single:.1f} times single")
    return 0


def _processor_seconds(process: "subprocess.Popen[bytes]") -> float:
    user, system = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    return parser.parse_args()


@contextmanager
def _served(kafka: str, prefix: str) -> Iterator[dict[str, tuple[int, "subprocess.Popen[bytes]"]]]:
    """Both servers: their ports and processes."""
    ports = {"gateway": free_port(), "bare": free_port()}
    settings = os.environ | {
        "NHIP_KAFKA_BROKERS": kafka, "NHIP_TOPIC_PREFIX": prefix, "NHIP_GATEWAY_PORT": str(ports["gateway"]),
        "NHIP_API_KEY": KEY, "NHIP_PSEUDONYM_KEY": "p" * 32, "BENCH_TOPIC": f"{prefix}health-pings",
    }  # fmt: skip
    bare = ["uvicorn", "benchmarks.bare:app", "--port", str(ports["bare"]), "--no-access-log", "--log-level", "error"]
    commands = ([sys.executable, "-m", "nhip", "gateway"], [sys.executable, "-m", *bare])
    processes = [subprocess.Popen(command, env=settings, stderr=subprocess.DEVNULL) for command in commands]
    try:
        for port in ports.values():
            asyncio.run(_answering(port))
        yield {name: (port, process) for (name, port), process in zip(ports.items(), processes, strict=True)}
    finally:
        for process in processes:
            process.terminate()
            process.wait()


async def _answering(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
                continue
            writer.close()
            await asyncio.sleep(2)  # for the producer to connect
            return


async def _load(port: int, media_type: str, size: int, options: argparse.Namespace) -> list[float]:
    """Send as fast as the answers come, over connections that are kept: the seconds each call took."""
    events = (value for _, _, value in pings(1_000_000))
    deadline, taken = time.monotonic() + options.seconds, list[float]()

    async def send() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < deadline:
            body = b",".join(islice(events, size))
            body = b"[" + body + b"]" if size > 1 else body
            head = (
                f"POST /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {KEY}\r\n"
                f"content-type: {media_type}\r\ncontent-length: {len(body)}\r\n\r\n"
            )
            begin = time.perf_counter()
            writer.write(head.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 202"), answer
            (length,) = (line for line in answer.split(b"\r\n") if line.lower().startswith(b"content-length"))
            await reader.readexactly(int(length.split(b":")[1]))
            taken.append(time.perf_counter() - begin)
        writer.close()

    await asyncio.gather(*(send() for _ in range(options.connections)))
    return taken


if __name__ == "__main__":
    sys.exit(main())
