"""A bell between the ticker and the senders of its process: what was decided does not wait for their next look."""

import asyncio
from contextlib import suppress


class Bell:
    """`rings` so far: who notes them before looking misses none that comes meanwhile."""

    def __init__(self) -> None:
        self.rings = 0
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who waits."""
        self.rings += 1
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait(self, rings: int, seconds: float) -> None:
        """Sleep until it has rung more often than that, at most so many seconds."""
        if self.rings == rings:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._rung.wait(), seconds)
