"""Bounded growth: what was said long ago of alerts that are over is not kept for ever."""

import asyncio
import logging
from contextlib import suppress

from connectors.timescale.outbox import Mail
from streams.agents import Transient

log = logging.getLogger(__name__)

EVERY_SECONDS = 3600.0


async def keep_tidy(mail: Mail, stop: asyncio.Event) -> None:
    """Every hour, until `stop` is set. A database that is away is tried again."""
    while not stop.is_set():
        try:
            if gone := await mail.tidy():
                log.info("%d old messages are no longer kept", gone)
        except Transient as error:
            log.warning("old messages are still kept: %s", error)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY_SECONDS)
