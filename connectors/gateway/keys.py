"""Who may come in: API keys, known by their SHA-256 only."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

PUBLISH, READ, OPERATE = "publish", "read", "operate"


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """A key that was recognised: its name (for limits and logs) and what it may do."""

    name: str
    scopes: frozenset[str]


class Keys(Protocol):
    """Where keys are looked up; the token itself goes no further than this."""

    def find(self, token: str) -> KeyInfo | None:
        """The key with this token, or None."""


class FixedKeys:
    """A handful of keys given at the start."""

    def __init__(self, entries: Iterable[tuple[str, KeyInfo]]) -> None:
        """`entries` are tokens and what they stand for; only the tokens' hashes are kept."""
        self._entries = [(_hash(token), info) for token, info in entries]

    def find(self, token: str) -> KeyInfo | None:
        """Compare with every key in constant time, so that the time taken tells nothing about any of them."""
        hashed = _hash(token)
        found = [info for known, info in self._entries if hmac.compare_digest(known, hashed)]
        return found[0] if found else None


def settings_keys(publish: str, operate: str | None) -> FixedKeys:
    """The two keys of the settings: one publishes, the other reads and acts and does not publish."""
    entries = [(publish, KeyInfo("publish", frozenset({PUBLISH})))]
    if operate is not None:
        entries.append((operate, KeyInfo("operate", frozenset({READ, OPERATE}))))
    return FixedKeys(entries)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
