"""One reader for all viewers: reads once an interval, keeps the newest message, wakes whoever waits for it."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable

import orjson

from dashboards.wallboard.metrics import Metrics
from dashboards.wallboard.rates import Rates
from dashboards.wallboard.snapshot import Snapshot

log = logging.getLogger(__name__)

READ_TIMEOUT_SECONDS = 5.0

Read = Callable[[], Awaitable[Snapshot]]


class Feed:
    """The page's feed. `run` it in the background; `messages` gives a viewer each newest message, never a queue."""

    def __init__(self, read: Read, interval: float, metrics: Metrics) -> None:
        self._read, self._interval, self._metrics = read, interval, metrics
        self._rates = Rates()
        self._snapshot: Snapshot | None = None
        self._read_at = 0.0
        self._away = True
        self._message = self._encode()
        self._changed = asyncio.Event()  # of the present message; each next one has its own
        self._ended = False

    @property
    def fault(self) -> str | None:
        """Why the page cannot be trusted now, None if it can."""
        return "the database cannot be read" if self._away else None

    async def run(self) -> None:
        """Read for ever. A reader that fails or hangs makes the page say so, and is asked again."""
        while True:
            started = time.monotonic()
            await self._once()
            await asyncio.sleep(max(self._interval - (time.monotonic() - started), 0.05))

    async def messages(self) -> AsyncGenerator[bytes, None]:
        """Yield the newest message at once, then each newer one; a slow viewer misses some."""
        with self._metrics.viewer():
            while not self._ended:
                changed = self._changed
                yield self._message
                await changed.wait()

    def end(self) -> None:
        """End every viewer's messages: the server stops."""
        self._ended = True
        self._changed.set()

    async def _once(self) -> None:
        try:
            with self._metrics.reading():
                async with asyncio.timeout(READ_TIMEOUT_SECONDS):
                    self._take(await self._read())
        except Exception as error:  # whatever keeps us from reading, viewers must see it, and it may pass
            if not self._away or self._snapshot is None:
                log.warning("cannot read: %s", error or type(error).__name__)
            self._away = True
        self._message = self._encode()
        self._changed.set()
        self._changed = asyncio.Event()

    def _take(self, snapshot: Snapshot) -> None:
        self._snapshot, self._read_at, self._away = snapshot, time.monotonic(), False
        for stream in snapshot.streams:
            self._rates.add(stream.name, self._read_at, stream.stored)

    def _encode(self) -> bytes:
        """`read_ago_s` lets the page count ages on by its own stopwatch; its clock may be wrong."""
        if self._snapshot is None:
            return orjson.dumps({"away": self._away, "as_of": None, "read_ago_s": 0, "streams": [], "indicators": []})
        streams = [
            {"stream": stream, "rate": self._rates.now(stream.name), "history": self._rates.history(stream.name)}
            for stream in self._snapshot.streams
        ]
        return orjson.dumps(
            {
                "away": self._away,
                "as_of": self._snapshot.as_of,
                "read_ago_s": round(time.monotonic() - self._read_at, 1),
                "streams": streams,
                "indicators": self._snapshot.indicators,
            }
        )
