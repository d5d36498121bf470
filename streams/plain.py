"""Plain events: what nearly all are like, read in a fraction of the time that their models take.

msgspec (https://jcristharif.com/msgspec) builds no model and calls no Python. What is accepted as plain, the model
accepts and understands alike (tests/unit/test_plain_pings.py and test_plain_subjects.py hold the two together). All
else is the model's to judge, so that a refusal has one source of words: unknown fields, extensions, escapes, faults.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from msgspec import Meta, Struct

PlainName = Annotated[str, Meta(min_length=1, max_length=128)]
"""An Identifier; control characters: see is_strange."""


class PlainEvent(Struct, gc=False, forbid_unknown_fields=True, kw_only=True):
    """The attributes that a worker looks at, and those that the gateway lets pass besides. Not frozen: who reads a
    subject's event sets its time to UTC and replaces its reporter."""

    specversion: Literal["1.0"]
    id: Annotated[str, Meta(min_length=1, max_length=64)]
    source: PlainName
    type: str
    subject: PlainName
    time: Annotated[datetime, Meta(tz=True)]
    data: Any
    datacontenttype: str | None = None
    dataschema: str | None = None
    traceparent: str | None = None
    tracestate: str | None = None


P = TypeVar("P")


def each_plain(values: Sequence[bytes | None], read: Callable[[bytes], P]) -> list[P | None]:
    """What `read` finds in each value, None for those that may hold what msgspec and the model read differently."""
    whole = b"\n".join([value or b"" for value in values])
    careful = _is_strange(whole)  # looking at all of them at once takes a fifth of the time
    return [None if value is None or (careful and _is_strange(value)) else read(value) for value in values]


_strange_time = re.compile(rb':\d\d(?:\.\d{7}|(?:\.\d+)?[+-]\d{4}")').search


def _is_strange(text: bytes) -> bool:
    """Whether a control character may stand in it (JSON has them as escapes, but for DEL), a time that is finer than a
    microsecond, which pydantic cuts and msgspec rounds, or an offset without its colon, which RFC 3339 has not."""
    return b"\\" in text or b"\x7f" in text or _strange_time(text) is not None
