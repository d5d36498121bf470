"""The Faust app of a worker: its settings and its agents."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Any

import faust
from faust.app.base import BootStrategy
from faust.types import TP

from connectors.kafka.security import Security
from connectors.kafka.standing import Standing
from streams.agents import Transient
from streams.fetch import Fetch
from streams.positions import Positions

log = logging.getLogger(__name__)

Handle = Callable[[Fetch], Awaitable[None]]


class _Boot(BootStrategy):  # type: ignore[misc]  # faust is untyped for us
    enable_kafka_producer = False  # nothing is produced through Faust


class App(faust.App):  # type: ignore[misc]  # faust is untyped for us
    """A Faust app without tables, web or directories, that knows why it must end."""

    BootStrategy = _Boot

    def __init__(self, group: str, positions: Positions, **options: Any) -> None:
        super().__init__(group, **options)
        self.positions = positions
        self.failure: BaseException | None = None
        self.ending = asyncio.Event()

    def _create_directories(self) -> None:
        """Faust would make a data directory for tables; there are none."""

    def fail(self, error: BaseException) -> None:
        """End the process; the first reason counts."""
        self.failure = self.failure or error
        self.ending.set()

    def _crash(self, reason: BaseException) -> None:
        super()._crash(reason)
        self.loop.call_soon_threadsafe(self.fail, reason)  # the consumer's thread crashes the app from outside

    async def pause(self, topic: str, partition: int) -> None:
        """Stop fetching one partition once its pause is stored; the keeper of positions is asked again every 5 s."""
        await self.consumer.pause(TP(topic, partition))

    def standings(self) -> list[Standing]:
        """Where each assigned partition stands: for lag, freshness and readiness.

        Probes ask from a thread of their own, as soon as the process answers. `self.consumer` would make a consumer
        there, beside the one that is being made here: one of them would start, and the other subscribe for ever.
        """
        consumer = self._consumer
        return list(consumer.standings()) if self.started and consumer is not None else []


def make_app(
    group: str,
    brokers: Sequence[str],
    positions: Positions,
    security: Security,
    *,
    session_timeout: float = 10.0,
    metadata_max_age: float = 30.0,
) -> App:
    """Make the app of one worker; call it inside the event loop that runs it.

    `brokers` are `host:port`, `group` is the consumer group, times are seconds: `session_timeout` until a dead worker's
    partitions move, `metadata_max_age` until added partitions are seen.
    """
    return App(
        group,
        positions,
        broker=";".join(f"nhip://{broker}" for broker in brokers),
        broker_credentials=security.faust_credentials(),
        broker_session_timeout=session_timeout,
        broker_heartbeat_interval=session_timeout * 0.3,
        broker_rebalance_timeout=30.0,
        broker_request_timeout=40.0,
        broker_commit_interval=1.0,
        consumer_metadata_max_age_ms=int(metadata_max_age * 1000),
        stream_wait_empty=True,
        store="memory://",
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        autodiscover=False,
    )


def add_agent(app: App, topic: str, handle: Handle) -> None:
    """Hand every fetch of a topic to `handle`: in order within a partition, partitions side by side.

    A fetch is acknowledged when `handle` returns. An exception that escapes it ends the process: left to Faust, the
    agent would start again at the next fetch. It is cancelled when its partition is revoked and it takes too long.
    """

    async def consume(stream: Any) -> None:
        stream.enable_acks = False  # Faust would acknowledge in a `finally`, a failed fetch too
        async with aclosing(aiter(stream)) as fetches:
            async for fetch in fetches:
                if not await _handle_one(app, stream.current_event, fetch, handle):
                    return

    source = app.topic(topic, value_serializer="fetch", key_serializer="raw")
    app.agent(source, name=f"fetches of {topic}", isolated_partitions=True)(consume)


async def _handle_one(app: App, event: Any, fetch: Fetch, handle: Handle) -> bool:
    """Handle and acknowledge one fetch; say whether to go on."""
    try:
        if app.consumer.expects(event.message):
            await handle(fetch)
        event.ack()
    except asyncio.CancelledError:
        return False  # revoked: Faust would start a cancelled agent again, on a partition it no longer has
    except Exception as error:
        app.consumer.drop(event.message)
        if isinstance(error, Transient) and app.ending.is_set():
            log.warning("fetch of %s:%d at %d is left to the next worker", fetch.topic, fetch.partition, fetch.asked)
        else:
            log.exception("fetch of %s:%d at %d was not handled", fetch.topic, fetch.partition, fetch.asked)
            app.fail(error)
        return False
    return True
