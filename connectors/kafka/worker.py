"""The life of a worker inside an event loop that others share: start, watch, stop, exit status."""

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from aiokafka.errors import KafkaConnectionError, KafkaError

from connectors.kafka.app import App
from connectors.kafka.errors import PartitionsStalled
from connectors.kafka.quiet import quieten
from connectors.kafka.standing import Watchdog
from streams.agents import Transient

log = logging.getLogger(__name__)

DONE, FAILED, UNREACHABLE = 0, 1, 3  # exit statuses
STALL_SECONDS = 60.0
WATCH_SECONDS = 5.0
STOP_SECONDS = 28.0  # a stop takes less than 30 s


async def run(app: App) -> int:
    """Run the worker until SIGTERM, SIGINT, `app.ending` or a failure, and return the exit status.

    A stop finishes the fetches at hand, commits and leaves the group.
    """
    quieten()
    starting = asyncio.create_task(_start(app))
    watching = asyncio.create_task(_watch(app, time.monotonic))
    try:
        with _signals(app.ending.set):
            await app.ending.wait()
    finally:
        watching.cancel()
        await _stop(app)
        starting.cancel()
    return _status(app.failure)


async def _start(app: App) -> None:
    try:
        await app.start()
    except Exception as error:
        app.fail(error)


async def _stop(app: App) -> None:
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await app.stop()
    except TimeoutError as error:
        log.critical("the worker did not stop within %.0f s", STOP_SECONDS)
        app.fail(error)


def _status(failure: BaseException | None) -> int:
    if failure is None:
        return DONE
    log.error("the worker ends: %r", failure)
    return UNREACHABLE if isinstance(failure, (KafkaConnectionError, Transient)) else FAILED


async def _watch(app: App, clock: Callable[[], float]) -> None:
    watchdog = Watchdog(STALL_SECONDS)
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        await _refresh_ends(app)
        stalled = watchdog.stalled(app.standings(), clock())
        if stalled:
            app.fail(PartitionsStalled(", ".join(f"{at.topic}:{at.partition} at {at.position}" for at in stalled)))


async def _refresh_ends(app: App) -> None:
    with suppress(KafkaError, TimeoutError):  # no broker, no news: nothing can be said to stall
        async with asyncio.timeout(WATCH_SECONDS):
            if app.standings():
                await app.consumer.refresh_ends()


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
