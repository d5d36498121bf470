"""ETag and If-None-Match (RFC 9110 §13.1.2): who has the answer already is told so, and sent nothing."""

from hashlib import sha256
from typing import Any

import orjson
from fastapi import Request, Response

UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "What If-None-Match names still holds"}}
"""For the `responses` of routes whose answers are tagged."""

PASSING = frozenset({"as_of", "data_age_s", "heartbeat_age_s", "ran_s"})
"""Members that only say how late it is: an answer is no other for them, which is why its tag is a weak one."""


def tagged(request: Request, document: Any) -> Response:
    """The document as JSON with its ETag; 304 for whoever names it. Only for the caller's own cache."""
    lasting = sha256(orjson.dumps(_lasting(document))).hexdigest()[:32]
    headers = {"etag": f'W/"{lasting}"', "cache-control": "private, no-cache"}
    if names(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    return Response(orjson.dumps(document, option=orjson.OPT_UTC_Z), headers=headers, media_type="application/json")


def names(request: Request, etag: str) -> bool:
    """Whether If-None-Match names a tag: `*`, or a list that holds it, weak or not (RFC 9110 §8.8.3.2)."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or _opaque(etag) in map(_opaque, given.split(","))


def _opaque(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def _lasting(value: Any) -> Any:
    match value:
        case dict():
            return {name: _lasting(of) for name, of in value.items() if name not in PASSING}
        case list():
            return [_lasting(of) for of in value]
        case _:
            return value
