"""The gateway as a process, in front of a real Kafka."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from aiokafka import AIOKafkaConsumer, ConsumerRecord

from streams.freshness import is_canary

KEY = "publish-" * 8


@dataclass(frozen=True)
class Gateway:
    """A running gateway: `url`, and its process."""

    url: str
    process: "subprocess.Popen[bytes]"

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, headers={"authorization": f"Bearer {KEY}"}, timeout=30)

    def end(self) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=120)


@asynccontextmanager
async def running(bootstrap: str, topic_prefix: str) -> AsyncIterator[Gateway]:
    """`nhip gateway` from its first answer to SIGTERM."""
    gateway = start(bootstrap, topic_prefix)
    try:
        await answering(gateway, "/healthz")
        yield gateway
    finally:
        if gateway.process.poll() is None:
            gateway.end()


def start(bootstrap: str, topic_prefix: str) -> Gateway:
    port = free_port()
    settings = {
        "NHIP_KAFKA_BROKERS": bootstrap,
        "NHIP_TOPIC_PREFIX": topic_prefix,
        "NHIP_GATEWAY_PORT": str(port),
        "NHIP_API_KEY": KEY,
        "NHIP_PSEUDONYM_KEY": "p" * 32,
    }
    process = subprocess.Popen([Path(sys.executable).parent / "nhip", "gateway"], env=os.environ | settings)
    return Gateway(f"http://127.0.0.1:{port}", process)


async def answering(gateway: Gateway, path: str, seconds: float = 120) -> None:
    """Wait until `path` answers 200."""
    async with gateway.client() as http, asyncio.timeout(seconds):
        while gateway.process.poll() is None:
            try:
                if (await http.get(path)).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise AssertionError(f"the gateway ended with {gateway.process.returncode}")


async def records(bootstrap: str, topic: str) -> list[ConsumerRecord]:
    """Everything in a topic up to its end now, canaries aside."""
    return [record for record in await everything(bootstrap, topic) if not is_canary(record.value)]


async def everything(bootstrap: str, topic: str) -> list[ConsumerRecord]:
    async with AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest") as consumer:
        found: list[ConsumerRecord] = []
        ends = await consumer.end_offsets(consumer.assignment())
        while any([await consumer.position(partition) < end for partition, end in ends.items()]):
            for batch in (await consumer.getmany(timeout_ms=500)).values():
                found += batch
        return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
