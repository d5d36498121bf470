"""Calls of the gateway, over connections that are kept, and what they took."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tests.stack.gateway_tools import KEY


@dataclass(frozen=True)
class Door:
    """Where events of a size are sent, and as what."""

    port: int
    media_type: str
    batch: int = 1

    def request(self, events: Iterator[bytes]) -> bytes:
        body = b",".join(islice(events, self.batch))
        body = b"[" + body + b"]" if self.batch > 1 else body
        head = (
            f"POST /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {KEY}\r\n"
            f"content-type: {self.media_type}\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


async def flat_out(door: Door, events: Iterator[bytes], connections: int, go_on: Callable[[], bool]) -> list[float]:
    """Send as fast as the answers come: the seconds that each call took."""
    taken: list[float] = []

    async def send() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        while go_on():
            begin = time.perf_counter()
            await _call(reader, writer, door.request(events))
            taken.append(time.perf_counter() - begin)
        writer.close()

    await asyncio.gather(*(send() for _ in range(connections)))
    return taken


async def paced(door: Door, events: Iterator[bytes], connections: int, rate: float, seconds: float) -> Sequence[float]:
    """Send `rate` calls a second, whatever the answers take: the seconds from when each was due to its answer."""
    began, taken = time.perf_counter(), list[float]()
    turns = iter(range(int(rate * seconds)))

    async def send() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        for turn in turns:
            due = began + turn / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await _call(reader, writer, door.request(events))
            taken.append(time.perf_counter() - due)
        writer.close()

    await asyncio.gather(*(send() for _ in range(connections)))
    return taken


async def _call(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
    writer.write(request)
    answer = await reader.readuntil(b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 202"), answer
    (length,) = (line for line in answer.split(b"\r\n") if line.lower().startswith(b"content-length"))
    await reader.readexactly(int(length.split(b":")[1]))
