"""The OpenAPI document: FastAPI's for the plain routes, and `POST /v1/events` with the contract's own schemas."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from connectors.gateway.paths import message_paths, parameter, ping_paths
from connectors.gateway.problems import MEDIA_TYPE
from connectors.open311.paths import open311_paths
from streams.contracts import STREAMS
from streams.contracts.envelope import Event

EXAMPLE = {
    "specversion": "1.0",
    "id": "0199f3c2-8d2e-7c11-9a53-1f2f3a6f7b10",
    "source": "monitor-01",
    "type": "vn.nhip.health.ping",
    "subject": "portal",
    "time": "2026-11-23T10:00:00+07:00",
    "data": {"status": "ok", "latency_ms": 12.5},
}

OPEN_DATA = ["open data"]
KEYLESS = (["operations"], OPEN_DATA)
"""Tags of what anybody may ask for."""

_ENTRY = {
    "type": "object",
    "required": ["id", "source", "status"],
    "properties": {
        "index": {"type": "integer", "description": "Place in the batch, from 0"},
        "id": {"type": ["string", "null"]},
        "source": {"type": ["string", "null"]},
        "status": {"type": "integer", "enum": [202, 413, 422, 503]},
        "problem": {"$ref": "#/components/schemas/Problem"},
    },
}

_RECORD = {
    "type": "object",
    "required": ["index", "id", "events", "status"],
    "properties": {
        "index": {"type": "integer", "description": "Place in the message, from 0"},
        "id": {"type": ["string", "null"]},
        "events": {"type": "integer", "description": "Events it stands for; 0: it says nothing new"},
        "status": {"type": "integer"},
        "problem": {"$ref": "#/components/schemas/Problem"},
    },
}

_SCHEMAS: dict[str, Any] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457; texts in Vietnamese where Accept-Language prefers it",
        "required": ["type", "title", "status", "detail", "instance", "reason", "remedy"],
        "properties": {
            "type": {"type": "string", "examples": ["urn:nhip:problem:invalid_data"]},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "instance": {"type": "string", "description": "By which operators find it in the log"},
            "reason": {"type": "string"},
            "remedy": {"type": "string"},
            "path": {"type": "string", "description": "JSON path of the first fault, inside the event"},
        },
    },
    "Answer": {
        "type": "object",
        "required": ["accepted", "events"],
        "properties": {"accepted": {"type": "integer"}, "events": {"type": "array", "items": _ENTRY}},
    },
}

_SCHEMAS["Records"] = {
    "type": "object",
    "required": ["accepted", "records"],
    "properties": {
        "accepted": {"type": "integer", "description": "Events that were published"},
        "records": {"type": "array", "items": _RECORD},
    },
}

_DESCRIPTION = """CloudEvents 1.0 in structured, batch or binary mode. 202 means that every replica in sync has the
event. Sending the same `source` and `id` again is safe: it is counted once.

A single event is answered 202 or with its problem. A batch is answered event by event: 202 if all were accepted, the
status they share if none was, 207 if they differ. Unknown fields of `data` are ignored; of duplicate keys in an object
the last one counts. A body has at most 256 KiB, a batch 1 MiB and 500 events."""


def openapi(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
    components = document.setdefault("components", {})
    names, schemas = _event_schemas()
    components["schemas"] = components.get("schemas", {}) | schemas | _SCHEMAS
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _ours(path, operation)
    document["paths"].setdefault("/v1/events", {})["post"] = _operation(names)
    document["paths"] |= ping_paths() | message_paths() | open311_paths()
    return document


def _ours(path: str, operation: dict[str, Any]) -> None:
    """Our own refusals in the place of FastAPI's; nearly everything needs a key."""
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refusals: dict[str, str] = {}
    if "422" in operation["responses"]:
        refusals["422"] = "A parameter is wrong"
    if "{" in path:
        refusals["404"] = "There is no such thing, or the key may not see it"
    if "304" in operation["responses"]:
        tag = parameter("If-None-Match", "header", "The ETag of an answer that is at hand")
        operation["parameters"] = [*operation.get("parameters", []), tag]
    if operation.get("tags") not in KEYLESS:
        operation["security"] = [{"key": []}]
        refusals |= {"401": "No valid key", "403": "The key may not", "503": "No database, see Retry-After"}
    elif operation["tags"] == OPEN_DATA:
        refusals |= {"429": "Too many requests, see Retry-After", "503": "No database, see Retry-After"}
    for status, text in refusals.items():
        operation["responses"][status] = {"description": text, "content": problem}


def _event_schemas() -> tuple[list[str], dict[str, Any]]:
    models: list[type[Event]] = [event for stream in STREAMS for event in stream.events]
    references, document = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
    )
    return [reference["$ref"] for reference in references.values()], document["$defs"]


def _operation(names: list[str]) -> dict[str, Any]:
    event = {"oneOf": [{"$ref": name} for name in names]}
    batch = {"type": "array", "maxItems": 500, "items": event}
    return {
        "tags": ["events"],
        "summary": "Publish events",
        "description": _DESCRIPTION,
        "operationId": "publish",
        "security": [{"key": []}],
        "parameters": [
            _BINARY_HEADER,
            parameter("traceparent", "header", "W3C Trace Context; carried through to Kafka"),
            parameter("dry_run", "query", "Check everything, store nothing", enum=["true", "false"]),
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/cloudevents+json": {"schema": event, "example": EXAMPLE},
                "application/cloudevents-batch+json": {"schema": batch, "example": [EXAMPLE]},
                "application/json": {"schema": {"type": "object"}, "example": EXAMPLE["data"]},
            },
        },
        "responses": _responses(),
    }


_BINARY_HEADER = {
    "name": "ce-specversion",
    "in": "header",
    "schema": {"type": "string", "enum": ["1.0"]},
    "description": "Binary mode only, with ce-id, ce-source, ce-type, ce-subject and ce-time; the body is `data`",
}

_REFUSALS = {
    401: "No valid key",
    403: "The key lacks the scope publish",
    408: "The body came too slowly",
    413: "Too large, or more than 500 events",
    415: "None of the three modes, or compressed",
    422: "Refused, with the JSON path; for a batch: every event was, see the answer's events",
    429: "Too much with this key, see Retry-After",
    503: "Kafka has not acknowledged, see Retry-After; send the same event again",
}


def _responses() -> dict[str, Any]:
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    of_batch = {status: problem | answer if status in (413, 422, 503) else problem for status in _REFUSALS}
    return {
        "202": {"description": "Every event is kept", "content": answer},
        "207": {"description": "A batch whose events fared differently", "content": answer},
    } | {str(status): {"description": text, "content": of_batch[status]} for status, text in _REFUSALS.items()}
