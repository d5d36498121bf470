"""Alerts in the database: what the ticker keeps, what people do to it, and what the gateway lets through."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import psycopg
import pytest
from psycopg import AsyncConnection

from connectors.timescale import alerts
from connectors.timescale.alert_book import AlertBook, Change
from connectors.timescale.gate import Gate
from connectors.timescale.looking import Dossiers, Partitions, Reports
from streams.catalogue import Catalogue
from streams.catalogue.rules import Rule
from streams.contracts import DOSSIERS, REPORTS
from streams.contracts.types import PROVINCE_TIME
from streams.days import microseconds
from streams.people.actor import Actor
from streams.pipeline import PartitionNow
from streams.scene import Decision, Scene
from streams.words import Words
from tests.stack.nhip_tools import Installation
from tests.stack.store_tools import NOW, House, as_role, dossier, report
from tests.unit.gateway_tools import OPERATE_KEY, Memory, client

DOWN = Rule(name="system-down", kind="system_down", severity="critical", title="Ngừng", title_en="Down")
LAN = Actor("lan", "cli", "lan@desk-1")
SECOND = 1_000_000
BEGIN = microseconds(datetime.now(UTC)) - 3600 * SECOND
FAILURES = Words("web: lỗi liên tiếp", "web: failures in a row")


def system(id: str, state: str, parent: str | None = None, **data: Any) -> Decision:
    said = {"parent": parent, "measured": state, "heartbeat": BEGIN, "checks": {}}
    return Decision("system", id, state, BEGIN, FAILURES, said | data)


def scene(now: int) -> Scene:
    at = [PartitionNow("health", "nhip.health", 0, 0, now, now)]
    return Scene(now, None, Catalogue(rules=(DOWN,)), partitions=at)


@pytest.fixture
async def plain_writer(plain_house: House) -> AsyncIterator[AsyncConnection]:
    """The same on plain PostgreSQL alone."""
    async with await AsyncConnection.connect(as_role(plain_house.url, "nhip_writer"), autocommit=True) as connection:
        yield connection


@pytest.fixture
async def writer(house: House) -> AsyncIterator[AsyncConnection]:
    """The ticker's connection."""
    async with await AsyncConnection.connect(as_role(house.url, "nhip_writer"), autocommit=True) as connection:
        yield connection


async def look(writer: AsyncConnection, now: int, *decisions: Decision) -> list[Change]:
    return await looked_with(AlertBook(), writer, now, *decisions)


async def looked_with(book: AlertBook, writer: AsyncConnection, now: int, *decisions: Decision) -> list[Change]:
    """By a ticker that goes on, where `look` is by one that has just been elected."""
    async with writer.transaction():
        return (await book.keep(writer, scene(now), decisions)).changes


def standing(house: House) -> dict[str, str]:
    return dict(house.rows("SELECT labels ->> 'system', state FROM board.alert ORDER BY 1"))


def steps(house: House, system: str) -> list[str]:
    query = "SELECT step FROM board.alert_step s JOIN board.alert a ON a.id = s.alert WHERE labels ->> 'system' = %s"
    return [step for (step,) in house.rows(query + " ORDER BY number", system)]


async def test_what_is_found_is_kept_once_however_often_it_is_looked_at(house: House, writer: AsyncConnection) -> None:
    storm = [
        system("centre", "down"),
        *(system(f"s{n:02}", "unreachable", "centre", measured="down") for n in range(30)),
    ]
    assert len(await look(writer, BEGIN + SECOND, *storm)) == 31
    assert await look(writer, BEGIN + 2 * SECOND, *storm) == [], "a restart or a second look changes nothing"
    found = standing(house)
    assert found["centre"] == "firing"
    assert {found[f"s{n:02}"] for n in range(30)} == {"suppressed"}
    assert steps(house, "s00") == ["fired", "suppressed"]
    (note,) = house.rows(
        "SELECT s.note_vi, s.note FROM board.alert_step s JOIN board.alert a ON a.id = s.alert"
        " WHERE a.labels ->> 'system' = 's00' AND s.step = 'suppressed'"
    )
    assert note == ("centre ở cấp trên ngừng hoặc bảo trì", "centre above it is down or in planned work")
    await look(writer, BEGIN + 3 * SECOND)
    assert set(standing(house).values()) == {"resolved"}
    assert steps(house, "centre") == ["fired", "resolved"]


