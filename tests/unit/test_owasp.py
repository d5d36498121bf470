"""OWASP API Security Top 10 (2023), each tried against the gateway; more of each in the tests of its doors."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from starlette.routing import Route

from connectors.gateway.app import make_app
from connectors.gateway.keys import FixedKeys, KeyInfo, settings_keys
from connectors.gateway.options import GatewayOptions, Limits
from connectors.gateway.stored_keys import StoredKeys
from tests.unit.gateway_tools import BATCH, KEY, NOW, OPERATE_KEY, Memory, Ready, client, ping, post
from tests.unit.test_gateway_keys import Book, entry
from tests.unit.test_gateway_traces import INVALID, Register
from tests.unit.test_open311 import Office


def keys(**terms: Any) -> FixedKeys:
    return FixedKeys([(KEY, KeyInfo("k", **terms))])


async def test_api1_an_object_of_others_cannot_be_reached_by_its_id() -> None:
    dossier = ping(type="vn.nhip.dossier.status_changed", subject="H30-1", data={"status": 4, "agency": "so-yt"})
    topic = Memory()
    async with client(topic, keys=keys(scopes=frozenset({"publish"}), agencies=frozenset({"so-xd"}))) as http:
        assert (await post(http, json.dumps(dossier))).status_code == 403
    async with client(topic, keys=keys(scopes=frozenset({"publish:health"})), register=Register((INVALID,))) as http:
        assert (await http.get("/v1/events/app/1")).json()["status"] == "not_seen"
    assert topic.records == []


@pytest.mark.parametrize("given", ["", "x" * 64, KEY[:-1], KEY + "x", KEY.upper(), " ", "\u0000", "nhip_" + "A" * 43])
async def test_api2_no_key_but_the_right_one_lets_in(given: str) -> None:
    async with client(Memory(), key=None) as http:
        headers = {"authorization": f"Bearer {given}".encode()}
        assert (await http.post("/v1/events", content=b"{}", headers=headers)).status_code == 401


async def test_api2_a_key_in_the_address_of_v1_is_no_key_and_an_expired_one_none_any_more() -> None:
    book = Book([entry("old" * 12, "old", NOW - timedelta(seconds=1))])
    stored = StoredKeys(settings_keys(KEY, None), book, lambda: datetime.now(UTC))
    await stored.read()
    async with client(Memory(), key="old" * 12, keys=stored) as http:
        assert (await post(http, json.dumps(ping()))).status_code == 401
    async with client(Memory(), key=None) as http:
        assert (await http.post(f"/v1/events?api_key={KEY}", content=b"{}")).status_code == 401


async def test_api3_properties_that_are_not_meant_for_a_caller_neither_go_in_nor_come_out() -> None:
    topic = Memory()
    async with client(topic, office=Office()) as http:
        data = {"status": "ok", "is_admin": True, "phone": "0912345678"}
        assert (await post(http, json.dumps(ping(data=data)))).status_code == 202
        shown = (await http.get("/open311/v2/requests/PA-2.json")).json()[0]
    assert json.loads(topic.records[0].value)["data"] == {"status": "ok"}
    assert (shown["description"], shown["address"]) == (None, None)


async def test_api4_what_a_caller_may_use_up_is_bounded() -> None:
    async with client(Memory(), Limits(batch_events=2, event_bytes=1000, key_rate=2)) as http:
        assert (await post(http, json.dumps([ping()] * 3), BATCH)).status_code == 413
        assert (await post(http, " " * 1001)).status_code == 413
        answers = [(await post(http, json.dumps(ping()))).status_code for _ in range(9)]
    assert answers[-1] == 429


async def test_api5_who_publishes_does_not_operate_and_who_operates_does_not_publish() -> None:
    async with client(Memory(), key=OPERATE_KEY) as http:
        assert (await post(http, json.dumps(ping()))).status_code == 403
        assert (await http.get(f"/ping/{OPERATE_KEY}/lgsp")).status_code == 404
    async with client(Memory(), keys=keys(scopes=frozenset({"operate"})), register=Register()) as http:
        assert (await http.get("/v1/events/app/1")).status_code == 403


async def test_api6_reports_cannot_be_filed_faster_than_a_key_may() -> None:
    form = {"api_key": KEY, "service_code": "rac", "lat": "9", "long": "105"}
    async with client(Memory(), Limits(key_rate=2), key=None, office=Office()) as http:
        answers = [await http.post("/open311/v2/requests.json", data=form) for _ in range(9)]
    assert answers[-1].status_code == 429


def test_api7_the_doors_call_nobody() -> None:
    """No address that a caller gives (media_url, source, dataschema) is fetched: there is nothing to do it with."""
    clients = "[name for name in ('requests', 'httpx', 'aiohttp', 'niquests') if name in sys.modules]"
    code = f"import sys, connectors.gateway.server; print({clients})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_api8_answers_tell_nothing_of_the_inside() -> None:
    class Broken(Memory):
        async def publish(self, records: Any) -> Any:
            raise RuntimeError("postgresql://nhip_writer:secret@10.0.0.1")

    app = make_app(GatewayOptions("x", 1, ("x:9",), "nhip.", b"k" * 32), settings_keys(KEY, None), Broken(), Ready())
    transport, headers = httpx.ASGITransport(app, raise_app_exceptions=False), {"authorization": f"Bearer {KEY}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers) as http:
        answer = await post(http, json.dumps(ping()))
        trace = await http.request("TRACE", "/v1/events")
    assert (answer.status_code, answer.json()["reason"]) == (500, "internal")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert trace.status_code == 405


def _routes(found: Iterable[Any]) -> Iterator[Route]:
    """Those of included routers too, which FastAPI keeps apart."""
    for route in found:
        if isinstance(route, Route):
            yield route
        elif included := getattr(route, "original_router", None):
            yield from _routes(included.routes)


def test_api9_every_address_is_in_the_document() -> None:
    app = make_app(GatewayOptions("x", 1, ("x:9",), "nhip.", b"k" * 32), settings_keys(KEY, None), Memory(), Ready())
    known = set(app.openapi()["paths"])
    own = {route.path.replace(":path}", "}") for route in _routes(app.routes)} - {"/v1/events/{path}"}
    assert "/v1/kpis/{name}" in own
    assert {path for path in own if path.startswith(("/v1", "/ping", "/open311"))} <= known


async def test_api10_what_others_send_is_checked_before_it_is_passed_on() -> None:
    topic = Memory()
    async with client(topic) as http:
        for text in (
            '{"status":"ok","latency_ms":NaN}',
            '{"status":"ok","system_id":"a\\u0000"}',
            '{"status":"\\ud800"}',
        ):
            event = json.dumps(ping())[:-1].replace('{"status": "ok"}', text) + "}"
            assert (await post(http, event)).status_code == 422
    assert topic.records == []
