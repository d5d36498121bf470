"""Binary mode: attributes in `ce-` headers, data in the body (CloudEvents HTTP protocol binding 1.0.2, §3.1)."""

import re
from urllib.parse import unquote_to_bytes

import orjson
from starlette.datastructures import Headers

from connectors.gateway.documents import Broken, Document, decode

_PREFIX = "ce-"
_ESCAPED = re.compile(r"\\(.)")


def binary(headers: Headers, body: bytes) -> Document:
    """The event as one document. Without a body it has no data."""
    attributes: dict[str, object] = {}
    for name, value in headers.items():
        if name.startswith(_PREFIX):
            attribute = name.removeprefix(_PREFIX)
            if attribute in attributes:
                return Broken(b"", f"the header {name} comes twice", f"$.{attribute}")
            try:
                attributes[attribute] = _decoded(value)
            except UnicodeDecodeError:
                return Broken(b"", f"the header {name} is not UTF-8 after percent-decoding", f"$.{attribute}")
    attributes.pop("data", None)  # an attribute may not have this name; the body is the data
    if content_type := headers.get("content-type"):
        attributes["datacontenttype"] = content_type
    return _with_data(attributes, body) if body else attributes


def _decoded(value: str) -> str:
    """Unquote, then decode one round of percent-encoding (§3.1.3.2); raw UTF-8, which some clients send, is taken."""
    text = value.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = _ESCAPED.sub(r"\1", text[1:-1])
    return unquote_to_bytes(text.encode("latin-1")).decode("utf-8")


def _with_data(attributes: dict[str, object], body: bytes) -> Document:
    data = decode(body)
    if not isinstance(data, Broken):
        return attributes | {"data": data}
    try:
        whole = orjson.dumps(attributes)[:-1] + b',"data":' + body + b"}"  # read only to say where the fault is
    except orjson.JSONEncodeError:
        whole = b""
    return Broken(whole, data.fault, "$.data")
