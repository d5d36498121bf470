"""What publishers are told about an event they sent before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import httpx
import pytest

from connectors.gateway.keys import FixedKeys, KeyInfo
from streams.agents import Transient
from tests.unit.gateway_tools import KEY, NOW, OPERATE_KEY, Memory, client


class Place(NamedTuple):
    stream: str
    appended_at: datetime
    reason: str | None = None
    path: str | None = None
    detail: str | None = None


STORED = Place("health", NOW)
CONFLICT = Place("health", NOW, "conflict", "$", "known with other content")
INVALID = Place("reports", NOW, "invalid_data", "$.data.lat", "lat must be at most 90")


@dataclass
class Register:
    places: Sequence[Place] = ()
    away: bool = False
    asked: list[tuple[str, str, datetime | None]] = field(default_factory=list)

    async def event(self, source: str, event_id: str, at: datetime | None) -> Sequence[Place]:
        if self.away:
            raise Transient("10.0.0.1 does not answer")
        self.asked.append((source, event_id, at))
        return self.places


def asking(register: Register | None, key: str = KEY) -> httpx.AsyncClient:
    return client(Memory(), key=key, register=register)


@pytest.mark.parametrize(
    ("places", "status", "letters"),
    [
        ((), "not_seen", 0),
        ((STORED,), "stored", 0),
        ((STORED, CONFLICT), "conflict", 1),
        ((INVALID,), "dead_letter", 1),
    ],
)
async def test_the_answer_says_what_became_of_it(places: Sequence[Place], status: str, letters: int) -> None:
    async with asking(Register(places)) as http:
        answer = await http.get("/v1/events", params={"source": "app", "id": "1"})
    body = answer.json()
    assert (answer.status_code, body["status"], len(body["dead_letters"])) == (200, status, letters)
    assert (body["source"], body["id"]) == ("app", "1")


@pytest.mark.parametrize(
    ("path", "source", "event_id"),
    [
        ("app/1", "app", "1"),
        ("/hau-giang/app/1", "/hau-giang/app", "1"),
        ("%2Fhau-giang%2Fapp/a%2Fb", "/hau-giang/app", "a/b"),
        ("https://app.vn/x/%E1%BB%A9ng", "https://app.vn/x", "ứng"),
        ("%FF/%FF", "\ufffd", "\ufffd"),
    ],
)
async def test_in_the_path_the_last_segment_is_the_id(path: str, source: str, event_id: str) -> None:
    register = Register()
    async with asking(register) as http:
        assert (await http.get(f"/v1/events/{path}")).status_code == 200
    assert register.asked == [(source, event_id, None)]


async def test_a_ping_is_asked_for_with_its_time() -> None:
    register = Register()
    async with asking(register) as http:
        asked = {"source": "m", "id": "1", "time": "2026-11-23T10:00:00+07:00"}
        await http.get("/v1/events", params=asked)
        times = ("0001-01-01T00:00:00+14:00", "now")
        strange = [await http.get("/v1/events", params=asked | {"time": time}) for time in times]
    assert register.asked == [("m", "1", NOW)]
    assert [answer.status_code for answer in strange] == [422, 422]


async def test_without_the_database_the_question_waits_and_says_nothing_of_it() -> None:
    for register in (Register(away=True), None):
        async with asking(register) as http:
            answer = await http.get("/v1/events", params={"source": "m", "id": "1"})
        assert (answer.status_code, answer.json()["reason"]) == (503, "database_unavailable")
        assert "retry-after" in answer.headers
        assert "10.0.0.1" not in answer.text


async def test_a_publisher_hears_of_its_own_streams_and_a_reader_of_all() -> None:
    register = Register((INVALID,))
    pinging = FixedKeys([(KEY, KeyInfo("pings", frozenset({"publish:health"})))])
    asked = {"source": "m", "id": "1"}
    async with client(Memory(), keys=pinging, register=register) as http:
        assert (await http.get("/v1/events", params=asked)).json()["status"] == "not_seen"
    async with asking(register, OPERATE_KEY) as http:
        assert (await http.get("/v1/events", params=asked)).json()["status"] == "dead_letter"
    async with client(Memory(), key=None, register=register) as http:
        assert (await http.get("/v1/events", params=asked)).status_code == 401


@pytest.mark.parametrize(
    "query", ["", "source=a", "source=&id=1", f"source={'x' * 129}&id=1", f"source=a&id={'x' * 65}"]
)
async def test_a_question_that_names_no_event_is_told_what_is_missing(query: str) -> None:
    async with asking(Register()) as http:
        answer = await http.get(f"/v1/events?{query}")
    assert (answer.status_code, answer.json()["reason"]) == (422, "invalid_parameter")
    assert answer.headers["content-type"] == "application/problem+json"
