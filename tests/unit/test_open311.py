"""GeoReport v2 as its clients see it, in JSON and XML, over reports in memory."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from connectors.gateway.keys import FixedKeys, KeyInfo
from connectors.kafka.errors import BrokerUnavailable
from connectors.open311.filters import Filter
from connectors.open311.requests import Report
from streams.agents import Transient
from streams.catalogue import Catalogue
from streams.privacy import pseudonym
from tests.unit.gateway_tools import KEY, NOW, OPERATE_KEY, PSEUDONYM_KEY, Memory, client

CATALOGUE = Catalogue.model_validate_json(
    json.dumps(
        {
            "agencies": [{"code": "so-xd", "name": "Sở Xây dựng"}],
            "categories": [
                {"code": "rac", "title": "Rác thải"},
                {"code": "cu", "title": "Đã bỏ", "valid_to": "2026-01-01"},
            ],
        }
    )
)
WORDS = ("Đống rác \x0b<cũ>", "Ngõ 12", "https://a.vn/1.jpg")
PUBLIC = Report("PA-1", "published", False, "rac", "so-xd", NOW, NOW, NOW, 9.78, 105.47, *WORDS)
FRESH = Report("PA-2", "new", True, "rac", "-", NOW, NOW, None, 9.78, 105.47, None, None, None)


@dataclass
class Office:
    reports: Sequence[Report] = (PUBLIC, FRESH)
    away: bool = False
    wanted: list[Filter] = field(default_factory=list)

    async def catalogue(self) -> Catalogue:
        if self.away:
            raise Transient("10.0.0.1 is away")
        return CATALOGUE

    async def requests(self, wanted: Filter) -> Sequence[Report]:
        self.wanted.append(wanted)
        return self.reports

    async def requests_by_id(self, ids: Sequence[str]) -> Sequence[Report]:
        if self.away:
            raise Transient("10.0.0.1 is away")
        return [report for report in self.reports if report.report_id in ids]


def city(office: Office | None = None, topic: Memory | None = None, **parts: Any) -> httpx.AsyncClient:
    return client(topic or Memory(), key=None, office=office or Office(), **parts)


async def file(http: httpx.AsyncClient, **changes: str | None) -> httpx.Response:
    form = {
        "api_key": KEY,
        "service_code": "rac",
        "lat": "9.7845",
        "long": "105.47",
        "description": "Đống rác",
    } | changes
    given = {name: text for name, text in form.items() if text is not None}
    return await http.post("/open311/v2/requests.json", data=given)


async def test_services_are_the_categories_that_hold_today() -> None:
    async with city() as http:
        services = (await http.get("/open311/v2/services.json")).json()
        definition = (await http.get("/open311/v2/services/rac.json")).json()
        unknown = await http.get("/open311/v2/services/cu.json")
    assert [(one["service_code"], one["service_name"], one["type"], one["metadata"]) for one in services] == [
        ("rac", "Rác thải", "realtime", False)
    ]
    assert definition == {"service_code": "rac", "attributes": []}
    assert (unknown.status_code, unknown.json()) == (
        404,
        [{"code": "404", "description": "service_code was not found"}],
    )


async def test_requests_are_shown_with_the_names_of_the_specification() -> None:
    async with city() as http:
        public, fresh = (await http.get("/open311/v2/requests.json")).json()
    assert public == {
        "service_request_id": "PA-1",
        "status": "closed",
        "status_notes": "đã công khai",
        "service_name": "Rác thải",
        "service_code": "rac",
        "description": "Đống rác \x0b<cũ>",
        "agency_responsible": "Sở Xây dựng",
        "service_notice": None,
        "requested_datetime": NOW.isoformat(),
        "updated_datetime": NOW.isoformat(),
        "expected_datetime": NOW.isoformat(),
        "address": "Ngõ 12",
        "address_id": None,
        "zipcode": None,
        "lat": 9.78,
        "long": 105.47,
        "media_url": "https://a.vn/1.jpg",
    }
    assert (fresh["status"], fresh["status_notes"], fresh["description"]) == ("open", "mới gửi", None)


@pytest.mark.parametrize(
    ("path", "root", "item", "text"),
    [
        ("requests.xml", "service_requests", "request/service_request_id", "PA-1"),
        ("requests/PA-1.xml", "service_requests", "request/description", "Đống rác <cũ>"),
        ("services.xml", "services", "service/metadata", "false"),
        ("services/rac.xml", "service_definition", "service_code", "rac"),
        ("tokens/PA-1.xml", "service_requests", "request/token", "PA-1"),
        ("requests/none.xml", "errors", "error/description", "service_request_id was not found"),
    ],
)
async def test_xml_says_the_same(path: str, root: str, item: str, text: str) -> None:
    async with city() as http:
        answer = await http.get(f"/open311/v2/{path}")
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    tree = ElementTree.fromstring(answer.content)
    assert (tree.tag, tree.findtext(item)) == (root, text)


async def test_discovery_names_the_endpoint_in_both_formats() -> None:
    async with city() as http:
        document = (await http.get("/open311/discovery.json")).json()
        tree = ElementTree.fromstring((await http.get("/open311/discovery.xml")).content)
    (endpoint,) = document["endpoints"]
    assert (endpoint["url"], endpoint["specification"]) == (
        "http://gateway/open311/v2",
        "http://wiki.open311.org/GeoReport_v2",
    )
    assert tree.findtext("endpoints/endpoint/formats/format") == "application/json"


async def test_a_filed_report_becomes_an_event_without_the_person() -> None:
    topic = Memory()
    person = {"email": "an@thu.vn", "phone": "0912345678", "first_name": "An", "last_name": "Nguyễn"}
    async with city(topic=topic) as http:
        answer = await file(http, description="Rác, gọi 0912345678", media_url="https://a.vn/1.jpg", **person)
    ((filed),) = answer.json()
    assert answer.status_code == 201
    (record,) = topic.records
    event = json.loads(record.value)
    assert (record.topic, record.key.decode()) == ("nhip.field-reports", filed["service_request_id"])
    assert (event["type"], event["subject"], event["source"]) == (
        "vn.nhip.report.submitted",
        filed["service_request_id"],
        "open311/publish",
    )
    assert event["data"] == {
        "report_id": filed["service_request_id"],
        "channel": "app",
        "category": "rac",
        "description": "Rác, gọi [SĐT]",
        "lat": 9.7845,
        "lon": 105.47,
        "media": ["https://a.vn/1.jpg"],
        "reporter_ref": pseudonym("an@thu.vn", PSEUDONYM_KEY),
    }
    for secret in (*person.values(), KEY):
        assert secret.encode() not in record.value


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"api_key": None}, 403, "api_key"),
        ({"api_key": "wrong"}, 403, "api_key"),
        ({"api_key": OPERATE_KEY}, 403, "api_key"),
        ({"service_code": None}, 400, "service_code is required"),
        ({"service_code": "none"}, 404, "service_code was not found"),
        ({"service_code": "cu"}, 404, "service_code was not found"),
        ({"lat": None, "long": None}, 400, "address_string"),
        ({"lat": None}, 400, "address_string"),
        ({"lat": "north"}, 400, "lat is a number"),
        ({"lat": "nan", "long": "nan"}, 400, "lat is a number"),
        ({"lat": "91"}, 400, "lat"),
        ({"description": "x" * 10_001}, 400, "description"),
        ({"media_url": "x" * 2_001}, 400, "media"),
        ({"jurisdiction_id": "boston.gov"}, 404, "jurisdiction_id was not found"),
    ],
)
async def test_what_is_wrong_with_a_form_is_told_in_the_shape_of_the_specification(
    changes: dict[str, str | None], status: int, says: str
) -> None:
    topic = Memory()
    async with city(topic=topic, jurisdiction="haugiang.gov.vn") as http:
        answer = await file(http, **changes)
    ((error),) = answer.json()
    assert (answer.status_code, error["code"], topic.records) == (status, str(status), [])
    assert says in error["description"]


async def test_a_key_may_come_in_the_header_and_an_address_do_without_coordinates() -> None:
    topic = Memory()
    async with city(topic=topic) as http:
        form = {"service_code": "rac", "address_string": "Ngõ 12"}
        bearer = {"authorization": f"Bearer {KEY}"}
        assert (await http.post("/open311/v2/requests.xml", data=form, headers=bearer)).status_code == 201
    assert json.loads(topic.records[0].value)["data"]["address"] == "Ngõ 12"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"first": NOW - timedelta(days=90), "last": NOW, "codes": None, "open": None, "skip": 0, "most": 1000}),
        ({"status": "open"}, {"open": True}),
        ({"status": "closed,open"}, {"open": None}),
        ({"service_code": "rac, den"}, {"codes": ["rac", "den"]}),
        ({"start_date": "2026-01-01T00:00:00Z"}, {"last": datetime(2026, 4, 1, tzinfo=UTC)}),
        ({"end_date": "2026-04-01T00:00:00Z"}, {"first": datetime(2026, 1, 1, tzinfo=UTC)}),
        ({"updated_after": "2026-11-23T10:00:00+07:00"}, {"updated_after": NOW}),
        ({"page": "3", "page_size": "50"}, {"skip": 100, "most": 50}),
    ],
)
async def test_filters_are_understood(query: dict[str, str], expected: dict[str, Any]) -> None:
    office = Office()
    async with city(office) as http:
        assert (await http.get("/open311/v2/requests.json", params=query)).status_code == 200
    (wanted,) = office.wanted
    assert {name: value for name, value in wanted._asdict().items() if name in expected} == expected


@pytest.mark.parametrize(
    "query",
    [{"status": "opened"}, {"start_date": "yesterday"}, {"end_date": '1"'}, {"page": "0"},
     {"page_size": "1001"}, {"page": "²"},
     {"start_date": "0001-01-01T00:00:00Z"}, {"service_request_id": ",".join(["a"] * 1001)}],
)  # fmt: skip
async def test_a_filter_that_says_nothing_is_named(query: dict[str, str]) -> None:
    async with city() as http:
        answer = await http.get("/open311/v2/requests.json", params=query)
    assert answer.status_code == 400
    assert next(iter(query)) in answer.json()[0]["description"]


async def test_ids_override_every_other_filter() -> None:
    office = Office()
    async with city(office) as http:
        query = {"service_request_id": "PA-2,PA-9", "status": "closed"}
        found = (await http.get("/open311/v2/requests.json", params=query)).json()
    assert ([one["service_request_id"] for one in found], office.wanted) == (["PA-2"], [])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("DELETE", "requests.json", 405),
        ("POST", "services.json", 405),
        ("PUT", "requests/PA-1.json", 405),
        ("GET", "requests.csv", 404),
        ("GET", "requests/none.json", 404),
        ("GET", "requests.json?jurisdiction_id=boston.gov", 404),
    ],
)
async def test_wrong_methods_formats_and_names_are_errors_of_that_shape(method: str, path: str, status: int) -> None:
    async with city(jurisdiction="haugiang.gov.vn") as http:
        answer = await http.request(method, f"/open311/v2/{path}")
    assert answer.status_code == status
    if "csv" in path:
        assert ElementTree.fromstring(answer.content).findtext("error/code") == str(status)
    else:
        assert answer.json()[0]["code"] == str(status)
    assert ("allow" in answer.headers) == (status == 405)


async def test_forms_of_other_kinds_are_refused() -> None:
    async with city() as http:
        pictures = await http.post("/open311/v2/requests.json", files={"media": b"x"}, data={"api_key": KEY})
        many = await http.post("/open311/v2/requests.json", data={f"f{n}": "1" for n in range(101)})
        large = await http.post("/open311/v2/requests.json", data={"description": "x" * 262_144})
    assert [answer.status_code for answer in (pictures, many, large)] == [400, 400, 413]


async def test_what_is_away_is_told_without_names() -> None:
    async with city(Office(away=True)) as http:
        away = [await http.get("/open311/v2/services.json"), await http.get("/open311/v2/requests/PA-1.json")]
    async with city(topic=Memory(outcome=BrokerUnavailable("10.0.0.1"))) as http:
        away.append(await file(http))
    assert [answer.status_code for answer in away] == [503, 503, 503]
    assert all("retry-after" in answer.headers and "10.0.0.1" not in answer.text for answer in away)


async def test_a_report_of_a_sandbox_key_goes_nowhere() -> None:
    topic = Memory()
    keys = FixedKeys([(KEY, KeyInfo("try", frozenset({"publish:reports"}), sandbox=True))])
    async with city(topic=topic, keys=keys) as http:
        assert (await file(http)).status_code == 201
    assert topic.records == []
