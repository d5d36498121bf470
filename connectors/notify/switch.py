"""Checking in with a dead man's switch outside, such as healthchecks.io: its silence is how Nhịp's own is heard."""

import asyncio
import logging
from contextlib import suppress

import httpx

from connectors.timescale.outbox import Mail
from streams.agents import Transient

log = logging.getLogger(__name__)

EVERY_SECONDS = 30.0


async def check_in(url: str, client: httpx.AsyncClient, mail: Mail, stop: asyncio.Event) -> None:
    """Call an address every half minute, but only while canaries come through to the ticker, until `stop` is set.

    A failure is written down without the address, by which anyone could check in.
    """
    while not stop.is_set():
        try:
            if await mail.alive():
                (await client.get(url)).raise_for_status()
        except httpx.HTTPStatusError as error:
            log.warning("not checked in: HTTP %d", error.response.status_code)
        except (Transient, httpx.HTTPError) as error:
            log.warning("not checked in: %s", type(error).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY_SECONDS)
