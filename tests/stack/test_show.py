"""`nhip show`: one subject, its events and what was made of them."""

import os
from datetime import timedelta
from typing import Any

import psycopg

from connectors.timescale.catalogue import load
from streams.catalogue import Catalogue, Category
from streams.contracts import DOSSIERS, HEALTH, REPORTS
from tests.stack.nhip_tools import Installation
from tests.stack.store_tools import NOW, House, as_role, dossier, maintenance, ping, report


def of(house: House) -> Installation:
    return Installation(house.url, os.environ | {"NHIP_DATABASE_URL": as_role(house.url, "nhip_writer")})


def moment(days: float) -> str:
    return (NOW + timedelta(days)).isoformat()


async def test_a_dossier_is_shown_with_its_events_and_states(plain_house: House) -> None:
    begun = dossier("HS-1", 1, at=NOW - timedelta(3), received_at=moment(-3), due_at=moment(-1))
    ended = dossier("HS-1", 2, "result_ready", NOW)
    await plain_house.take(DOSSIERS, [ended, begun])
    shown: dict[str, Any] = of(plain_house).answer("show", "dossier", "HS-1")
    assert shown["dossier"] == "HS-1"
    assert [(event["type"], event["position"]) for event in shown["events"]] == [
        ("upserted", "dossiers/0/1"),
        ("result_ready", "dossiers/0/0"),
    ]
    assert [state["status"] for state in shown["states"]] == [2, 9]
    assert [row["by"] for row in shown["verdicts"]] == ["nhip", "qd766", "portal"]
    assert [row["verdict"] for row in shown["verdicts"]] == ["late", "late", "open"]
    assert [(change["before"], change["cause"]) for change in shown["due_history"]] == [(None, "upstream")]
    assert shown["flags"] == ["unusual_edge"]
    printed = of(plain_house).run("show", "dossier", "HS-1").stdout
    assert "result_ready" in printed
    assert "so-tttt" in printed


async def test_a_report_is_shown_with_its_clocks_and_every_state_from_when_to_when(plain_house: House) -> None:
    begun, dispatched = NOW - timedelta(3), NOW - timedelta(2)
    life = [
        report("PA-1", 1, at=begun),
        report("PA-1", 2, "dispatched", dispatched, due_at=moment(-1)),
        report("PA-1", 3, "returned_by_agency", NOW - timedelta(0.5)),
        report("PA-1", 4, "redispatched", NOW - timedelta(0.25), agency="ubnd", due_at=moment(5)),
    ]
    await plain_house.take(REPORTS, life)
    shown: dict[str, Any] = of(plain_house).answer("show", "report", "PA-1")
    assert [(c["clock"], c["agency"], c["due_by"], c["late"]) for c in shown["clocks"]] == [
        ("citizen", None, "upstream", True),
        ("agency", "so-gtvt", "upstream", True),
        ("agency", "ubnd", "upstream", False),
    ]
    late = [state["state"] for state in shown["states"] if state["overdue"]]
    assert late == ["dispatched", "returned", "dispatched"]
    assert [state["until"] for state in shown["states"]] == [state["from"] for state in shown["states"][1:]] + [None]
    assert (shown["hand_backs"], len(shown["events"])) == (1, 4)


async def test_what_is_not_there_is_said_and_the_answer_is_no(plain_house: House) -> None:
    done = of(plain_house).run("show", "dossier", "HS-0", "--json")
    assert (done.returncode, done.stdout, "HS-0" in done.stderr) == (1, "", True)
    assert of(plain_house).run("show", "mood", "HS-1").returncode == 2


async def test_a_system_is_shown_with_what_its_checks_were_from_when_to_when(plain_house: House) -> None:
    begun = NOW - timedelta(hours=1)
    statuses = ["ok"] * 5 + ["fail"] * 5 + ["ok"] * 5
    pings = [ping("lgsp", n, begun + timedelta(minutes=n), status) for n, status in enumerate(statuses)]
    await plain_house.take(HEALTH, [*pings, maintenance("lgsp", "m", "started", begun + timedelta(minutes=20))])
    shown: dict[str, Any] = of(plain_house).answer("show", "system", "lgsp")
    assert [(one["check"], one["state"], one["by"]) for one in shown["history"]] == [
        ("default", "up", "pings"),
        ("default", "down", "pings"),
        ("default", "up", "pings"),
        ("default", "unobserved", "silence"),
    ]
    assert [one["seconds"] for one in shown["outages"]] == [300]
    assert [(one["check"], one["to"]) for one in shown["maintenance"]] == [("all", None)]
    assert (len(shown["events"]), shown["uptime"]) == (16, "68,75 %")
    assert of(plain_house).run("show", "system", "nobody").returncode == 1


async def test_a_report_is_shown_with_the_catalogue_that_its_figures_were_made_with(plain_house: House) -> None:
    await plain_house.take(REPORTS, [report("PA-1", 1)])
    before = of(plain_house).answer("show", "report", "PA-1")["clocks"][0]["due_at"]
    quicker = Catalogue(name="quicker", categories=(Category(code="rac-thai", title="Rác thải", resolve=1),))
    with psycopg.connect(plain_house.url) as connection:
        load(connection, quicker)
    assert of(plain_house).answer("show", "report", "PA-1")["clocks"][0]["due_at"] == before
    await plain_house.take(REPORTS, [report("PA-1", 2, "accepted", NOW)])
    assert of(plain_house).answer("show", "report", "PA-1")["clocks"][0]["due_at"] < before
