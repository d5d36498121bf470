"""Addresses in the words of OpenAPI, for doors that are no FastAPI routes."""

from typing import Any

Operation = dict[str, Any]

_TEXT = {"text/plain": {"schema": {"type": "string"}}}


def parameter(name: str, where: str, description: str = "", **schema: Any) -> dict[str, Any]:
    """A parameter of type string unless the schema says otherwise; those of the path are required."""
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "description": description,
        "schema": {"type": "string"} | schema,
    }


def responses(content: dict[str, Any], **described: str) -> dict[str, Any]:
    """Answers of one content by status, written `_200="OK"`."""
    return {status.strip("_"): {"description": text, "content": content} for status, text in described.items()}


def ping_paths() -> dict[str, dict[str, Operation]]:
    """The ping API: the same three methods at both addresses."""
    path = [parameter("key", "path", "A key that may publish pings"), parameter("system", "path", maxLength=128)]
    result = parameter("result", "path", "start, fail, or an exit code to 255", pattern="^(start|fail|[0-9]{1,3})$")
    addresses = {"/ping/{key}/{system}": path, "/ping/{key}/{system}/{result}": [*path, result]}
    return {
        address: {method: _ping(method, parameters) for method in ("get", "head", "post")}
        for address, parameters in addresses.items()
    }


def _ping(method: str, path: list[dict[str, Any]]) -> Operation:
    query = [
        parameter("rid", "query", "The run that a start and its end share", format="uuid"),
        parameter("check", "query", "One of the system's checks", maxLength=128),
    ]
    operation: Operation = {
        "tags": ["pings"],
        "summary": "A ping, the way Healthchecks takes it",
        "parameters": [*path, *query],
        "responses": responses(
            _TEXT,
            _200="OK",
            _400="The address or rid is wrong",
            _404="No such key, or it may not ping",
            _413="More than 256 KiB",
            _415="Compressed",
            _429="Too much with this key, see Retry-After",
            _503="Kafka has not acknowledged, see Retry-After",
        ),
    }
    if method == "post":
        operation["requestBody"] = {"description": "A log; the first 10 000 bytes are kept", "content": _TEXT}
    return operation
