"""`nhip schema`: documents that tools can read."""

import json
from typing import Any

import pytest

from nhip.commands.schema import command
from streams.contracts import STREAMS


def printed(capsys: pytest.CaptureFixture[str], kind: str) -> dict[str, Any]:
    command.main([kind], standalone_mode=False)
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def references(node: object) -> list[str]:
    """Every $ref below a node."""
    match node:
        case dict():
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [found for value in node.values() for found in references(value)]
        case list():
            return [found for value in node for found in references(value)]
    return []


@pytest.mark.parametrize("kind", ["jsonschema", "asyncapi", "openapi"])
def test_every_reference_of_a_document_leads_somewhere(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    document = printed(capsys, kind)
    found = set(references(document))
    assert found
    for reference in found:
        node: Any = document
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]


def test_asyncapi_names_every_topic_and_event_type(capsys: pytest.CaptureFixture[str]) -> None:
    document = printed(capsys, "asyncapi")
    assert document["asyncapi"] == "3.0.0"
    alerts = document["channels"].pop("alerts")
    assert (alerts["address"], set(alerts["messages"])) == ("nhip.alerts", {"vn.nhip.alert"})
    assert document["operations"].pop("send-alerts")["action"] == "send"
    assert {channel["address"] for channel in document["channels"].values()} == {f"nhip.{s.topic}" for s in STREAMS}
    named = [set(channel["messages"]) for channel in document["channels"].values()]
    assert named == [set(stream.by_type) for stream in STREAMS]
    assert all(operation["action"] == "receive" for operation in document["operations"].values())


def test_openapi_is_what_the_gateway_shows(capsys: pytest.CaptureFixture[str]) -> None:
    document = printed(capsys, "openapi")
    assert document["openapi"].startswith("3.1")
    assert {"/v1/events", "/ping/{key}/{system}", "/open311/v2/requests.{format}"} <= set(document["paths"])
