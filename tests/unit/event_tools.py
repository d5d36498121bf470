"""Events for tests of pure code: parsed from JSON like any other, at moments on the province's clock."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from streams.contracts import Event, Stream
from streams.contracts.types import PROVINCE_TIME
from streams.parsing import parse

NOW = datetime(2027, 6, 1, tzinfo=UTC)
"""When the broker appends what these tests make, unless they say otherwise."""

_numbers = count(1)


def at(text: str) -> datetime:
    """A moment on the province's clock: at("2026-10-20 09:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=PROVINCE_TIME)


def envelope(stream: Stream, kind: str, time: datetime | str, **attributes: Any) -> dict[str, Any]:
    """A CloudEvent of a stream; an attribute given as None is left out."""
    event = {
        "specversion": "1.0",
        "id": str(next(_numbers)),
        "source": "/hau-giang/test",
        "type": stream.type_prefix + kind,
        "subject": "subject",
        "time": time if isinstance(time, str) else time.isoformat(),
        "data": {},
    }
    return {name: value for name, value in (event | attributes).items() if value is not None}


def event(stream: Stream, kind: str, time: datetime, attributes: dict[str, Any] | None = None, **data: Any) -> Event:
    """A parsed event; moments in `data` may be given as datetimes."""
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in data.items()}
    parsed = parse(stream, json.dumps(envelope(stream, kind, time, data=plain, **(attributes or {}))).encode(), NOW)
    assert isinstance(parsed, Event), parsed
    return parsed


def hours(n: float) -> timedelta:
    return timedelta(hours=n)
