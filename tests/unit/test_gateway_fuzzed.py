"""Calls that Schemathesis makes up from the OpenAPI document, right ones and wrong ones: nothing ever fails inside."""

import asyncio
import copy
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from connectors.gateway.app import make_app
from connectors.gateway.keys import FixedKeys, KeyInfo
from connectors.gateway.options import GatewayOptions, Limits
from streams.people.actor import Actor
from streams.people.directive import Directive, Draft, State, checked
from streams.people.shift import Handover, Logged, Note
from tests.unit.gateway_tools import KEY, NOW, PSEUDONYM_KEY, Memory, Ready
from tests.unit.test_gateway_subjects import Answers, Board
from tests.unit.test_gateway_traces import Register
from tests.unit.test_open311 import Office

OPTIONS = GatewayOptions("127.0.0.1", 1, ("nowhere:9",), "nhip.", PSEUDONYM_KEY, limits=Limits(key_rate=1e9))
ALL = FixedKeys([(KEY, KeyInfo("all", frozenset({"publish", "read", "operate"})))])


class Work:
    """Directives and a shift log in which nothing stands yet."""

    async def listed(self, *_: Any) -> list[Directive]:
        return []

    async def find(self, *_: Any) -> Directive | None:
        return None

    async def send(self, draft: Draft, actor: Actor) -> Directive:
        ready = checked(draft, NOW)
        return Directive(1, *ready, State.SENT, NOW, actor.who)

    async def move(self, *_: Any) -> Directive | None:
        return None

    async def entries(self, *_: Any) -> list[Logged]:
        return []

    async def handovers(self, *_: Any) -> list[Handover]:
        return []

    async def add(self, note: Note, actor: Actor) -> Logged:
        return Logged(1, NOW, actor.who, *note)

    async def hand_over(self, text: str, actor: Actor) -> Handover:
        return Handover(1, NOW, actor.who, text, [], [])

    async def confirm(self, *_: Any) -> Handover | None:
        return None


APP = make_app(
    OPTIONS, ALL, Memory(), Ready(), register=Register(), board=Board(), directives=Work(), shift=Work(),
    office=Office(), answers=Answers(), clock=lambda: NOW,
)  # fmt: skip


def document() -> dict[str, Any]:
    """The gateway's own, with two event types for all of them: inventing events of 31 types takes minutes."""
    found: dict[str, Any] = copy.deepcopy(APP.openapi())
    content = found["paths"]["/v1/events"]["post"]["requestBody"]["content"]
    event = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Ping", "ReportSubmitted")]}
    content["application/cloudevents+json"]["schema"] = event
    content["application/cloudevents-batch+json"]["schema"] = {"type": "array", "maxItems": 5, "items": event}
    return found


api = schemathesis.openapi.from_dict(document())


async def send(call: requests.PreparedRequest) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(APP)) as http:
        headers = [
            (name.encode(), str(value).encode("utf-8", "surrogateescape")) for name, value in call.headers.items()
        ]
        return await http.request(str(call.method), str(call.url), headers=headers, content=call.body or b"")


@api.parametrize()
@settings(
    max_examples=15,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_no_call_is_a_server_error(case: schemathesis.Case) -> None:
    """An exception inside comes out here: what requests prepares is sent by httpx, into the application itself."""
    if "key" in (case.path_parameters or {}):
        case.path_parameters["key"] = KEY  # a wrong one is found out before anything else is read
    call = requests.Request(**case.as_transport_kwargs(base_url="http://gateway")).prepare()
    call.headers.setdefault("authorization", f"Bearer {KEY}")
    assert asyncio.run(send(call)).status_code < 500


@pytest.mark.parametrize("path", ["/v1/events", "/ping/{key}/{system}", "/open311/v2/requests.{format}"])
def test_the_document_names_every_door(path: str) -> None:
    assert path in APP.openapi()["paths"]
