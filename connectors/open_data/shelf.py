"""Files as they were last made, each with the time since which it has been so."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from starlette.concurrency import run_in_threadpool

from connectors.open_data.files import Table
from streams.agents import Transient
from streams.catalogue import Catalogue
from streams.open_data import Dataset, Month, Release

Format = Literal["csv", "json"]

FRESH = timedelta(minutes=10)
"""Late events may change a closed day: a file is made anew after this time."""

MOST = 64
"""Files that are kept; the one that was asked for longest ago goes first."""


class Source(Protocol):
    """Where releases come from. Raises Transient while the database is away."""

    def open_data(self, stream: str, month: Month, now: datetime) -> tuple[Release, Catalogue]: ...


@dataclass(frozen=True, slots=True)
class File:
    """`since`: when this process first saw this content; `made_at`: when it last looked."""

    content: bytes
    since: datetime
    made_at: datetime


class Shelf:
    """One file is made at a time, however many ask: anyone may, and the database hears of it rarely."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._files: OrderedDict[tuple[str, Month, Format], File] = OrderedDict()
        self._making = asyncio.Lock()

    async def file(self, dataset: Dataset, month: Month, format: Format, now: datetime) -> File:
        """What is held if it is fresh, else made anew; while the database is away, what is held."""
        key = dataset.name, month, format
        async with self._making:
            held = self._files.get(key)
            if held is None or now - held.made_at > FRESH:
                held = self._files[key] = await self._made(dataset, month, format, now, held)
            self._files.move_to_end(key)
            while len(self._files) > MOST:
                self._files.popitem(last=False)
            return held

    async def _made(self, dataset: Dataset, month: Month, format: Format, now: datetime, held: File | None) -> File:
        try:
            content = await run_in_threadpool(self._content, dataset, month, format, now)
        except Transient:
            if held is None:
                raise
            return held
        return File(content, held.since if held and held.content == content else now, now)

    def _content(self, dataset: Dataset, month: Month, format: Format, now: datetime) -> bytes:
        table = Table(dataset, *self._source.open_data(dataset.stream, month, now))
        return table.as_csv() if format == "csv" else table.as_json()
