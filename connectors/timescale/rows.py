"""Events as the beginning of their COPY rows; what the position adds follows when they are written."""

from functools import lru_cache
from operator import attrgetter
from struct import Struct
from typing import Any

import orjson

from connectors.timescale.binary import (
    EPOCH_MICROSECONDS,
    NULL,
    double,
    integer,
    jsonb,
    length,
    repeated,
    text,
)  # fmt: skip
from streams.contracts import DOSSIERS, HEALTH, REPORTS, Event, Stream
from streams.contracts.health import MaintenanceBody, PingBody
from streams.decoding import Row
from streams.health.beats import SYSTEM
from streams.plain import PlainEvent
from streams.plain_pings import PlainBody
from streams.plain_subjects import stored

SUBJECT_COLUMNS, HEALTH_COLUMNS = 10, 12  # with the three of the position

_COLUMNS = frozenset({"system_id", "check_id", "status", "latency_ms", "interval_s", "grace_s"})
"""Fields of a ping that have a column of their own; the others go into `data` when there are any."""


def subject_row(event: Event | PlainEvent, time: int, identity: str) -> bytes:
    """A report's or dossier's event, its time in microseconds. Runs for every such event."""
    body: Any = event.data
    subject, event_id = event.subject.encode(), event.id.encode()
    said = stored(body) if isinstance(event, PlainEvent) else body.stored().encode()
    return b"".join(
        (
            _SUBJECT_HEAD(SUBJECT_COLUMNS, 16, bytes.fromhex(identity), 8, time - EPOCH_MICROSECONDS),
            _kind(event.type, event.source), length(len(subject)), subject, length(len(event_id)), event_id,
            _SAID(len(said) + 1, 1), said,
        )
    )  # fmt: skip


_SUBJECT_HEAD = Struct(">hi16siq").pack
"""How a subject's event begins, in one call: the number of its columns, its identity and its time."""

_SAID = Struct(">ib").pack
"""How a jsonb column begins: its length and its version."""


@lru_cache(maxsize=4096)
def _kind(event_type: str, source: str) -> bytes:
    return text(event_type) + text(source)


_OTHERS = tuple(name for name in PlainBody.__struct_fields__ if name not in _COLUMNS)
_others, _SILENT = attrgetter(*_OTHERS), (None,) * len(_OTHERS)

_HEAD = Struct(">hiqi16s").pack
"""How a health event's row begins, in one call: the number of its columns, its time and its identity."""


def health_row(event: Event | PlainEvent, time: int, identity: str) -> bytes:
    """A health event, its time in microseconds. Runs for every ping: it calls as little as it can."""
    body: Any = event.data
    head = _HEAD(HEALTH_COLUMNS, 8, time - EPOCH_MICROSECONDS, 16, bytes.fromhex(identity))
    if isinstance(body, MaintenanceBody):
        return b"".join((head, repeated(event.subject), *_maintenance(event)))
    latency = body.latency_ms
    return b"".join(
        (
            head, _named(event.subject, body.check_id, body.status),
            NULL if latency is None else double(8, latency), _promise(body.interval_s, body.grace_s),
            _rest(body),
        )
    )  # fmt: skip


def _rest(body: PingBody | PlainBody) -> bytes:
    """The fields without a column. One that is null says as much as one that is not there."""
    if isinstance(body, PlainBody):
        said = _others(body)
        return NULL if said == _SILENT else jsonb(_json(said))
    known = body.model_fields_set - (body.__pydantic_extra__ or {}).keys()
    found = body.model_dump_json(exclude_none=True, include=known - _COLUMNS)
    return NULL if found == "{}" else jsonb(found.encode())


def _json(said: tuple[Any, ...]) -> bytes:
    return orjson.dumps({name: value for name, value in zip(_OTHERS, said, strict=True) if value is not None})


@lru_cache(maxsize=16_384)
def _named(subject: str, check: str, status: str) -> bytes:
    return text(subject) + text(check) + text(status)


@lru_cache(maxsize=4096)
def _promise(interval: int | None, grace: int | None) -> bytes:
    return integer(interval) + integer(grace)


def _maintenance(event: Any) -> tuple[bytes, ...]:
    status = event.type.removeprefix("vn.nhip.health.")
    check = getattr(event.data, "check_id", None) or SYSTEM
    return text(check), text(status), NULL, NULL, NULL, jsonb(event.data.stored().encode())


ROWS: dict[Stream, Row] = {REPORTS: subject_row, DOSSIERS: subject_row, HEALTH: health_row}
