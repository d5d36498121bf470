"""Subjects over HTTP: who sees which, in pages, and not twice what has not changed."""

from datetime import date, datetime
from typing import Any

import httpx
import pytest

from connectors.gateway.keys import FixedKeys, KeyInfo
from connectors.timescale.alerts import After, Alert
from streams.catalogue import Catalogue
from streams.errors import WrongUse
from streams.open_data import MEASURES, Month, Release, dimensions, release
from tests.unit.gateway_tools import KEY, NOW, OPERATE_KEY, Memory, client

Page = tuple[list[dict[str, Any]], str | None]


class Answers:
    """Knows one report, dossier and system each, called A/1, with so-yt; remembers what it was asked."""

    def __init__(self, state: str = "new") -> None:
        self.state = state
        self.asked: list[tuple[Any, ...]] = []

    def subject(self, *asked: Any) -> dict[str, Any] | None:
        self.asked.append(asked)
        _, id, agencies, _, _, cursor = asked
        if cursor == "wrong":
            raise WrongUse("cursor: give `next` of the page before")
        seen = id == "A/1" and (agencies is None or "so-yt" in agencies)
        clocks = [{"ran_s": len(self.asked), "due_at": NOW}]
        return {"state": self.state, "clocks": clocks, "events": [], "next": None} if seen else None

    def subjects(self, *asked: Any) -> Page:
        self.asked.append(asked)
        return [{"id": "A/1", "state": self.state}], "A/1"

    def figures(self, *_: Any, **__: Any) -> list[dict[str, Any]]:
        return [{"numerator": 1, "as_of": NOW, "data_age_s": len(self.asked)}]

    def index(self, *_: Any) -> list[dict[str, Any]]:
        return [{"name": "qd766", "value": 22.0}]

    def behind(self, *_: Any) -> Page:
        return [{"subject": "A/1", "n": 1}], None

    def form(self, *_: Any) -> dict[str, Any]:
        return {"rows": []}

    def brief(self, *_: Any) -> dict[str, Any]:
        return {"figures": []}

    def open_data(self, stream: str, month: Month, _: datetime) -> tuple[Release, Catalogue]:
        cells = {
            (day, one.name): {name: {} for name in dimensions(stream)} for day in month.days for one in MEASURES[stream]
        }
        return release(stream, month, dict.fromkeys(dimensions(stream), ()), cells), Catalogue.default()


class Board:
    """One alert of so-yt and one of a system."""

    ALERTS = tuple(
        Alert(f"{n:016x}", "rule", labels, "warning", "firing", NOW, "", "", {}, 1, 0, *[None] * 7)
        for n, labels in enumerate(({"agency": "so-yt"}, {"system": "lgsp"}))
    )

    async def alerts(
        self, states: list[str] | None, agencies: list[str] | None, after: After | None, most: int
    ) -> list[Alert]:
        return [one for one in self.ALERTS if agencies is None or one.labels.get("agency") in agencies]

    async def alert(self, id: str) -> Alert | None:
        return next((one for one in self.ALERTS if one.id == id), None)

    async def act(self, *_: Any) -> bool:
        return True


def limited(*agencies: str) -> FixedKeys:
    return FixedKeys([(KEY, KeyInfo("k", frozenset({"read", "operate"}), frozenset(agencies)))])


def reading(answers: Answers, **more: Any) -> httpx.AsyncClient:
    return client(Memory(), key=more.pop("key", OPERATE_KEY), answers=answers, **more)


@pytest.mark.parametrize("kind", ["reports", "dossiers", "systems"])
async def test_a_subject_is_found_by_its_id_even_one_with_a_slash(kind: str) -> None:
    answers = Answers()
    async with reading(answers) as http:
        found = await http.get(f"/v1/{kind}/A%2F1?limit=7&cursor=c")
        missing = await http.get(f"/v1/{kind}/A-1")
    assert (found.status_code, found.json()["state"], found.json()["next"]) == (200, "new", None)
    assert (answers.asked[0][0], answers.asked[0][1], answers.asked[0][4:]) == (kind, "A/1", (7, "c"))
    assert (missing.status_code, missing.json()["reason"]) == (404, "no_such_subject")
    assert missing.headers["content-type"] == "application/problem+json"


async def test_a_system_is_told_of_for_thirty_days_or_from_a_day_that_lies_in_the_past() -> None:
    answers = Answers()
    async with reading(answers) as http:
        for query in ("", "?from=2026-01-02", "?from=0001-01-01", "?from=9999-12-31"):
            assert (await http.get(f"/v1/systems/A%2F1{query}")).status_code == 200
    days = [date(2026, 10, 24), date(2026, 1, 2), date(1900, 1, 1), date(2026, 11, 23)]
    assert [asked[3] for asked in answers.asked] == days


async def test_lists_are_by_agency_and_state_in_pages() -> None:
    answers = Answers()
    async with reading(answers) as http:
        found = await http.get("/v1/dossiers?agency=so-xd&state=4&limit=1&cursor=A%2F0")
    assert found.json() == {"items": [{"id": "A/1", "state": "new"}], "next": "A/1"}
    assert answers.asked == [("dossiers", frozenset({"so-xd"}), "4", 1, "A/0")]


