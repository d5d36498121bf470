"""AsyncAPI 3.0 (https://www.asyncapi.com/docs/reference/specification/v3.0.0): the topics, for direct producers."""

from typing import Any

from pydantic.json_schema import models_json_schema

from streams.contracts import STREAMS, Stream

_CONTENT_TYPE = "application/cloudevents+json"


def asyncapi(topic_prefix: str, version: str) -> dict[str, Any]:
    """One channel a topic, one message an event type; Nhịp receives all of them."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Nhịp events",
            "version": version,
            "description": "CloudEvents 1.0 in structured mode. What is refused becomes a dead letter with its reason.",
        },
        "defaultContentType": _CONTENT_TYPE,
        "channels": {stream.topic: _channel(stream, topic_prefix) for stream in STREAMS},
        "operations": {f"receive-{stream.topic}": _operation(stream) for stream in STREAMS},
        "components": {
            "messages": {name: _message(stream, name) for stream in STREAMS for name in stream.by_type},
            "schemas": _schemas(),
        },
    }


def _channel(stream: Stream, topic_prefix: str) -> dict[str, Any]:
    return {
        "address": topic_prefix + stream.topic,
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in stream.by_type},
        "bindings": {"kafka": {"topic": topic_prefix + stream.topic, "bindingVersion": "0.5.0"}},
    }


def _operation(stream: Stream) -> dict[str, Any]:
    return {
        "action": "receive",
        "channel": {"$ref": f"#/channels/{stream.topic}"},
        "messages": [{"$ref": f"#/channels/{stream.topic}/messages/{name}"} for name in stream.by_type],
    }


def _message(stream: Stream, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "contentType": _CONTENT_TYPE,
        "payload": {"$ref": f"#/components/schemas/{stream.by_type[name].__name__}"},
        "bindings": {"kafka": {"key": {"type": "string", "description": "best the event's subject"}}},
    }


def _schemas() -> dict[str, Any]:
    events = [(event, "validation") for stream in STREAMS for event in stream.events]
    _, document = models_json_schema(events, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]  # lists are invariant
    schemas: dict[str, Any] = document["$defs"]
    return schemas
