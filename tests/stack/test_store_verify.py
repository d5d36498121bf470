"""`verify` finds what does not follow from the events, wherever it is tampered with."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import LiteralString
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from connectors.timescale.comparison import Report
from connectors.timescale.verify import verify
from streams.contracts import DOSSIERS, HEALTH, REPORTS
from streams.health import fold
from tests.conftest import fresh_database
from tests.stack.store_tools import NOW, House, dossier, housed, maintenance, ping, report, settled

YESTERDAY = NOW - timedelta(days=1)

TAMPERED: dict[str, tuple[LiteralString, str]] = {
    "a cell": (
        "UPDATE nhip.cell SET n[1] = n[1] + 1 WHERE series = (SELECT id FROM nhip.series"
        " WHERE (vector, axis, grain) = ('reports', 'area', 'MM'))",
        "cell ",
    ),
    "a cell too many": (
        "INSERT INTO nhip.cell SELECT id, 0, '0001-01-01', '2026-01-01', 0, '{1}' FROM nhip.series"
        " WHERE (vector, axis, grain) = ('dossiers', 'agency', 'D')",
        "cell ",
    ),
    "a cell missing": (
        "DELETE FROM nhip.cell WHERE series IN (SELECT id FROM nhip.series WHERE axis = 'procedure' AND grain = 'Y')",
        "cell ",
    ),
    "a series without a name": ("UPDATE nhip.series SET id = -id WHERE vector = 'dossiers'", "cell "),
    "a code without a name": ("UPDATE nhip.code SET id = -id WHERE code = 'so-tttt'", "cell "),
    "what is to come": ("UPDATE nhip.ahead SET moment = moment + interval '1 second'", "to come "),
    "what is to come too early": ("DELETE FROM nhip.ahead", "to come "),
    "a report's state": ("UPDATE nhip.report_state SET state = 'rejected'", "report state "),
    "a report's agency": ("UPDATE nhip.report_state SET agency = 'x' WHERE subject = 'PA-1'", "report state PA-1"),
    "a dossier's due date": ("UPDATE nhip.dossier_state SET due_at = due_at + interval '1 day'", "dossier state "),
    "what a dossier counts for": ("UPDATE nhip.dossier_state SET cells = '[]'", "dossier state "),
    "a state too many": (
        "INSERT INTO nhip.report_state SELECT 'PA-9', state, agency, kind, received_at, changed_at, due_at, ended_at,"
        " overdue_at, flags, cells, catalogue FROM nhip.report_state WHERE subject = 'PA-1'",
        "report state PA-9",
    ),
    "a state missing": ("DELETE FROM nhip.dossier_state WHERE subject = 'HS-1'", "dossier state HS-1"),
    "an interval": (
        "UPDATE nhip.health_interval SET upper = upper + interval '1 second' WHERE state = 'up'",
        "intervals s",
    ),
    "an interval's state": ("UPDATE nhip.health_interval SET state = 'up' WHERE state = 'down'", "intervals s"),
    "an interval missing": ("DELETE FROM nhip.health_interval WHERE planned", "intervals s"),
    "an interval of nothing": (
        "INSERT INTO nhip.health_interval VALUES ('nobody', false, '', now(), now() + interval '1 hour', 'up')",
        "intervals nobody",
    ),
    "a day": ("UPDATE nhip.health_day SET up = up + 1 WHERE up > 0", "days s"),
    "a day missing": ("DELETE FROM nhip.health_day", "days s"),
    "a day of nothing": ("INSERT INTO nhip.health_day VALUES ('nobody', '2026-01-01', 1, 0, 0)", "days nobody"),
    "a checkpoint": (
        "UPDATE nhip.health_checkpoint SET fold = jsonb_set(fold, '{checks,default,1}', '0')",
        "checkpoint s",
    ),
    "a system's fold": ("UPDATE nhip.system_state SET fold = jsonb_set(fold, '{last}', '0')", "system state s"),
    "a system's first ping": (
        "UPDATE nhip.system_state SET first_at = first_at + interval '1 second'",
        "system times s",
    ),
    "a system's last word": (
        "UPDATE nhip.system_state SET tail = '[]'",
        "system tail s",
    ),
    "a system too many": (
        "INSERT INTO nhip.system_state SELECT 'nobody', first_at, last_at, fold, 0 FROM nhip.system_state LIMIT 1",
        "system nobody",
    ),
    "a report's event": ("DELETE FROM nhip.report_event WHERE type LIKE '%resolved'", "report state "),
    "all events of a dossier": ("DELETE FROM nhip.dossier_event WHERE subject = 'HS-2'", "dossier state HS-2"),
    "a ping": ("DELETE FROM nhip.health_event WHERE status = 'fail'", "events stored health"),
    "a repeated ping": (
        "DELETE FROM nhip.health_event WHERE time = (SELECT min(time) FROM nhip.health_event)",
        "events stored health",
    ),
    "what an event says": (
        "UPDATE nhip.report_event SET data = data || '{\"category\": \"tieng-on\"}' WHERE subject = 'PA-1'",
        "report state PA-1",
    ),
    "when an event was": ("UPDATE nhip.dossier_event SET time = time + interval '1 day'", "dossier state "),
    "a dead letter": ("DELETE FROM nhip.dead_letter", "dead letters reports"),
    "a count": ("UPDATE nhip.partition SET duplicates = duplicates + 1", "records "),
    "an indicator's terms": (
        "DELETE FROM nhip.indicator_term WHERE indicator = 'reports.processed'",
        "indicator reports.processed",
    ),
}


async def fill(url: str) -> None:
    async with housed(url) as house:
        await house.take(REPORTS, [*reports(), b"not an event", *reports()])
        await house.take(DOSSIERS, dossiers())
        for hour in range(3):
            await house.take(HEALTH, pings(hour))


def reports() -> list[dict[str, object]]:
    return [
        report("PA-1", 1, at=YESTERDAY),
        report("PA-1", 2, "dispatched", YESTERDAY + timedelta(minutes=5)),
        report("PA-1", 3, "resolved", YESTERDAY + timedelta(minutes=50)),
        report("PA-2", 4, at=YESTERDAY),
    ]


def dossiers() -> list[dict[str, object]]:
    due, received = (YESTERDAY + timedelta(days=5)).isoformat(), YESTERDAY.isoformat()
    return [
        dossier("HS-1", 1, at=YESTERDAY, received_at=received, due_at=due, online_level=4),
        dossier("HS-2", 2, at=YESTERDAY, received_at=received, due_at=received),
        dossier("HS-2", 3, "result_ready", YESTERDAY + timedelta(hours=1)),
    ]


def pings(hour: int) -> list[dict[str, object]]:
    begin = YESTERDAY + timedelta(hours=hour)
    found = [
        ping(f"s{n % 2}", f"{hour}-{n}", begin + timedelta(minutes=n // 2), "fail" if 20 <= n < 30 else "ok")
        for n in range(60)
    ]
    return [*found, maintenance("s0", f"{hour}-m", "ended" if hour % 2 else "started", begin)]


@pytest.fixture(scope="module")
def filled(embedded_server: str) -> Iterator[str]:
    """A database with something of everything that is derived, for tests to copy."""
    with fresh_database(embedded_server) as url, pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(fold, "CHECKPOINT_EVERY", 8)
        asyncio.run(fill(settled(url)))
        yield url


@pytest.fixture
def copy(filled: str, embedded_server: str) -> Iterator[str]:
    name = f"test_{uuid4().hex[:12]}"
    original = sql.Identifier(urlsplit(filled).path.lstrip("/"))
    with psycopg.connect(embedded_server, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), original))
        yield urlsplit(filled)._replace(path=f"/{name}").geturl()
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def verified(url: str) -> Report:
    with psycopg.connect(url) as connection:
        return verify(connection)


def test_nothing_differs_to_begin_with(copy: str) -> None:
    report = verified(copy)
    assert (report.differences, report.shown) == (0, [])
    assert {name for name, n in report.compared.items() if n} >= {
        *("report state", "dossier state", "cell", "indicator", "system state", "system times", "intervals", "days"),
        *("checkpoint", "events stored", "dead letters", "records"),
    }


@pytest.mark.parametrize("what", TAMPERED)
def test_what_is_tampered_with_is_found(copy: str, what: str) -> None:
    statement, found = TAMPERED[what]
    with psycopg.connect(copy) as connection:
        assert connection.execute(statement).rowcount > 0
    report = verified(copy)
    assert report.differences > 0
    assert any(line.startswith(found) for line in report.shown), report.shown


async def test_it_runs_beside_a_worker(house: House) -> None:
    """One snapshot: what is being applied meanwhile is either wholly seen or not at all."""
    stop = asyncio.Event()

    async def work() -> None:
        turn = 0
        while not stop.is_set():
            await house.take(HEALTH, [ping(f"s{n % 5}", f"{turn}-{n}", NOW) for n in range(20)])
            await house.take(
                REPORTS, [report(f"PA-{n}", f"{turn}-{n}", "status_changed", status="x") for n in range(20)]
            )
            turn += 1

    working = asyncio.create_task(work())
    for _ in range(8):
        report_ = await asyncio.to_thread(house.verify)
        assert (report_.differences, report_.shown) == (0, [])
    stop.set()
    await working