async def test_what_has_not_changed_is_not_sent_again_though_time_passes() -> None:
    for path in ("/v1/reports/A%2F1", "/v1/reports", "/v1/systems", "/v1/kpis/reports.open", "/v1/kpis"):
        answers = Answers()
        async with reading(answers) as http:
            first = await http.get(path)
            tag = first.headers["etag"]
            for named in (tag, f'"x", {tag}', "*", tag.removeprefix("W/")):
                again = await http.get(path, headers={"if-none-match": named})
                assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
            assert (await http.get(path, headers={"if-none-match": '"x"'})).status_code == 200
    async with reading(Answers("resolved")) as http:
        assert (await http.get("/v1/reports", headers={"if-none-match": tag})).status_code == 200


async def test_a_limited_key_sees_what_stands_with_its_agencies_and_learns_of_nothing_else() -> None:
    answers = Answers()
    async with reading(answers, key=KEY, keys=limited("so-xd")) as http:
        hidden, unknown = await http.get("/v1/dossiers/A%2F1"), await http.get("/v1/dossiers/B%2F1")
        assert (hidden.status_code, unknown.status_code) == (404, 404)
        assert hidden.json()["detail"].replace("A/1", "B/1") == unknown.json()["detail"]
        assert (await http.get("/v1/reports?agency=so-yt")).status_code == 403
        assert (await http.get("/v1/reports")).status_code == 200
        for path in ("/v1/systems", "/v1/systems/A%2F1", "/v1/forms/dossiers?period=2026", "/v1/brief?day=2026-11-22"):
            assert (await http.get(path)).status_code == 403
    assert answers.asked[-1][:2] == ("reports", frozenset({"so-xd"}))
    async with reading(answers, key=KEY, keys=limited("so-yt")) as http:
        assert (await http.get("/v1/dossiers/A%2F1")).status_code == 200


async def test_a_limited_key_reads_figures_of_its_agencies_alone() -> None:
    async with reading(Answers(), key=KEY, keys=limited("so-yt")) as http:
        for path in ("/v1/kpis/reports.open", "/v1/kpis/reports.open/events", "/v1/kpis/health.uptime"):
            assert (await http.get(path)).status_code == 403
        assert (await http.get("/v1/kpis/reports.open?where=agency%3Dso-xd")).status_code == 403
        assert (await http.get("/v1/kpis/reports.open?where=agency%3Dso-yt")).status_code == 200


async def test_a_limited_key_knows_of_no_alert_of_others_and_cannot_act_on_it() -> None:
    async with reading(Answers(), key=KEY, keys=limited("so-yt"), board=Board()) as http:
        assert [alert["id"] for alert in (await http.get("/v1/alerts")).json()["items"]] == [f"{0:016x}"]
        answers = [(await http.get(f"/v1/alerts/{n:016x}")).status_code for n in range(2)]
        answers += [(await http.post(f"/v1/alerts/{n:016x}/ack")).status_code for n in range(2)]
    assert answers == [200, 404, 200, 404]


@pytest.mark.parametrize("path", ["/v1/reports", "/v1/dossiers/A%2F1", "/v1/systems", "/v1/systems/A%2F1"])
async def test_without_a_key_that_reads_or_a_database_nothing_is_told(path: str) -> None:
    async with reading(Answers(), key=KEY) as http:
        assert (await http.get(path)).status_code == 403
        assert (await http.get(path, headers={"authorization": "Bearer nobody"})).status_code == 401
    async with client(Memory(), key=OPERATE_KEY) as http:
        assert (await http.get(path)).status_code == 503


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", f"cursor={'x' * 257}", "limit=one"])
async def test_a_page_that_cannot_be_is_refused(query: str) -> None:
    async with reading(Answers()) as http:
        assert (await http.get(f"/v1/reports/A%2F1?{query}")).status_code == 422


async def test_a_cursor_that_no_page_gave_is_refused() -> None:
    async with reading(Answers(), board=Board()) as http:
        for path in ("/v1/reports/A%2F1?cursor=wrong", "/v1/alerts?cursor=wrong", "/v1/alerts?cursor=2026-13~0"):
            assert (await http.get(path)).json()["reason"] == "invalid_parameter"


async def test_the_document_says_of_each_reading_how_it_is_asked_again_and_refused() -> None:
    async with reading(Answers()) as http:
        paths = (await http.get("/openapi.json")).json()["paths"]
    for path in ("/v1/reports/{id}", "/v1/dossiers/{id}", "/v1/systems/{id}", "/v1/kpis/{name}", "/v1/alerts/{id}"):
        found = paths[path]["get"]
        assert {"200", "304", "401", "403", "404", "422", "503"} <= found["responses"].keys()
        assert "If-None-Match" in [parameter["name"] for parameter in found["parameters"]]
    assert {"304", "422", "429", "503"} <= paths["/open-data/{dataset}.{format}"]["get"]["responses"].keys()
    assert "security" not in paths["/open-data/"]["get"]
