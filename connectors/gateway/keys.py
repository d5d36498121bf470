"""Who may come in: API keys, known by their SHA-256 only."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from starlette.datastructures import Headers

from connectors.gateway.problems import Problem, RequestRefused, forbidden, unauthenticated
from streams.contracts import Stream

PUBLISH, READ, OPERATE = "publish", "read", "operate"


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """A key that was recognised: its name (for limits and logs) and what it may do.

    The scope `publish` is for all streams, `publish:dossiers` for one. `agencies` None: no limit; else it publishes and
    reads of those alone. What a `sandbox` key sends is checked and answered like all else, and goes nowhere.
    """

    name: str
    scopes: frozenset[str]
    agencies: frozenset[str] | None = None
    sandbox: bool = False

    @property
    def publishes(self) -> bool:
        """Whether it publishes to any stream at all."""
        return any(scope.partition(":")[0] == PUBLISH for scope in self.scopes)

    def may_publish(self, stream: Stream) -> bool:
        return PUBLISH in self.scopes or f"{PUBLISH}:{stream.name}" in self.scopes


class Keys(Protocol):
    """Where keys are looked up; the token itself goes no further than this."""

    async def find(self, token: str) -> KeyInfo | None:
        """The key with this token, or None: unknown, expired or revoked."""


class FixedKeys:
    """A handful of keys given at the start."""

    def __init__(self, entries: Iterable[tuple[str, KeyInfo]]) -> None:
        """`entries` are tokens and what they stand for; only the tokens' hashes are kept."""
        self._entries = [(hashed(token), info) for token, info in entries]

    async def find(self, token: str) -> KeyInfo | None:
        """Compare with every key in constant time, so that the time taken tells nothing about any of them."""
        sought = hashed(token)
        found = [info for known, info in self._entries if hmac.compare_digest(known, sought)]
        return found[0] if found else None


def settings_keys(publish: str, operate: str | None) -> FixedKeys:
    """The two keys of the settings: one publishes, the other reads and acts and does not publish."""
    entries = [(publish, KeyInfo("publish", frozenset({PUBLISH})))]
    if operate is not None:
        entries.append((operate, KeyInfo("operate", frozenset({READ, OPERATE}))))
    return FixedKeys(entries)


async def recognised(headers: Headers, keys: Keys) -> KeyInfo:
    """The key a request comes with. Raises RequestRefused (401)."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise unauthenticated("no header Authorization: Bearer")
    key = await keys.find(token.strip())
    if key is None:
        raise unauthenticated("the key is not one of this gateway's", ', error="invalid_token"')
    return key


def require(key: KeyInfo, scope: str) -> None:
    """Raises RequestRefused (403) for a key without the scope."""
    if not (key.publishes if scope == PUBLISH else scope in key.scopes):
        raise forbidden(scope)


def require_agency(key: KeyInfo, agency: str | None, how: str) -> None:
    """Raises RequestRefused (403) for a key that is limited to other agencies; `how` says what to ask instead."""
    if key.agencies is not None and agency not in key.agencies:
        raise RequestRefused(Problem("forbidden", f"the key is limited to agencies: {how}"))


def hashed(token: str) -> bytes:
    """What is kept of a key: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
