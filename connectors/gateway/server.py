"""Running the gateway: one port, one event loop, a clean end."""

import asyncio
import gc
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from types import FrameType

import uvicorn

from connectors.gateway.app import make_app
from connectors.gateway.canaries import Canaries
from connectors.gateway.keys import FixedKeys, Keys
from connectors.gateway.options import GatewayOptions
from connectors.gateway.publisher import KafkaPublisher
from connectors.gateway.readiness import KafkaReadiness
from connectors.gateway.stored_keys import StoredKeys
from connectors.gateway.wire import Http
from connectors.kafka.producer import Producer
from connectors.onestop.told import EMPTY
from connectors.open311.office import CLOSED
from connectors.timescale.answers import Answers
from connectors.timescale.directives import Directives
from connectors.timescale.gate import Gate
from connectors.timescale.shift import Shift
from streams.contracts import STREAMS
from streams.errors import WrongUse

BACKLOG = 2048


def serve(options: GatewayOptions, fixed: FixedKeys, gate: Gate | None, answers: Answers | None) -> None:
    """Serve until SIGTERM or SIGINT; then finish the calls in flight, flush to Kafka and return.

    Without a `gate` to the database the fixed keys are all there are. Raises WrongUse if the address cannot be had.
    """
    listening = _listen(options.host, options.port)
    publisher = KafkaPublisher(lambda: _producer(options), options.limits.publish_seconds)
    readiness = KafkaReadiness(options.brokers, options.topic_prefix, options.security.client_options())
    canaries = Canaries(publisher, [options.topic_prefix + stream.topic for stream in STREAMS])
    keys = StoredKeys(fixed, gate, lambda: datetime.now(UTC)) if gate else fixed
    running = _running(canaries, gate, keys)
    app = make_app(
        options,
        keys,
        publisher,
        readiness,
        register=gate,
        board=gate,
        directives=Directives(gate.connection) if gate else None,
        shift=Shift(gate.connection) if gate else None,
        office=gate or CLOSED,
        archive=gate or EMPTY,
        answers=answers,
        while_running=running,
    )
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=Http,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,  # a line for each call would cost more than the call; what is refused is logged
        server_header=False,
        timeout_graceful_shutdown=options.limits.stop_seconds,
    )
    # When it has ended well uvicorn raises the signal it was sent once more, for whoever handled it before.
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    gc.collect()
    gc.freeze()  # what was imported stays; looking at it again and again took a third of the time of a batch
    gc.set_threshold(100_000, 50, 100)
    uvicorn.Server(config).run(sockets=[listening])


@asynccontextmanager
async def _running(canaries: Canaries, gate: Gate | None, keys: Keys) -> AsyncIterator[None]:
    """What runs beside the calls: Kafka's connection and canaries, the database's, and the reading of keys."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(canaries)
        if gate is not None:
            await stack.enter_async_context(gate)
        if isinstance(keys, StoredKeys):
            stack.callback(asyncio.create_task(keys.keep_reading()).cancel)
        yield


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _producer(options: GatewayOptions) -> Producer:
    return Producer(options.brokers, options.security, idempotent=options.idempotent, linger_ms=0)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise WrongUse(
            f"the gateway cannot listen on {host}:{port} ({_plain(error)}): set NHIP_GATEWAY_HOST or NHIP_GATEWAY_PORT"
        ) from error


def _plain(error: OSError) -> str:
    """The system's words alone; Python's repeat the address."""
    return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
