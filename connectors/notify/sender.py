"""One sender a channel, so that a dead one holds up no other: takes what is due, says what became of it."""

import asyncio
import logging
import random

from connectors.notify.bell import Bell
from connectors.notify.channel import Channel, Delivered, Later, Never, Outcome
from connectors.timescale.outbox import Letter, Mail
from streams.agents import Transient

log = logging.getLogger(__name__)

EVERY_SECONDS = 0.5
PATIENCE_SECONDS = 10.0
"""How long an attempt may take: half of the lease."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0


async def send(name: str, channel: Channel, mail: Mail, bell: Bell, stop: asyncio.Event) -> None:
    """Deliver what there is for a channel until `stop` is set. A database that is away is waited for.

    It looks when the bell rings and every half second, since another process may have put something in.
    """
    while not stop.is_set():
        rings, letters = bell.rings, list[Letter]()
        try:
            letters = await mail.lease(name)
            await asyncio.gather(*(_deliver(name, channel, mail, letter) for letter in letters))
        except Transient as error:
            log.warning("channel %s waits for the database: %s", name, error)
        if not letters:
            await bell.wait(rings, EVERY_SECONDS)


async def _deliver(name: str, channel: Channel, mail: Mail, letter: Letter) -> None:
    match await _attempt(channel, letter):
        case Delivered():
            await mail.delivered(letter.key)
        case Later(fault, seconds):
            wait = max(backoff(letter.attempts), seconds)
            log.warning("channel %s: %s goes again in %.0f s: %s", name, letter.key, wait, fault)
            await mail.later(letter.key, wait, fault)
        case Never(reason):
            log.error("channel %s refuses %s for good: %s", name, letter.key, reason)
            await mail.failed(letter.key, reason)


async def _attempt(channel: Channel, letter: Letter) -> Outcome:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await channel.deliver(letter)
    except TimeoutError:
        return Later(f"no answer within {PATIENCE_SECONDS:.0f} s")


def backoff(attempts: int) -> float:
    """Seconds to wait after so many attempts: doubled each time up to five minutes, and never twice the same."""
    wait: float = min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
    return wait * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, not a secret
