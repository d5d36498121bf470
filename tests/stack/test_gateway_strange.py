"""Ids that no database holds, asked of a gateway with a real one: not found, or refused, and never an error inside."""

from urllib.parse import quote

from connectors.gateway.keys import FixedKeys, KeyInfo
from connectors.timescale.answers import Answers
from connectors.timescale.gate import Gate
from tests.stack.store_tools import House, as_role
from tests.unit.gateway_tools import KEY, Memory, client

ALL = FixedKeys([(KEY, KeyInfo("all", frozenset({"publish", "read", "operate"})))])
STRANGE = ["\0", "a\0b", "' OR 1=1 --", "\u202e", "x" * 3000, "%s", "\ud7ff", "{}", "NULL"]
ADDRESSES = [
    "/v1/reports/{}", "/v1/dossiers/{}", "/v1/systems/{}", "/v1/alerts/{}", "/v1/events/a/{}", "/v1/catalogue/{}",
    "/v1/events?source={}&id=1", "/v1/events?source=a&id={}", "/v1/kpis/{}?from=2026-01-01&to=2026-02-01",
    "/v1/reports?agency={}", "/v1/dossiers?state={}", "/v1/alerts?after={}", "/open311/v2/requests/{}.json",
    "/open311/v2/requests.json?service_request_id={}", "/open311/v2/requests.json?service_code={}",
]  # fmt: skip


async def test_a_strange_id_is_no_error_of_ours(plain_house: House) -> None:
    url = as_role(plain_house.url, "nhip_gateway")
    answers = Answers(url)
    async with Gate(url) as gate:
        parts = {"register": gate, "board": gate, "office": gate, "answers": answers, "archive": gate}
        async with client(Memory(), keys=ALL, **parts) as http:
            asked = [address.format(quote(strange, safe="")) for address in ADDRESSES for strange in STRANGE]
            found = {path: (await http.get(path)).status_code for path in asked}
    answers.close()
    assert {path: status for path, status in found.items() if status not in (200, 400, 404, 422)} == {}


async def test_strange_ids_in_messages_are_no_errors_of_ours(plain_house: House) -> None:
    async with Gate(as_role(plain_house.url, "nhip_gateway")) as gate, client(Memory(), archive=gate) as http:
        record = {"MaTTHC": "1", "DonViXuLy": "so-xd", "TrangThaiHoSo": "2", "NgayTiepNhan": "20261102080000"}
        told = [{**record, "MaHoSo": strange} for strange in STRANGE]
        answer = await http.post("/v1/one-stop", json={"service": "DongBoHoSoMC", "data": told})
    assert answer.status_code in (202, 207), answer.text
