"""What an agent does with each fetch: apply it, again after a fault that passes, in halves around one that stays."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from streams.batch import Outcome, Store, TooManyDeadLetters, apply
from streams.deadletters import Reason, Refusal
from streams.decoding import Decoded, Decoder
from streams.errors import NhipError
from streams.fetch import Fetch

log = logging.getLogger(__name__)

SLICE = 500
"""Records decoded at a stretch: a few milliseconds."""

RETRY_SECONDS = 40.0
FIRST_WAIT, LONGEST_WAIT = 0.1, 5.0


class Transient(NhipError):
    """A fault of the connection or of timing: the same batch may well succeed in a moment."""


class Refused(NhipError):
    """The database refuses a value (SQLSTATE class 22 or 23): trying again is pointless, one of the rows is poison."""


Pause = Callable[[str, int], Awaitable[None]]
Observe = Callable[[Fetch, Outcome], None]


class Agent:
    """Applies the fetches of one stream. What escapes `handle` ends the process (DESIGN, "Errors")."""

    def __init__(
        self, decoder: Decoder, store: Store, pause: Pause, observe: Observe, ending: asyncio.Event | None = None
    ) -> None:
        """`ending` is set when the process is told to stop: from then on nothing is waited for."""
        self._ending = ending or asyncio.Event()
        self._decoder = decoder
        self._stream = decoder.stream
        self._store = store
        self._pause = pause
        self._observe = observe

    async def handle(self, fetch: Fetch) -> None:
        """Store one fetch, or pause its partition when too much of it is refused."""
        try:
            await self._apply(fetch)
        except TooManyDeadLetters as error:
            log.error("%s:%d pauses: %s", fetch.topic, fetch.partition, error)
            await self._store.pause(fetch.topic, fetch.partition, str(error))
            await self._pause(fetch.topic, fetch.partition)

    async def _apply(self, fetch: Fetch) -> None:
        try:
            decoded = await self._decode(fetch)
            outcome = await self._apply_patiently(fetch, decoded)
        except (Refused, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
            await self._bisect(fetch, error)
            return
        if outcome is not None:
            self._observe(fetch, outcome)

    async def _decode(self, fetch: Fetch) -> Decoded:
        """Decode in slices, so that batches of other partitions that wait for the database's answer get on."""
        decoded = Decoded()
        for first in range(0, len(fetch.records), SLICE):
            self._decoder.decode(fetch.records[first : first + SLICE], decoded)
            await asyncio.sleep(0)
        return decoded

    async def _apply_patiently(self, fetch: Fetch, decoded: Decoded) -> Outcome | None:
        """Try again for about 40 s with growing, jittered waits; then let the process end."""
        until, wait = time.monotonic() + RETRY_SECONDS, FIRST_WAIT
        while True:
            try:
                return await apply(fetch, self._stream, decoded, self._store)
            except Transient as error:
                if self._ending.is_set() or time.monotonic() > until:
                    raise
                pause = wait * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, not a secret
                log.warning("%s:%d waits %.1f s: %s", fetch.topic, fetch.partition, pause, error)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ending.wait(), pause)
                wait = min(wait * 2, LONGEST_WAIT)

    async def _bisect(self, fetch: Fetch, error: Exception) -> None:
        """Find the poison record by halves, each in its own transaction, so that its neighbours are stored."""
        if len(fetch.records) > 1:
            middle = len(fetch.records) // 2
            boundary = fetch.records[middle].offset
            await self._apply(replace(fetch, after=boundary, records=fetch.records[:middle]))
            await self._apply(replace(fetch, asked=boundary, records=fetch.records[middle:]))
            return
        if not fetch.records:
            raise error
        reason = Reason.REFUSED_BY_DATABASE if isinstance(error, Refused) else Reason.POISON
        log.error("%s:%d offset %d is poison: %r", fetch.topic, fetch.partition, fetch.records[0].offset, error)
        refusal = Refusal(reason, f"{type(error).__name__}: {error}")
        outcome = await self._apply_patiently(fetch, self._decoder.refuse(fetch, refusal))
        if outcome is not None:
            self._observe(fetch, outcome)
