"""One sender a channel, so that a dead one holds up no other: takes what is due, says what became of it."""

import asyncio
import logging
import random
from collections.abc import Sequence
from contextlib import suppress

from connectors.notify.bell import Bell
from connectors.notify.channel import Channel, Delivered, Later, Never, Outcome
from connectors.timescale.outbox import Letter, Mail
from streams.agents import Transient

log = logging.getLogger(__name__)

EVERY_SECONDS = 0.5
AT_ONCE = 10
"""Letters taken at a time, each on its way beside the others, where a channel does not take them together."""
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
            letters = await mail.lease(name, max(channel.together, AT_ONCE))
            parts = (letters[n : n + channel.together] for n in range(0, len(letters), channel.together))
            await asyncio.gather(*(_deliver(name, channel, mail, part) for part in parts))
        except Transient as error:
            log.warning("channel %s waits for the database: %s", name, error)
        if not letters:
            await bell.wait(rings, EVERY_SECONDS)
        elif channel.pace_s:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), channel.pace_s)


async def _deliver(name: str, channel: Channel, mail: Mail, letters: Sequence[Letter]) -> None:
    keys = [letter.key for letter in letters]
    match await _attempt(channel, letters):
        case Delivered():
            await mail.delivered(keys)
        case Later(fault, seconds):
            wait = max(backoff(min(letter.attempts for letter in letters)), seconds)
            log.warning("channel %s: %s goes again in %.0f s: %s", name, ", ".join(keys), wait, fault)
            await mail.later(keys, wait, fault)
        case Never(reason):
            log.error("channel %s refuses %s for good: %s", name, ", ".join(keys), reason)
            await mail.failed(keys, reason)


async def _attempt(channel: Channel, letters: Sequence[Letter]) -> Outcome:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await channel.deliver(letters)
    except TimeoutError:
        return Later(f"no answer within {PATIENCE_SECONDS:.0f} s")


def backoff(attempts: int) -> float:
    """Seconds to wait after so many attempts: doubled each time up to five minutes, and never twice the same."""
    wait: float = min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
    return wait * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, not a secret
