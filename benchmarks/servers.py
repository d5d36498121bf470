"""The gateway and the bare handler as processes."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.stack.gateway_tools import KEY, free_port

Server = tuple[int, "subprocess.Popen[bytes]"]
"""The port, and the process."""


@contextmanager
def served(kafka: str, prefix: str) -> Iterator[dict[str, Server]]:
    """Both servers: their ports and processes."""
    ports = {"gateway": free_port(), "bare": free_port()}
    settings = os.environ | {
        "NHIP_KAFKA_BROKERS": kafka, "NHIP_TOPIC_PREFIX": prefix, "NHIP_GATEWAY_PORT": str(ports["gateway"]),
        "NHIP_API_KEY": KEY, "NHIP_PSEUDONYM_KEY": "p" * 32,
        "NHIP_GATEWAY_KEY_RATE": "1000000", "BENCH_TOPIC": f"{prefix}health-pings",
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
