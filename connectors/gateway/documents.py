"""JSON documents as they came: plain pings, decoded, or kept as bytes with what is wrong with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from msgspec import MsgspecError, Raw
from msgspec.json import Decoder

from streams.plain_pings import PlainPing, plain_pings


@dataclass(frozen=True, slots=True)
class Broken:
    """Bytes that are no JSON (RFC 8259); `path` is where in the event they stand."""

    raw: bytes
    fault: str
    path: str = "$"


Document = Any | PlainPing | Broken
"""What JSON can say, a plain ping (read in a fraction of the time), or Broken. Of duplicate keys in an object the last
one counts, and only it travels on."""

_TOKEN = re.compile(rb'"(?:[^"\\]+|\\.?)*+"?|[\[{\]},]', re.DOTALL)
"""A string, ended or not, or a mark of structure; possessive, so that no input makes it go back."""


def decode(raw: bytes) -> Document:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return Broken(raw, str(error))


def documents(values: Sequence[bytes]) -> list[Document]:
    """One for each of some events' JSON."""
    return [plain or decode(value) for plain, value in zip(plain_pings(values), values, strict=True)]


_array = Decoder(list[Raw]).decode


def elements(raw: bytes) -> list[Document] | None:
    """The elements of a JSON array, each broken on its own; None if the whole is no array."""
    try:
        slices = [bytes(part) for part in _array(raw)]
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        found = _slices(raw)
        if found is None:
            return None
        slices = found
    return documents(slices)


def _slices(raw: bytes) -> list[bytes] | None:
    """Cut an array at its own commas without understanding its elements.

    One event with a NaN or 100 000 levels of nesting makes the whole batch unreadable to a JSON parser; the events
    beside it are whole.
    """
    body = raw.strip()
    if not (body.startswith(b"[") and body.endswith(b"]")):
        return None
    depth, begin, found = 0, 1, []
    for token in _TOKEN.finditer(body):
        match token[0]:
            case b"[" | b"{":
                depth += 1
            case b"]" | b"}":
                depth -= 1
                if depth == 0 and token.end() != len(body):
                    return None
            case b"," if depth == 1:
                found.append(body[begin : token.start()].strip())
                begin = token.end()
    return None if depth else [*found, body[begin:-1].strip()]
