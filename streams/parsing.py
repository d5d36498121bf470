"""From bytes to a valid event, or the reason why not. The gateway and the worker ask the same function."""

import re
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import from_json

from streams.contracts import Event, Stream
from streams.contracts.envelope import AHEAD
from streams.days import MICROSECOND, microseconds
from streams.deadletters import Reason, Refusal
from streams.faults import json_path, sentence

_ENVELOPE = frozenset({"specversion", "id", "source", "type", "subject", "time"})


class Window(NamedTuple):
    """When events of a stream may have happened that are appended at `now`: microseconds, both ends included."""

    earliest: int
    latest: int
    now: datetime
    days: int

    @classmethod
    @lru_cache(maxsize=16)  # the events of a batch are judged against one moment
    def at(cls, stream: Stream, now: datetime) -> "Window":
        appended = microseconds(now)
        horizon = stream.events[0].horizon
        return cls(appended - horizon // MICROSECOND, appended + AHEAD // MICROSECOND, now, horizon.days)

    def refusal(self, time: int) -> Refusal:
        """Why an event of a time outside the window is refused."""
        if time > self.latest:
            ahead = f"time lies more than 5 minutes ahead of {self.now.isoformat()}"
            return Refusal(Reason.OUTSIDE_HORIZON, ahead, "$.time")
        return Refusal(Reason.OUTSIDE_HORIZON, f"time lies more than {self.days} days back", "$.time")


def parse(stream: Stream, value: bytes | None, now: datetime) -> Event | Refusal:
    """The event in `value`, a CloudEvents 1.0 JSON object (structured mode), or why it is refused.

    `now` is the broker's append time (in the gateway: its clock), against which the event's own time is judged.
    """
    event = validate(stream, value)
    if isinstance(event, Refusal):
        return event
    time, window = microseconds(event.time), Window.at(stream, now)
    return event if window.earliest <= time <= window.latest else window.refusal(time)


def validate(stream: Stream, value: bytes | None) -> Event | Refusal:
    """Everything about an event that can be said without a clock."""
    if value is None:
        return Refusal(Reason.TOMBSTONE, "the record has no value; nothing can be deleted by a tombstone")
    try:
        event: Event = stream.adapter.validator.validate_json(value)
    except ValidationError as error:
        return _refusal(stream, error)
    # pydantic lets these pass where the contract does not look, in unknown fields
    if (b"N" in value or b"I" in value) and _NO_NUMBER.search(value) and not _is_json(value):
        return Refusal(Reason.NOT_JSON, "JSON has no NaN and no Infinity")
    named = getattr(event.data, stream.subject_field)
    if named is not None and named != event.subject:
        return _mismatch(stream, event, named)
    return event


def named(value: bytes) -> tuple[str | None, str | None]:
    """The source and id that a refused record gives itself, both None unless both are such as an event may have."""
    try:
        document = from_json(value)
    except ValueError:
        return None, None
    if not isinstance(document, dict):
        return None, None
    source, event_id = document.get("source"), document.get("id")
    if isinstance(source, str) and isinstance(event_id, str) and _SOURCE.fullmatch(source) and _ID.fullmatch(event_id):
        return source, event_id
    return None, None


_SOURCE = re.compile(r"[^\x00-\x1f\x7f]{1,128}")
_ID = re.compile(r"[^\x00-\x1f\x7f]{1,64}")

_NO_NUMBER = re.compile(rb"NaN|Infinity")


def _is_json(value: bytes) -> bool:
    try:
        from_json(value, allow_inf_nan=False)
    except ValueError:
        return False
    return True


def _mismatch(stream: Stream, event: Event, named: str) -> Refusal:
    return Refusal(
        Reason.SUBJECT_MISMATCH,
        f"data.{stream.subject_field} is {named!r} but subject is {event.subject!r}; they name the same thing",
        f"$.data.{stream.subject_field}",
    )


def _refusal(stream: Stream, error: ValidationError) -> Refusal:
    first = error.errors(include_url=False, include_input=False)[0]
    match first["type"]:
        case "json_invalid":
            return Refusal(Reason.NOT_JSON, first["msg"])
        case "union_tag_invalid":
            expected = f"{stream.type_prefix}*"
            return Refusal(Reason.UNKNOWN_TYPE, f"type is none of the {expected} types of DOMAIN §1", "$.type")
        case "union_tag_not_found":
            return Refusal(Reason.NOT_CLOUDEVENTS, "type is required", "$.type")
    location = first["loc"][1:]  # after the type, which chose the model
    in_envelope = not location or location[0] in _ENVELOPE
    reason = Reason.NOT_CLOUDEVENTS if in_envelope else Reason.INVALID_DATA
    path = json_path(location)
    return Refusal(reason, sentence(first, path), path)
