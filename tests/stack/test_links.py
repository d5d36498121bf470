"""One-time links from the message to the audit: a scanner's look does nothing, a click acts once."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from psycopg import AsyncConnection

from connectors.gateway.app import make_app
from connectors.gateway.keys import settings_keys
from connectors.gateway.options import GatewayOptions
from connectors.timescale.alert_book import AlertBook
from connectors.timescale.gate import Gate
from connectors.timescale.outbox import Addresses, Outbox
from streams.days import microseconds
from tests.stack.store_tools import House, as_role
from tests.stack.test_alerts import scene, system
from tests.unit.gateway_tools import KEY, Memory, Ready

SECRET = b"s" * 32


@dataclass
class Desk:
    """A gateway whose clock can be turned, and the links that were put into messages."""

    http: httpx.AsyncClient
    house: House
    ticker: AsyncConnection
    book: AlertBook
    outbox: Outbox
    now: datetime

    async def look(self, *down: str) -> None:
        at = microseconds(self.now)
        async with self.ticker.transaction():
            looked = await self.book.keep(self.ticker, scene(at), [system(name, "down") for name in down])
            await self.outbox.fill(self.ticker, scene(at), looked)

    def link(self, system: str) -> str:
        ((text,),) = self.house.rows(
            "SELECT body #>> '{message,vi,text}' FROM nhip.outbox"
            " WHERE notice = 'firing' AND body #>> '{alert,labels,system}' = %s ORDER BY created_at DESC LIMIT 1",
            system,
        )
        found = re.search(r"Nhận xử lý: http://gateway(/act/\S+)", text)
        assert found is not None, text
        return found[1]

    def steps(self) -> list[tuple[str, str | None]]:
        return self.house.rows("SELECT step, who FROM board.alert_step ORDER BY number")


@pytest.fixture
async def desk(plain_house: House) -> AsyncIterator[Desk]:
    house, now = plain_house, datetime.now(UTC)
    async with (
        Gate(as_role(house.url, "nhip_gateway")) as gate,
        await AsyncConnection.connect(as_role(house.url, "nhip_writer"), autocommit=True) as ticker,
    ):
        options = GatewayOptions("127.0.0.1", 1, ("nowhere:9",), "nhip.", b"p" * 32, link_key=SECRET)
        app = make_app(options, settings_keys(KEY, None), Memory(), Ready(), board=gate, clock=lambda: desk.now)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as http:
            outbox = Outbox(["webhook"], Addresses("http://board/", "http://gateway/act/", SECRET))
            desk = Desk(http, house, ticker, AlertBook(), outbox, now)
            yield desk


async def test_a_look_at_a_link_does_nothing_and_a_click_acknowledges_once(desk: Desk) -> None:
    await desk.look("portal")
    link = desk.link("portal")
    for _ in range(3):
        seen = await desk.http.get(link, headers={"accept-language": "vi"})
        assert (seen.status_code, seen.headers["cache-control"]) == (200, "no-store")
        assert "Nhận xử lý cảnh báo này?" in seen.text
        assert "portal" in seen.text
    assert (await desk.http.head(link)).status_code == 405
    assert desk.steps() == [("fired", None)]
    taken = await desk.http.post(link, headers={"accept-language": "en"})
    assert (taken.status_code, "Noted: you are on it." in taken.text) == (200, True)
    assert desk.house.rows("SELECT state, acknowledged_by FROM board.alert") == [("acknowledged", "webhook")]
    again = await desk.http.post(link)
    assert (again.status_code, "đã được dùng" in again.text) == (410, True)
    assert desk.steps() == [("fired", None), ("acknowledged", "webhook")]
    ((note,),) = desk.house.rows("SELECT note FROM board.alert_step WHERE step = 'acknowledged'")
    assert note.startswith("✉ ")


async def test_a_link_runs_out_and_one_that_was_changed_is_none(desk: Desk) -> None:
    await desk.look("portal")
    link = desk.link("portal")
    assert (await desk.http.post(link[:-2])).status_code == 404
    assert (await desk.http.get("/act/nonsense")).status_code == 404
    desk.now += timedelta(hours=24)
    for answer in (await desk.http.get(link), await desk.http.post(link)):
        assert (answer.status_code, "hết hạn" in answer.text) == (410, True)
    assert desk.steps() == [("fired", None)]


async def test_a_link_is_bound_to_its_alert_and_episode(desk: Desk) -> None:
    await desk.look("portal", "mail")
    old = desk.link("portal")
    assert (await desk.http.post(old)).status_code == 200
    assert desk.house.rows("SELECT labels ->> 'system', state FROM board.alert ORDER BY 1") == [
        ("mail", "firing"),
        ("portal", "acknowledged"),
    ]
    other = desk.link("mail")
    await desk.look("portal")
    assert (await desk.http.get(other)).status_code == 409
    assert (await desk.http.post(other)).status_code == 409, "it is over"
    desk.now += timedelta(hours=1)
    await desk.look("portal", "mail")
    assert (await desk.http.post(other)).status_code == 409, "another episode has a link of its own"
    assert (await desk.http.post(desk.link("mail"))).status_code == 200


async def test_a_gateway_without_the_key_knows_no_links(plain_house: House) -> None:
    options = GatewayOptions("127.0.0.1", 1, ("nowhere:9",), "nhip.", b"p" * 32)
    async with Gate(as_role(plain_house.url, "nhip_gateway")) as gate:
        app = make_app(options, settings_keys(KEY, None), Memory(), Ready(), board=gate)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as http:
            assert (await http.get("/act/x.y")).status_code == 404
