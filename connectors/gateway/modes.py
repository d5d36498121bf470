"""The three ways an event comes over HTTP (CloudEvents HTTP protocol binding 1.0.2, section 3)."""

from enum import StrEnum

from starlette.datastructures import Headers

from connectors.gateway.binary import binary
from connectors.gateway.documents import Document, documents, elements
from connectors.gateway.problems import Problem, RequestRefused


class Mode(StrEnum):
    STRUCTURED = "structured"
    BATCH = "batch"
    BINARY = "binary"


def mode_of(headers: Headers) -> Mode:
    """The mode a request says it is in. Raises RequestRefused (415)."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding != "identity":  # a compressed body is small until it is read
        raise unsupported(f"Content-Encoding {encoding[:40]!r}", {"accept-encoding": "identity"})  # RFC 9110 §12.5.3
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    match media_type:
        case "application/cloudevents+json":
            return Mode.STRUCTURED
        case "application/cloudevents-batch+json":
            return Mode.BATCH
    if "ce-specversion" in headers and _is_json(media_type):
        return Mode.BINARY
    raise unsupported(f"Content-Type {media_type[:80]!r}" if media_type else "no Content-Type and no ce-* headers")


def documents_of(mode: Mode, headers: Headers, body: bytes) -> list[Document]:
    """The events of a request, none judged yet. Raises RequestRefused if a batch is not a JSON array."""
    match mode:
        case Mode.STRUCTURED:
            return documents([body])
        case Mode.BINARY:
            return [binary(headers, body)]
        case Mode.BATCH:
            found = elements(body)
            if found is None:
                raise RequestRefused(Problem("not_json", "a batch is one JSON array of events", "$"))
            return found


def _is_json(media_type: str) -> bool:
    return media_type in ("", "application/json", "text/json") or (
        media_type.endswith("+json") and not media_type.startswith("application/cloudevents")
    )


def unsupported(what: str, headers: dict[str, str] | None = None) -> RequestRefused:
    return RequestRefused(Problem("unsupported_media_type", f"{what} is not one of the modes", headers=headers or {}))