async def test_people_take_silence_and_resolve_alerts(house: House, writer: AsyncConnection) -> None:
    down = system("portal", "down")
    (((_, alert)),) = await look(writer, BEGIN, down)
    with psycopg.connect(as_role(house.url, "nhip_writer"), autocommit=True) as person:
        assert alerts.act(person, alert.id, "ack", LAN, "đang xử lý")
        assert await look(writer, BEGIN + SECOND, down) == []
        assert standing(house) == {"portal": "acknowledged"}
        assert alerts.act(person, alert.id, "silence", LAN, None, datetime.now(UTC))
        assert standing(house) == {"portal": "suppressed"}
        await look(writer, microseconds(datetime.now(UTC)) + SECOND, down)
        assert standing(house) == {"portal": "acknowledged"}, "a silence ends by itself"
        assert alerts.act(person, alert.id, "resolve", Actor("minh", "cli"), None)
        assert not alerts.act(person, alert.id, "ack", LAN, None), "it is over"
        assert standing(house) == {"portal": "resolved"}
        taken = [(step.step, step.who) for step in alerts.history(person, alert.id) if step.who]
    assert taken == [("acknowledged", "lan"), ("silenced", "lan"), ("resolved", "minh")]


async def test_the_gateway_lists_alerts_and_lets_operators_act(house: House, writer: AsyncConnection) -> None:
    for n in range(3):
        await look(writer, BEGIN + n * SECOND, *(system(f"s{k}", "down") for k in range(n + 1)))
    async with Gate(as_role(house.url, "nhip_gateway")) as gate:
        async with client(Memory(), board=gate, key=OPERATE_KEY) as http:
            first = (await http.get("/v1/alerts", params={"limit": 2})).json()
            second = (await http.get("/v1/alerts", params={"limit": 2, "cursor": first["next"]})).json()
            items = first["items"] + second["items"]
            assert sorted(item["labels"]["system"] for item in items) == ["s0", "s1", "s2"]
            assert second["next"] is None
            path = f"/v1/alerts/{items[0]['id']}"
            acked = await http.post(f"{path}/ack", json={"who": "lan", "note": "on it"})
            assert (acked.status_code, acked.json()["state"], acked.json()["acknowledged_by"]) == (
                200, "acknowledged", "lan",
            )  # fmt: skip
            assert len((await http.get("/v1/alerts", params={"state": "firing"})).json()["items"]) == 2
            assert (await http.post(f"{path}/resolve")).json()["state"] == "resolved"
            again = await http.post(f"{path}/ack")
            assert (again.status_code, again.json()["reason"]) == (409, "alert_not_open")
            bad = await http.post(f"{path}/ack", content=b"\xff", headers={"content-type": "application/json"})
            assert (bad.status_code, bad.json()["reason"]) == (422, "not_json")
            unknown = await http.post("/v1/alerts/0000000000000000/ack")
            assert (unknown.status_code, unknown.json()["reason"]) == (404, "no_such_alert")
        async with client(Memory(), board=gate) as publisher:
            assert (await publisher.get("/v1/alerts")).status_code == 403
            assert (await publisher.post(f"{path}/ack")).status_code == 403


async def test_the_ticker_sees_partitions_and_urgent_reports(house: House, writer: AsyncConnection) -> None:
    submitted = report("r1", 1, priority="urgent", lat=9.78, lon=105.47)
    await house.take(REPORTS, [submitted, b"rubbish"])
    now = microseconds(datetime.now(UTC))
    look = Partitions()
    (first,) = await look.look(writer, now)
    assert (first.stream, first.records, first.refused, first.lag, first.moved) == ("reports", 2, 1, 0, now)
    (later,) = await look.look(writer, now + SECOND)
    assert later.moved == now, "the position has not moved"
    kinds = [("urgent_report", {}), ("hot_spot", {"minutes": 60.0})]
    rules = tuple(
        Rule(name=f"r{n}", kind=kind, severity="info", title="t", title_en="t", parameters=parameters)
        for n, (kind, parameters) in enumerate(kinds)
    )
    reports = Reports()
    await reports.look(writer, Catalogue(rules=rules), now)
    assert [one.report for one in reports.unanswered] == ["r1"]
    assert [(one.report, one.lat) for one in reports.sightings] == [("r1", 9.78)]
    assert reports.unanswered[0].received_at <= NOW


