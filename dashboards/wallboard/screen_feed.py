"""One reader for all who watch a board: asks each panel's question once an interval, and only while somebody looks."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson

from dashboards.wallboard.answer import Answer, Ask
from dashboards.wallboard.chosen import Chosen
from dashboards.wallboard.marks import marks
from dashboards.wallboard.metrics import Metrics
from dashboards.wallboard.screen import Screen

log = logging.getLogger(__name__)

READ_TIMEOUT_SECONDS = 5.0

_REST = 4
"""Times as long as it read a board rests: slow questions keep a connection busy no more than a fifth of the time."""


class ScreenFeed:
    """The feed of one board in one language, for one choice. `messages` brings a viewer every panel first, then what
    changed."""

    def __init__(self, screen: Screen, chosen: Chosen, ask: Ask, interval: float, metrics: Metrics) -> None:
        self._screen, self._chosen = screen, chosen
        self._alarms: Sequence[Sequence[Any]] = ()
        self._ask, self._interval, self._metrics = ask, interval, metrics
        self._panels: dict[int, tuple[int, bytes]] = {}  # by id: the version that changed it, and its answer
        self._marks = (0, b"[]")  # the same of what is marked on time axes
        self._version = 0
        self._as_of: datetime | None = None
        self._read_at = 0.0
        self._away = False
        self._changed = asyncio.Event()  # of the present version; each next one has its own
        self._viewers = 0
        self._reading: asyncio.Task[None] | None = None
        self._ended = False

    async def messages(self) -> AsyncGenerator[bytes, None]:
        """Yield what a viewer has not seen, at once and after each reading. A slow one misses readings, no panel."""
        seen = -1
        with self._metrics.viewer(), self._watched():
            while not self._ended:
                changed, version = self._changed, self._version
                if self._as_of is not None or self._away:
                    yield self._message(seen)
                    seen = version
                await changed.wait()

    def end(self) -> None:
        """End every viewer's messages: the server stops."""
        self._ended = True
        self._changed.set()

    @property
    def is_watched(self) -> bool:
        """Whether anybody listens."""
        return self._viewers > 0

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Reading begins with the first viewer and ends with the last."""
        self._viewers += 1
        if self._reading is None:
            self._reading = asyncio.create_task(self._run())
        try:
            yield
        finally:
            self._viewers -= 1
            if self._viewers == 0 and self._reading is not None:
                self._reading.cancel()
                self._reading = None

    async def _run(self) -> None:
        while True:
            started = time.monotonic()
            await self._once()
            taken = time.monotonic() - started
            await asyncio.sleep(max(self._interval - taken, _REST * taken))

    async def _once(self) -> None:
        now = datetime.now(UTC)
        try:
            with self._metrics.reading():
                for question in self._screen.questions(self._chosen, now):
                    answer = await self._answer(question.sql)
                    self._keep(question.panel, _encode(answer._asdict() | {"interval": question.interval}))
                await self._mark(now)
                self._alarms = (await self._answer(self._screen.alarms())).rows
            self._as_of, self._read_at, self._away = now, time.monotonic(), False
        except Exception as error:  # whatever keeps us from reading, viewers must see it, and it may pass
            if not self._away:
                log.warning("cannot read: %s", error or type(error).__name__)
            self._away = True
        self._version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def _mark(self, now: datetime) -> None:
        answers = [await self._answer(sql) for sql in self._screen.marks(self._chosen, now)]
        found = _encode([[mark._asdict() for mark in marks(answer, now)] for answer in answers])
        if found != self._marks[1]:
            self._marks = self._version, found

    async def _answer(self, sql: str) -> Answer:
        async with asyncio.timeout(READ_TIMEOUT_SECONDS):
            return await self._ask(sql)

    def _keep(self, panel: int, answer: bytes) -> None:
        if panel not in self._panels or self._panels[panel][1] != answer:
            self._panels[panel] = self._version, answer

    def _message(self, seen: int) -> bytes:
        """`read_ago_s` lets the page count ages on by its own stopwatch; its clock may be wrong."""
        head = {
            "away": self._away,
            "as_of": self._as_of,
            "read_ago_s": round(time.monotonic() - self._read_at, 1) if self._as_of else 0,
            "alarms": self._alarms,
        }
        changed = (b'"%d":%b' % (id, answer) for id, (version, answer) in self._panels.items() if version >= seen)
        version, found = self._marks
        marked = b',"marks":' + found if version >= seen else b""
        return _encode(head)[:-1] + marked + b',"panels":{' + b",".join(changed) + b"}}"


def _encode(value: Any) -> bytes:
    return orjson.dumps(value, default=_plain)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)
