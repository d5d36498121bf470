"""The QĐ 766 index reckoned for boards, beside the notifier's other work: once a minute, on a connection of its own."""

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime

import psycopg

from connectors.timescale.qd766_book import keep
from nhip.database import connected
from streams.errors import NhipError
from streams.indicators.qd766 import Formulas

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0


async def reckon(url: str, formulas: Formulas, stop: asyncio.Event) -> None:
    """Reckon until `stop` is set. A database that is away is tried again the next time: boards say as of when."""
    while not stop.is_set():
        try:
            await asyncio.to_thread(_once, url, formulas)
        except (NhipError, psycopg.Error) as error:
            log.warning("the index of QĐ 766 is not reckoned: %s", error)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY_SECONDS)


def _once(url: str, formulas: Formulas) -> None:
    with connected(url) as connection:
        keep(connection, formulas, datetime.now(UTC))
