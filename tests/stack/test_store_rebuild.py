"""`nhip rebuild`: everything is folded and counted anew, whatever was wrong with it, beside workers that go on."""

import asyncio
from datetime import timedelta
from typing import Any, LiteralString

import psycopg
import pytest

from connectors.timescale import catalogue as catalogues
from connectors.timescale import rebuild as module
from connectors.timescale.rebuild import rebuild
from streams.catalogue import Catalogue, Procedure
from streams.contracts import DOSSIERS, REPORTS
from tests.stack.store_tools import NOW, House, dossier, report

YESTERDAY = NOW - timedelta(days=1)
RECEIVED = {"received_at": YESTERDAY.isoformat()}

SPOILT: tuple[LiteralString, ...] = (
    "UPDATE nhip.cell SET n[1] = n[1] + 1",
    "DELETE FROM nhip.cell WHERE series IN (SELECT id FROM nhip.series WHERE grain = 'D')",
    "TRUNCATE nhip.cell, nhip.ahead, nhip.measure",
    "DELETE FROM nhip.series WHERE axis = 'channel'",
    "DELETE FROM nhip.code",
    "UPDATE nhip.report_state SET cells = '[]', state = 'rejected'",
    "DELETE FROM nhip.dossier_state WHERE subject = 'HS-1'",
    "INSERT INTO nhip.report_state SELECT 'PA-99', state, agency, kind, received_at, changed_at, due_at, ended_at,"
    " overdue_at, flags, cells, catalogue FROM nhip.report_state WHERE subject = 'PA-1'",
)


async def fill(house: House, begin: int, partition: int = 0) -> None:
    numbers = range(begin, begin + 20)
    await house.take(REPORTS, [report(f"PA-{n}", n, at=YESTERDAY) for n in numbers], partition)
    await house.take(DOSSIERS, [dossier(f"HS-{n}", n, at=YESTERDAY, **RECEIVED) for n in numbers], partition)
    await house.take(DOSSIERS, [dossier(f"HS-{n}", f"{n}-r", "result_ready") for n in numbers[::2]], partition)


async def rebuilt(house: House) -> dict[str, int]:
    done: dict[str, int] = {}
    await rebuild(house.pool, lambda stream, subjects: done.update({stream.name: subjects}))
    return done


async def test_whatever_was_wrong_is_as_the_events_say(plain_house: House) -> None:
    await fill(plain_house, 0)
    for spoil in SPOILT:
        plain_house.execute(spoil)
        assert plain_house.verify().differences, spoil
        assert await rebuilt(plain_house) == {"reports": 20 + (spoil is SPOILT[-1]), "dossiers": 20}
        plain_house.assert_true()


async def test_it_runs_beside_workers(plain_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 3)
    monkeypatch.setattr(module, "COUNTED_AT_ONCE", 3)
    await fill(plain_house, 0)

    async def work() -> None:
        for n in range(1, 6):
            await fill(plain_house, 20 * n, partition=1)
            more: list[Any] = [report(f"PA-{k}", f"{k}-{n}", "dispatched", agency=f"a{n}") for k in range(10)]
            await plain_house.take(REPORTS, more, partition=1)

    await asyncio.gather(rebuilt(plain_house), work())
    plain_house.assert_true()
    assert (await rebuilt(plain_house))["reports"] == 120
    plain_house.assert_true()


async def test_a_catalogue_that_reaches_into_the_past_is_applied_to_it(plain_house: House) -> None:
    await fill(plain_house, 0)
    due: LiteralString = "SELECT count(due_at)::int FROM nhip.dossier_state"
    assert plain_house.rows(due) == [(0,)], "nobody says how long an unknown procedure takes"
    long = Procedure(code="1.001193", title="Một thủ tục", field="dat-dai", online_level=4, working_days=60)
    with psycopg.connect(plain_house.url) as connection:
        catalogues.load(connection, Catalogue(name="mới", procedures=(long,)))
    plain_house.assert_true()
    assert plain_house.rows(due) == [(0,)], "states stand by the catalogue they were folded with"
    await rebuilt(plain_house)
    assert plain_house.rows(due) == [(20,)]
    plain_house.assert_true()
