"""AsyncAPI 3.0 (https://www.asyncapi.com/docs/reference/specification/v3.0.0): the topics, for direct producers."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from streams.contracts import STREAMS
from streams.contracts.alert import TOPIC, AlertEvent

ALERT = "vn.nhip.alert"
_CONTENT_TYPE = "application/cloudevents+json"


def asyncapi(topic_prefix: str, version: str) -> dict[str, Any]:
    """One channel a topic, one message an event type. Nhịp receives all of them but `alerts`, which it sends."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Nhịp events",
            "version": version,
            "description": "CloudEvents 1.0 in structured mode. What is refused becomes a dead letter with its reason.",
        },
        "defaultContentType": _CONTENT_TYPE,
        "channels": {stream.topic: _channel(stream.topic, topic_prefix, [*stream.by_type]) for stream in STREAMS}
        | {TOPIC: _channel(TOPIC, topic_prefix, [ALERT])},
        "operations": {
            f"receive-{stream.topic}": _operation("receive", stream.topic, [*stream.by_type]) for stream in STREAMS
        }
        | {f"send-{TOPIC}": _operation("send", TOPIC, [ALERT])},
        "components": {
            "messages": {name: _message(name, stream.by_type[name]) for stream in STREAMS for name in stream.by_type}
            | {ALERT: _message(ALERT, AlertEvent)},
            "schemas": _schemas(),
        },
    }


def _channel(topic: str, topic_prefix: str, names: Sequence[str]) -> dict[str, Any]:
    return {
        "address": topic_prefix + topic,
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {"kafka": {"topic": topic_prefix + topic, "bindingVersion": "0.5.0"}},
    }


def _operation(action: str, topic: str, names: Sequence[str]) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{topic}"},
        "messages": [{"$ref": f"#/channels/{topic}/messages/{name}"} for name in names],
    }


def _message(name: str, event: type[BaseModel]) -> dict[str, Any]:
    return {
        "name": name,
        "contentType": _CONTENT_TYPE,
        "payload": {"$ref": f"#/components/schemas/{event.__name__}"},
        "bindings": {"kafka": {"key": {"type": "string", "description": "best the event's subject"}}},
    }


def _schemas() -> dict[str, Any]:
    events = [(event, "validation") for stream in STREAMS for event in stream.events]
    events.append((AlertEvent, "serialization"))  # type: ignore[arg-type]  # the mode was told as one of two
    _, document = models_json_schema(events, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]  # lists are invariant
    schemas: dict[str, Any] = document["$defs"]
    return schemas
