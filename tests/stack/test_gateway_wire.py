"""Bytes on a socket that no honest client sends."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import pytest
import uvicorn

from connectors.gateway.app import make_app
from connectors.gateway.keys import settings_keys
from connectors.gateway.options import GatewayOptions, Limits
from connectors.gateway.wire import HEAD_BYTES, Http
from tests.stack.gateway_tools import KEY, free_port
from tests.unit.gateway_tools import Memory, Ready, ping


class Hasty(Http):
    head_seconds = 0.3


@pytest.fixture
async def hasty() -> AsyncIterator[int]:
    """Where a gateway listens that waits 0.3 s for a head and for a body."""
    async with _listening(Hasty, Limits(body_seconds=0.3)) as port:
        yield port


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """Where a gateway listens that has patience with a busy machine."""
    async with _listening(Http, Limits()) as port:
        yield port


@asynccontextmanager
async def _listening(protocol: type[Http], limits: Limits) -> AsyncIterator[int]:
    port = free_port()
    options = GatewayOptions("127.0.0.1", port, ("nowhere:9",), "nhip.", b"k" * 32, limits=limits)
    app = make_app(options, settings_keys(KEY, None), Memory(), Ready())
    server = uvicorn.Server(uvicorn.Config(app, port=port, http=protocol, ws="none", log_config=None))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.05)
    yield port
    server.should_exit = True
    await serving


async def said(port: int, *pieces: bytes, pause: float = 0) -> bytes:
    """What the gateway says until it closes the connection, to pieces sent with a pause after each."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with suppress(ConnectionError):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
    answer = b""
    with suppress(ConnectionError):
        while piece := await reader.read(65536):
            answer += piece
    writer.close()
    return answer


def post(*headers: bytes) -> bytes:
    head = [b"POST /v1/events HTTP/1.1", b"host: x", b"authorization: Bearer " + KEY.encode(), *headers]
    return b"\r\n".join([*head, b"content-type: application/cloudevents+json", b"", b""])


@pytest.mark.parametrize("pieces", [(), (b"GET /heal",), (b"GET /healthz HTTP/1.1\r\nhost: x\r\n",)])
async def test_a_head_that_never_ends_is_not_waited_for(hasty: int, pieces: tuple[bytes, ...]) -> None:
    assert await said(hasty, *pieces) == b""


async def test_a_head_that_comes_in_drops_is_not_waited_for_either(hasty: int) -> None:
    drops = [b"GET /healthz HTTP/1.1\r\n", *(b"x-%d: 1\r\n" % n for n in range(20))]
    assert await said(hasty, *drops, pause=0.05) == b""


async def test_a_body_that_comes_in_drops_is_answered_and_let_go(hasty: int) -> None:
    answer = await said(hasty, post(b"content-length: 100"), *([b" "] * 2), pause=0.1)
    assert answer.startswith(b"HTTP/1.1 408")


async def test_headers_without_end_are_cut_off(port: int) -> None:
    flood = [b"GET /healthz HTTP/1.1\r\n", *([b"x-a: " + b"a" * 8000 + b"\r\n"] * (HEAD_BYTES // 2000))]
    assert await said(port, *flood) == b""


@pytest.mark.parametrize(
    "headers",
    [
        (b"content-length: 5", b"transfer-encoding: chunked"),
        (b"content-length: 5", b"content-length: 6"),
        (b"content-length: +5",),
        (b"transfer-encoding: chunked, identity",),
        (b"content-length : 5",),
        (b"x-a: 1\x00",),
        (b"x-a: 1\r\n folded",),
    ],
)
async def test_a_request_that_could_hide_another_is_refused_and_nothing_after_it_is_read(
    port: int, headers: tuple[bytes, ...]
) -> None:
    answer = await said(port, post(*headers) + b"0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 4")
    assert answer.count(b"HTTP/1.1") == 1


async def test_no_protocol_is_upgraded_to(port: int) -> None:
    upgrade = b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n"
    assert not (await said(port, upgrade)).startswith(b"HTTP/1.1 101")


async def test_an_offer_to_speak_http2_is_ignored_and_the_body_read(port: int) -> None:
    """What Java's client sends at first on a connection without TLS, and again on the same one."""
    event = json.dumps(ping(time=datetime.now(UTC).isoformat())).encode()
    offer = (b"connection: Upgrade, HTTP2-Settings", b"http2-settings: AAEAAEAA", b"upgrade: h2c")
    first = post(*offer, b"content-length: %d" % len(event)) + event
    second = post(b"upgrade: h2c", b"connection: upgrade, close", b"content-length: %d" % len(event)) + event
    answer = await said(port, first, second, pause=0.1)
    assert answer.count(b"HTTP/1.1 202") == 2


@pytest.mark.parametrize(
    "path",
    [
        b"/../../etc/passwd",
        b"/%2e%2e/%2e%2e/etc/passwd",
        b"/static-offline-docs/..%2f..%2f..%2fpyproject.toml",
        b"/static-offline-docs/%5c..%5c..%5cpyproject.toml",
        b"//v1//events",
        b"/v1/reports/%00",
        b"/v1/reports/%ff%fe",
        b"/ping/" + KEY.encode() + b"/%00",
        b"/ping/" + KEY.encode() + b"/\xf0\x28\x8c\xbc",
        b"/" + b"a" * 8000,
        b"http://169.254.169.254/latest/meta-data/",
        "/v1/reports/ph\u1ea3n-\u00e1nh\u202e".encode(),
    ],
)
async def test_no_path_leads_out_of_the_addresses_there_are(port: int, path: bytes) -> None:
    answer = await said(port, b"GET " + path + b" HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 4")
    assert b"root:" not in answer
    assert b"[project]" not in answer
