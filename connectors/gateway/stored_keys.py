"""Keys of the database: known by heart, read anew every few seconds, and good while the database is away."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from connectors.gateway.keys import FixedKeys, KeyInfo, hashed
from connectors.gateway.problems import RequestRefused, try_later
from streams.agents import Transient

log = logging.getLogger(__name__)

EVERY_SECONDS = 5.0
"""A key that was made or revoked is known everywhere after this time."""


class Live(Protocol):
    """A key that may come in, by its SHA-256, until it expires."""

    @property
    def hash(self) -> bytes: ...
    @property
    def name(self) -> str: ...
    @property
    def scopes(self) -> list[str]: ...
    @property
    def agencies(self) -> list[str] | None: ...
    @property
    def sandbox(self) -> bool: ...
    @property
    def expires_at(self) -> datetime | None: ...


class KeyBook(Protocol):
    """Where keys are kept. Raises Transient while it cannot be reached."""

    async def keys(self) -> Sequence[Live]:
        """All live keys."""

    async def used(self, names: list[str]) -> None:
        """Note that keys were used just now."""


class StoredKeys:
    """The settings' keys first, then those of the book.

    All live keys are read at once, so that an unknown key costs the database nothing, and a look-up by hash tells by
    its time nothing about any key.
    """

    def __init__(self, fixed: FixedKeys, book: KeyBook, clock: Callable[[], datetime]) -> None:
        self._fixed = fixed
        self._book = book
        self._clock = clock
        self._live: dict[bytes, tuple[KeyInfo, datetime | None]] | None = None
        self._used: set[str] = set()

    async def find(self, token: str) -> KeyInfo | None:
        """The key with this token. Raises RequestRefused (503) before the book could be read at all."""
        if (known := await self._fixed.find(token)) is not None:
            return known
        if self._live is None:
            raise RequestRefused(try_later("database_unavailable", "keys have not been read yet", 5))
        info, expires_at = self._live.get(hashed(token), (None, None))
        if info is None or (expires_at is not None and expires_at <= self._clock()):
            return None
        self._used.add(info.name)
        return info

    async def keep_reading(self) -> None:
        """Read the book again and again, until cancelled."""
        while True:
            try:
                await self.read()
            except Transient as error:
                log.warning("keys not read, those known stay: %s", error)
            await asyncio.sleep(EVERY_SECONDS)

    async def read(self) -> None:
        """Tell the book which keys were used, and learn which there are. Raises Transient."""
        if used := sorted(self._used):
            await self._book.used(used)
            self._used -= set(used)
        self._live = {bytes(key.hash): (_info(key), key.expires_at) for key in await self._book.keys()}


def _info(key: Live) -> KeyInfo:
    agencies = None if key.agencies is None else frozenset(key.agencies)
    return KeyInfo(key.name, frozenset(key.scopes), agencies, key.sandbox)
