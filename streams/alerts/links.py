"""One-time links in messages: who follows one may do one thing to one episode of one alert, until it runs out.

A link is a token, its payload signed with HMAC-SHA256; that it works only once is for the database to see to.
"""

import base64
import binascii
import hashlib
import hmac
import json
from typing import NamedTuple

LASTS = 24 * 3600
"""Seconds from the message on."""

_PURPOSE = b"nhip alert link 1\0"  # the same key may sign other things


class Grant(NamedTuple):
    """What a link allows. `who` is noted as the one who did it; `message` is the key of the message that it stands in,
    which makes it the only one of its kind; `expires` is in seconds since 1970."""

    alert: str
    episode: int
    action: str
    who: str
    message: str
    expires: int


class ForgedLink(Exception):
    """Not signed by us, or cut short on its way."""


class ExpiredLink(Exception):
    """It was ours, and has run out."""


def token(grant: Grant, secret: bytes) -> str:
    """A text that can stand in a URL."""
    payload = json.dumps(list(grant), ensure_ascii=False, separators=(",", ":")).encode()
    return f"{_text(payload)}.{_text(_signature(payload, secret))}"


def granted(token: str, secret: bytes, now: float) -> Grant:
    """What a token allows at `now`, seconds since 1970. Raises ForgedLink, ExpiredLink."""
    try:
        payload, signature = (_bytes(part) for part in token.split("."))
    except (ValueError, binascii.Error):
        raise ForgedLink from None
    if not hmac.compare_digest(signature, _signature(payload, secret)):
        raise ForgedLink
    grant = Grant(*json.loads(payload))
    if now >= grant.expires:
        raise ExpiredLink
    return grant


def digest(token: str) -> bytes:
    """By which a token is known once it was used."""
    return hashlib.sha256(token.encode()).digest()


def _signature(payload: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, _PURPOSE + payload, hashlib.sha256).digest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    data = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _text(data) != text:
        raise ValueError("not the one way to write it")
    return data
