"""The gateway's application behind its real HTTP server, in this process, with a topic in memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from connectors.gateway.app import make_app
from connectors.gateway.keys import settings_keys
from connectors.gateway.options import GatewayOptions
from connectors.gateway.wire import Http
from tests.stack.gateway_tools import KEY, free_port
from tests.unit.gateway_tools import Memory, Ready


@asynccontextmanager
async def served(topic: Memory) -> AsyncIterator[str]:
    """Its address, while it answers."""
    port = free_port()
    options = GatewayOptions("127.0.0.1", port, ("nowhere:9",), "nhip.", b"k" * 32)
    app = make_app(options, settings_keys(KEY, None), topic, Ready())
    server = uvicorn.Server(uvicorn.Config(app, port=port, http=Http, log_config=None))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.should_exit = True
        await serving
