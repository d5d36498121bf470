"""Plain pings: what nearly every event there is looks like, read in a fifth of the time that its model takes.

msgspec (https://jcristharif.com/msgspec) builds no model and calls no Python. What it accepts here, the model accepts
and understands alike (tests/unit/test_plain_pings.py holds the two together). All else is the model's to judge, so
that a refusal has one source of words: free text, unknown fields, other extensions, escapes, faults.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, MsgspecError, Struct
from msgspec.json import Decoder

_Identifier = Annotated[str, Meta(min_length=1, max_length=128)]  # control characters: see _is_strange


class PlainBody(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """The fields of PingBody that are not written by people."""

    status: Literal["ok", "degraded", "fail", "start"]
    system_id: _Identifier | None = None
    check_id: _Identifier = "default"
    probe: _Identifier | None = None
    latency_ms: Annotated[float, Meta(ge=0, le=86_400_000)] | None = None
    code: Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)] | None = None
    run_id: _Identifier | None = None
    interval_s: Annotated[int, Meta(ge=1, le=31_536_000)] | None = None
    grace_s: Annotated[int, Meta(ge=0, le=31_536_000)] | None = None
    cert_days: Annotated[int, Meta(ge=-36_500, le=36_500)] | None = None
    queue_length: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None = None
    metrics: Annotated[dict[_Identifier, float], Meta(max_length=64)] | None = None


class PlainPing(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A ping with the attributes that a worker looks at, and those that the gateway lets pass besides."""

    specversion: Literal["1.0"]
    id: Annotated[str, Meta(min_length=1, max_length=64)]
    source: _Identifier
    type: Literal["vn.nhip.health.ping"]
    subject: _Identifier
    time: Annotated[datetime, Meta(tz=True)]
    data: PlainBody
    datacontenttype: str | None = None
    dataschema: str | None = None
    traceparent: str | None = None
    tracestate: str | None = None


_decode = Decoder(PlainPing).decode
_finer_than_microseconds = re.compile(rb"\.\d{7}").search


def plain_pings(values: Sequence[bytes | None]) -> list[PlainPing | None]:
    """The ping in each value that is a plain one, else None, which says nothing about whether it is valid."""
    whole = b"\n".join([value or b"" for value in values])
    careful = _is_strange(whole)  # looking at all of them at once takes a fifth of the time
    return [None if value is None or (careful and _is_strange(value)) else _plain(value) for value in values]


def _is_strange(text: bytes) -> bool:
    """Whether a control character may stand in it (JSON has them as escapes, but for DEL), or a time that is finer than
    a microsecond, which pydantic cuts and msgspec rounds."""
    return b"\\" in text or b"\x7f" in text or _finer_than_microseconds(text) is not None


def _plain(value: bytes) -> PlainPing | None:
    try:
        ping = _decode(value)
    except (MsgspecError, UnicodeDecodeError):
        return None
    named = ping.data.system_id
    return ping if named is None or named == ping.subject else None
