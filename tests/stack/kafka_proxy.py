"""A TCP proxy before a broker that others share: this one's answers can be held back, and its connections cut."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.stack.gateway_tools import free_port


class KafkaProxy:
    """`bootstrap` is the address for clients; they stay behind it, as it writes itself into the metadata."""

    def __init__(self, bootstrap: str) -> None:
        host, port = bootstrap.split(":")
        self._broker, self._port = (host, int(port)), free_port()
        self._advertised = host.encode() + struct.pack(">i", int(port))
        self._ours = host.encode() + struct.pack(">i", self._port)
        self._answering = asyncio.Event()
        self._answering.set()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self.bootstrap = f"{host}:{self._port}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, self._broker[0], self._port)

    async def cut(self) -> None:
        """Refuse connections and end those there are."""
        assert self._server is not None
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0.1)

    def hold(self) -> None:
        """Let requests through and keep the answers."""
        self._answering.clear()

    def release(self) -> None:
        self._answering.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_broker, to_broker = await asyncio.open_connection(*self._broker)
        self._writers |= {writer, to_broker}
        try:
            async with asyncio.TaskGroup() as pipes:
                pipes.create_task(_requests(reader, to_broker))
                pipes.create_task(self._answers(from_broker, writer))
        except* (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            to_broker.close()
            self._writers -= {writer, to_broker}

    async def _answers(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            size = await reader.readexactly(4)
            answer = await reader.readexactly(int.from_bytes(size))
            await self._answering.wait()
            writer.write(size + answer.replace(self._advertised, self._ours))


async def _requests(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    raise ConnectionResetError


@asynccontextmanager
async def proxied(bootstrap: str) -> AsyncIterator[KafkaProxy]:
    proxy = KafkaProxy(bootstrap)
    await proxy.open()
    try:
        yield proxy
    finally:
        proxy.release()
        await proxy.cut()