async def test_the_ticker_counts_the_dossiers_of_a_digest(house: House, writer: AsyncConnection) -> None:
    monday = datetime(2026, 11, 23, 7, 15, tzinfo=PROVINCE_TIME)
    due = {"late": "2026-11-20T17:00:00+07:00", "soon": "2026-11-23T16:00:00+07:00", "far": "2026-12-23T16:00:00+07:00"}
    await house.take(
        DOSSIERS,
        [
            dossier(name, n, status=4, agency="a", received_at="2026-11-16T08:00:00+07:00", due_at=due_at)
            for n, (name, due_at) in enumerate(due.items())
        ],
    )
    rule = Rule(
        name="digest", kind="digest", severity="info", title="t", title_en="t", parameters={"at": ("07:15",)}
    )  # fmt: skip
    dossiers, province = Dossiers(), Catalogue(rules=(rule,))
    await dossiers.look(writer, province, microseconds(monday))
    (counted,) = dossiers.unfinished["digest"]
    assert (counted.agency, counted.overdue, counted.due_soon) == ("a", 1, 1)
    await dossiers.look(writer, province, microseconds(monday + timedelta(hours=2)))
    assert dossiers.unfinished == {}


async def test_a_ticker_that_goes_on_sees_what_people_do_and_writes_nothing_else(
    house: House, writer: AsyncConnection
) -> None:
    book, portal, mail = AlertBook(), system("portal", "down"), system("mail", "down")
    begun = await looked_with(book, writer, BEGIN, portal, mail)
    ids = {after.labels["system"]: after.id for _, after in begun}
    versions = "SELECT labels ->> 'system', xmin::text FROM nhip.alert ORDER BY 1"
    before = house.rows(versions)
    assert await looked_with(book, writer, BEGIN + SECOND, portal, mail) == []
    assert house.rows(versions) == before, "no row is touched by a look that finds nothing new"
    with psycopg.connect(as_role(house.url, "nhip_writer"), autocommit=True) as person:
        alerts.act(person, ids["portal"], "ack", LAN, None)
        alerts.act(person, ids["mail"], "resolve", Actor("minh", "cli"), None)
    (((_, told_of),)) = await looked_with(book, writer, BEGIN + 2 * SECOND, portal, mail)
    assert (told_of.id, told_of.told) == (ids["mail"], False), "who was told of it hears that it is over"
    assert standing(house) == {"mail": "resolved", "portal": "acknowledged"}
    over = await looked_with(book, writer, BEGIN + 3 * SECOND, mail)
    assert [(before and before.acknowledged_by, after.state.value) for before, after in over] == [("lan", "resolved")]


async def test_what_somebody_does_while_the_ticker_looks_is_not_overwritten(
    house: House, writer: AsyncConnection
) -> None:
    book, down = AlertBook(), system("portal", "down")
    (((_, alert)),) = await looked_with(book, writer, BEGIN, down)
    worse = system("portal", "down")._replace(reason=Words("web: mã 503", "web: HTTP 503"))
    with psycopg.connect(as_role(house.url, "nhip_writer"), autocommit=True) as person:
        async with writer.transaction():
            await writer.execute("UPDATE nhip.alert SET touched = false WHERE touched")
            alerts.act(person, alert.id, "ack", LAN, None)
            changes = (await book.keep(writer, scene(BEGIN + SECOND), [worse])).changes
    assert [(after.state.value, after.acknowledged_by) for _, after in changes] == [("acknowledged", "lan")]
    assert standing(house) == {"portal": "acknowledged"}


async def test_incidents_are_listed_with_the_root_first_and_its_figures(
    plain_house: House, plain_writer: AsyncConnection
) -> None:
    arrivals = [{"flow": "dossiers:online", "since": BEGIN, "n": 3, "expected": 41}]
    await look(
        plain_writer, BEGIN, system("centre", "down"), system("portal", "unreachable", "centre", measured="down")
    )
    plain_house.execute(
        "UPDATE nhip.alert SET evidence = jsonb_build_object('arrivals', %s::jsonb) WHERE state = 'firing'",
        orjson.dumps(arrivals).decode(),
    )
    command = Installation(plain_house.url, os.environ | {"NHIP_DATABASE_URL": as_role(plain_house.url, "nhip_writer")})
    (incident,) = command.answer("alerts", "incidents")
    assert (incident["root"]["labels"], incident["members"][0]["labels"]) == (
        {"system": "centre"},
        {"system": "portal"},
    )
    root, figures, member = command.run("alerts", "incidents").stdout.splitlines()
    assert "system-down centre, firing" in root
    assert "3 online dossiers of the expected 41" in figures
    assert "└" in member
