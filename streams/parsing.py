"""From bytes to a valid event, or the reason why not. The gateway and the worker ask the same function."""

from datetime import datetime

from pydantic import ValidationError

from streams.contracts import Event, Stream
from streams.contracts.envelope import AHEAD
from streams.deadletters import Reason, Refusal
from streams.faults import json_path, sentence

_ENVELOPE = frozenset({"specversion", "id", "source", "type", "subject", "time"})


def parse(stream: Stream, value: bytes | None, now: datetime) -> Event | Refusal:
    """The event in `value`, a CloudEvents 1.0 JSON object (structured mode).

    `now` is the broker's append time (in the gateway: its clock), against which the event's own time is judged.
    """
    if value is None:
        return Refusal(Reason.TOMBSTONE, "the record has no value; nothing can be deleted by a tombstone")
    try:
        event: Event = stream.adapter.validator.validate_json(value)
    except ValidationError as error:
        return _refusal(stream, error)
    return _judge(stream, event, now) or event


def _judge(stream: Stream, event: Event, now: datetime) -> Refusal | None:
    named = getattr(event.data, stream.subject_field)
    if named is not None and named != event.subject:
        return Refusal(
            Reason.SUBJECT_MISMATCH,
            f"data.{stream.subject_field} is {named!r} but subject is {event.subject!r}; they name the same thing",
            f"$.data.{stream.subject_field}",
        )
    if event.time > now + AHEAD:
        return Refusal(Reason.OUTSIDE_HORIZON, f"time lies more than 5 minutes ahead of {now.isoformat()}", "$.time")
    if event.time < now - event.horizon:
        return Refusal(Reason.OUTSIDE_HORIZON, f"time lies more than {event.horizon.days} days back", "$.time")
    return None


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
    location = [part for part in first["loc"] if part not in stream.by_type]
    in_envelope = not location or location[0] in _ENVELOPE
    reason = Reason.NOT_CLOUDEVENTS if in_envelope else Reason.INVALID_DATA
    path = json_path(location)
    return Refusal(reason, sentence(first, path), path)
