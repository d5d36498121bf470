"""GeoReport v2 in the words of OpenAPI."""

from typing import Any

from connectors.gateway.paths import Operation, parameter, responses

_AT = "/open311/v2"
_FORMAT = parameter("format", "path", enum=["json", "xml"])
_ANY: dict[str, Any] = {"application/json": {"schema": {}}, "text/xml": {"schema": {}}}
_FILTERS = (
    "service_request_id", "service_code", "status", "start_date", "end_date", "updated_after", "updated_before", "page",
    "page_size",
)  # fmt: skip
_FIELDS = (
    "api_key", "service_code", "lat", "long", "address_string", "description", "media_url", "account_id", "email",
    "phone", "device_id", "first_name", "last_name", "jurisdiction_id",
)  # fmt: skip
_REFUSED = {
    "_400": "A field or filter is wrong",
    "_404": "It is not there",
    "_429": "Too much, see Retry-After",
    "_503": "The database or Kafka is away, see Retry-After",
}


def open311_paths() -> dict[str, dict[str, Operation]]:
    code, name = parameter("code", "path"), parameter("id", "path")
    return {
        "/open311/discovery.{format}": {"get": _reading("Service discovery", [])},
        f"{_AT}/services.{{format}}": {"get": _reading("The categories that hold today", [])},
        f"{_AT}/services/{{code}}.{{format}}": {"get": _reading("One of them", [code])},
        f"{_AT}/requests.{{format}}": {
            "get": _reading("Field reports that may be shown", [parameter(one, "query") for one in _FILTERS]),
            "post": _filing(),
        },
        f"{_AT}/requests/{{id}}.{{format}}": {"get": _reading("One field report", [name])},
        f"{_AT}/tokens/{{id}}.{{format}}": {"get": _reading("The id of a token", [name])},
    }


def _reading(summary: str, parameters: list[dict[str, Any]]) -> Operation:
    jurisdiction = parameter("jurisdiction_id", "query")
    return _operation(summary, [*parameters, jurisdiction], responses(_ANY, _200="OK", **_REFUSED))


def _filing() -> Operation:
    fields = {"type": "object", "properties": {name: {"type": "string"} for name in _FIELDS}}
    answers = responses(_ANY, _201="Filed", _403="api_key", _408="Too slow", _413="Too large", **_REFUSED)
    form = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": fields}}}
    return _operation("File a field report", [], answers) | {"requestBody": form}


def _operation(summary: str, parameters: list[dict[str, Any]], answers: dict[str, Any]) -> Operation:
    return {"tags": ["open311"], "summary": summary, "parameters": [_FORMAT, *parameters], "responses": answers}
