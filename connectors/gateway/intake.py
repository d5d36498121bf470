"""From a document to a record for Kafka, or the problem: every check that needs no state, the worker's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import pydantic_core
from msgspec.json import Encoder

from connectors.gateway.documents import Broken, Document
from connectors.gateway.problems import Problem, of_refusal
from streams.contracts import HEALTH, Event, Stream, stream_of
from streams.days import microseconds
from streams.deadletters import Reason, Refusal
from streams.parsing import Window, parse
from streams.plain_pings import PlainPing
from streams.privacy import stripped

_ECHOED = 128  # characters of an id or source that an answer repeats


@dataclass(frozen=True, slots=True)
class Accepted:
    """An event that may be written: `value` is its structured JSON, as the worker's parser approves it, stripped."""

    stream: Stream
    event: Event | PlainPing
    value: bytes


_encode = Encoder().encode


class Intake:
    def __init__(self, pseudonym_key: bytes, event_bytes: int) -> None:
        self._pseudonym_key = pseudonym_key
        self._event_bytes = event_bytes

    def judge(self, document: Document, now: datetime) -> Accepted | Problem:
        """Judge one event against the clock `now`."""
        if isinstance(document, PlainPing):
            return self._plain(document, now)
        if isinstance(document, Broken):
            return of_refusal(_explain(document, now))
        stream = _stream(document)
        if isinstance(stream, Refusal):
            return of_refusal(stream)
        value = _encoded(document)
        if isinstance(value, Refusal):
            return of_refusal(value)
        if len(value) > self._event_bytes:
            return self._too_large(value)
        event = parse(stream, value, now)
        if isinstance(event, Refusal):
            return of_refusal(event)
        private = stripped(document, event, self._pseudonym_key)  # nobody behind this door learns who reported
        return Accepted(stream, event, value if private is document else orjson.dumps(private))

    def _plain(self, ping: PlainPing, now: datetime) -> Accepted | Problem:
        """All that is left to ask of a plain ping; it holds nothing that names people, and is written anew: of
        duplicate keys only what was read travels on."""
        time, window = microseconds(ping.time), Window.at(HEALTH, now)
        if not window.earliest <= time <= window.latest:
            return of_refusal(window.refusal(time))
        value = _encode(ping)
        return Accepted(HEALTH, ping, value) if len(value) <= self._event_bytes else self._too_large(value)

    def _too_large(self, value: bytes) -> Problem:
        return Problem("too_large", f"an event has at most {self._event_bytes} bytes, this one {len(value)}", "$")


def _stream(document: object) -> Stream | Refusal:
    if not isinstance(document, dict):
        return Refusal(Reason.NOT_CLOUDEVENTS, "the event must be an object")
    name = document.get("type")
    if name is None:
        return Refusal(Reason.NOT_CLOUDEVENTS, "type is required", "$.type")
    if not isinstance(name, str):
        return Refusal(Reason.NOT_CLOUDEVENTS, "type must be a string", "$.type")
    return stream_of(name) or Refusal(Reason.UNKNOWN_TYPE, "type is not one of the event types Nhịp knows", "$.type")


def _encoded(document: dict[str, Any]) -> bytes | Refusal:
    try:
        return orjson.dumps(document)
    except orjson.JSONEncodeError as error:  # orjson reads deeper than it writes
        return Refusal(Reason.NOT_JSON, f"nested too deeply: {error}")


def _explain(broken: Broken, now: datetime) -> Refusal:
    """Name the field if all that is wrong is a NaN or an infinity, which pydantic reads; else where the JSON breaks."""
    plain = Refusal(Reason.NOT_JSON, f"not JSON: {broken.fault}", broken.path)
    try:
        document = pydantic_core.from_json(broken.raw)
    except ValueError:
        return plain
    stream = _stream(document)
    answer = parse(stream, broken.raw, now) if isinstance(stream, Stream) else stream
    return answer if isinstance(answer, Refusal) else plain


def identity_of(document: Document) -> dict[str, str | None]:
    """The `id` and `source` that an answer repeats, as far as they can be made out."""
    if isinstance(document, PlainPing):
        return {"id": document.id, "source": document.source}
    if not isinstance(document, dict):
        return {"id": None, "source": None}
    return {"id": _echo(document.get("id")), "source": _echo(document.get("source"))}


def _echo(value: object) -> str | None:
    return value[:_ECHOED] if isinstance(value, str) else None
