"""Who is looked at when: one task for each check, a bounded number of looks under way."""

import asyncio
import logging
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from connectors.probing.looking import look
from streams.catalogue import Catalogue
from streams.catalogue.systems import Check
from streams.probing.schedule import following
from streams.probing.sight import DEFAULT_PROBE, Sight, ping

log = logging.getLogger(__name__)

CONCURRENT = 64
"""Looks under way at the same time."""


class Watched(NamedTuple):
    """A check with its target, and the system it is of."""

    system: str
    check: Check


def watched(catalogue: Catalogue, probe: str) -> set[Watched]:
    """The checks that the prober of this name looks at."""
    return {
        Watched(system.id, check)
        for system in catalogue.systems
        for check in system.checks
        if check.target is not None and not check.paused and (check.probe or DEFAULT_PROBE) == probe
    }


class Prober:
    """Looks at what it is told to, until it is told otherwise; `say` takes each ping."""

    def __init__(self, probe: str, trust: ssl.SSLContext, say: Callable[[dict[str, Any], Sight], None]) -> None:
        self._probe, self._trust, self._say = probe, trust, say
        self._room = asyncio.Semaphore(CONCURRENT)
        self._watching: dict[Watched, asyncio.Task[None]] = {}

    @property
    def checks(self) -> int:
        return len(self._watching)

    def watch(self, wanted: set[Watched]) -> None:
        """From now on look at these: what stays the same goes on undisturbed."""
        for gone in self._watching.keys() - wanted:
            self._watching.pop(gone).cancel()
        for one in wanted - self._watching.keys():
            self._watching[one] = asyncio.create_task(self._keep_looking(one))

    async def stop(self) -> None:
        """Look at nothing any more; looks under way are given up."""
        tasks = list(self._watching.values())
        self.watch(set())
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_looking(self, one: Watched) -> None:
        assert one.check.target is not None
        name, due = f"{one.system}/{one.check.id}", 0.0
        while True:
            now = time.time()
            due = following(name, one.check.interval_s, due, now)
            await asyncio.sleep(due - now)
            async with self._room:
                try:
                    sight = await look(one.check.target, self._trust)
                except Exception:  # one strange server must not end the looking at it, nor at others
                    log.exception("looking at %s failed", name)
                    sight = Sight("fail", error="the prober met an error it did not expect")
            self._say(ping(sight, one.system, one.check.id, self._probe, datetime.now(UTC)), sight)
