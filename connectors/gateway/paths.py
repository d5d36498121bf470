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


_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_RECORDS = {"application/json": {"schema": {"$ref": "#/components/schemas/Records"}}}


def message_paths() -> dict[str, dict[str, Operation]]:
    """The doors for what other systems send in words of their own."""
    labels = [
        parameter("system", "query", "The label that names the system", default="system"),
        parameter("check", "query", "The label that names its check; without it all is the check 'alertmanager'"),
    ]
    notification = {"version": "4", "alerts": [_ALERT]}
    record = {"MaHoSo": "H30.16-261123-0001", "MaTTHC": "1.004221", "DonViXuLy": "so-tnmt", "TrangThaiHoSo": "2"}
    message = {"service": "DongBoHoSoMC", "data": [record | {"NgayTiepNhan": "20261123080000"}]}
    return {
        "/v1/alertmanager": {"post": _message("health", "Alertmanager's webhook", labels, notification)},
        "/v1/one-stop": {"post": _message("dossiers", "The national exchange's dossiers and progress", [], message)},
    }


_ALERT = {
    "status": "firing",
    "labels": {"alertname": "HighLatency", "system": "portal", "severity": "warning"},
    "annotations": {"summary": "p99 over 2 s"},
    "startsAt": "2026-11-23T09:58:00+07:00",
    "endsAt": "0001-01-01T00:00:00Z",
}


def _message(stream: str, summary: str, parameters: list[dict[str, Any]], example: dict[str, Any]) -> Operation:
    refusals = responses(
        _PROBLEM,
        _401="No valid key",
        _403=f"The key lacks the scope publish:{stream}",
        _408="The body came too slowly",
        _413="More than 1 MiB or 500 records",
        _415="Not JSON, or compressed",
        _422="No such message, or every record was refused",
        _429="Too much with this key, see Retry-After",
        _503="Kafka has not acknowledged, or the database is away, see Retry-After",
    )
    well = responses(_RECORDS, _202="Every record is kept, or says nothing new", _207="The records fared differently")
    for status in ("413", "422", "503"):
        refusals[status]["content"] = _PROBLEM | _RECORDS
    return {
        "tags": ["messages"],
        "summary": summary,
        "security": [{"key": []}],
        "parameters": parameters,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": "object"}, "example": example}},
        },
        "responses": well | refusals,
    }
