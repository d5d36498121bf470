"""The form people sign, from events: rows balance, a closed one keeps its figures, and the ledger says the rest."""

import json
import zipfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import AsyncConnection

from connectors.form import page, workbook
from connectors.form.sheet import Sheet
from connectors.timescale import form, restatements
from connectors.timescale.answers import Answers
from connectors.timescale.form import AlreadyClosed, AlreadySigned, Form, NotClosed, NotYet
from nhip.simulator import generate, records
from streams.catalogue import Catalogue
from streams.contracts import DOSSIERS
from streams.days import civil_day, day_start
from streams.flows import Cell
from streams.form import Row, total
from streams.periods import Period, period
from tests.stack.store_tools import NOW, House, as_role, dossier

DAY = timedelta(days=1)
TODAY = day_start(civil_day(NOW))
LAST_WEEK = Period("last week", civil_day(TODAY - 7 * DAY), civil_day(TODAY))


def read(house: House, asked: Period = LAST_WEEK) -> Form:
    with psycopg.connect(house.url) as connection:
        return form.read(connection, asked)


def close(house: House, asked: Period = LAST_WEEK) -> None:
    with psycopg.connect(house.url) as connection:
        form.close(connection, asked, "Nguyễn Văn A")


def received(subject: str, number: int, at: datetime, due: datetime, **data: object) -> dict[str, object]:
    return dossier(subject, number, at=at, received_at=at.isoformat(), due_at=due.isoformat(), **data)


async def test_rows_of_a_simulated_week_balance_and_every_dossier_is_in_one(plain_house: House) -> None:
    start, rate = TODAY - 9 * DAY, 4000 / (8.5 * 86_400)
    sent = records(generate(5, start, rate, 4000), start.timestamp(), rate)
    topic = DOSSIERS.topic
    await plain_house.take(DOSSIERS, [record.value for record in sent if record.topic == topic])
    rows = read(plain_house).now
    assert len({row.key for row in rows}) == len(rows) > 5
    assert all(row.total == row.settled + row.being_settled for row in rows)
    assert total(rows).moved == 0
    assert total(rows).carried_over > 0
    assert total(rows).settled > 0
    plain_house.assert_true()


async def test_a_closed_period_keeps_its_figures_and_shows_both(house: House) -> None:
    at, due = TODAY - 5 * DAY, TODAY - 2 * DAY
    await house.take(DOSSIERS, [received(f"HS-{n}", n, at, due, channel="online") for n in range(3)])
    close(house)
    before = read(house)
    assert (before.state, before.differences, list(before.restatements)) == ("closed", [], [])
    late = dossier("HS-1", 11, "result_ready", TODAY - 3 * DAY)
    await house.take(DOSSIERS, [late, dossier("HS-2", 12, "note", NOW) | {"type": "vn.nhip.dossier.rated",
                     "data": {"rating": 5}}])  # fmt: skip
    after = read(house)
    assert after.closed == before.now
    assert {(d.column, d.closed, d.now) for d in after.differences} == {("overdue", 3, 2), ("early", 0, 1)}
    assert {line.subject for line in after.restatements} == {"HS-1"}
    assert {line.cause for line in after.restatements} == {f"{late['type']} {late['id']} of {late['source']}"}
    house.assert_true()


async def test_the_ledger_explains_every_difference(plain_house: House) -> None:
    """Closed figures plus what the ledger says are the figures of today."""
    at = TODAY - 6 * DAY
    await plain_house.take(DOSSIERS, [received(f"HS-{n}", n, at, TODAY - n % 5 * DAY) for n in range(20)])
    close(plain_house)
    late = [dossier(f"HS-{n}", 100 + n, "result_ready", TODAY - n % 4 * DAY - timedelta(hours=3)) for n in range(9)]
    late += [received(f"HS-{n}", n, at + DAY, TODAY) for n in range(30, 34)]
    await plain_house.take(DOSSIERS, late)
    found = read(plain_house)
    ledger = Counter[str]()
    for line in found.restatements:
        ledger[line.measure] += line.new - line.old
    was, now = total(found.closed or ()), total(found.now)
    assert ledger["dossiers.received"] == now.received - was.received == 4
    assert ledger["dossiers.finished"] == now.settled - was.settled == 9
    assert ledger["dossiers.open"] == now.being_settled - was.being_settled == -5
    assert ledger["dossiers.overdue"] == now.overdue - was.overdue


async def test_a_batch_that_began_before_the_closing_and_looked_after_it_is_in_the_ledger(plain_house: House) -> None:
    cell = Cell("dossiers.received", ("so-y-te", "dat-dai", "1.001193", "online"), None, LAST_WEEK.first)
    async with await AsyncConnection.connect(plain_house.url) as batch, batch.cursor() as cursor:
        await cursor.execute("SELECT now()")
        close(plain_house)
        closed = await restatements.closed_until(cursor)
        assert closed == LAST_WEEK.past
        await restatements.restate(cursor, closed, {"HS-1": ({}, {cell: 1})}, lambda _: "late")
    assert [(line.subject, line.new) for line in read(plain_house).restatements] == [("HS-1", 1)]


async def test_a_form_goes_from_draft_to_closed_to_signed(plain_house: House) -> None:
    await plain_house.take(DOSSIERS, [received("HS-1", 1, TODAY - DAY, TODAY)])
    assert read(plain_house).state == "draft"
    with psycopg.connect(plain_house.url) as connection:
        with pytest.raises(NotClosed):
            form.sign(connection, LAST_WEEK, "B")
        form.close(connection, LAST_WEEK, "A")
        with pytest.raises(AlreadyClosed):
            form.close(connection, LAST_WEEK, "A")
        form.sign(connection, LAST_WEEK, "B")
        with pytest.raises(AlreadySigned):
            form.sign(connection, LAST_WEEK, "C")
        with pytest.raises(NotYet, match="ends on"):
            form.close(connection, Period("this week", civil_day(TODAY), civil_day(TODAY + 7 * DAY)), "A")
    signed = read(plain_house)
    assert (signed.state, signed.closed_by, signed.signed_by) == ("signed", "A", "B")


async def test_files_say_what_the_form_says(plain_house: House, tmp_path: Path) -> None:
    await plain_house.take(
        DOSSIERS, [received(f"HS-{n}", n, TODAY - DAY, TODAY, agency="<b>sở</b>", field="đất-đai") for n in range(1234)]
    )
    close(plain_house)
    for language in ("vi", "en"):
        sheet = Sheet(read(plain_house), Catalogue.default(), language)
        html = page.render(sheet)
        assert "&lt;b&gt;sở&lt;/b&gt;" in html
        assert "<b>sở" not in html
        assert ">1.234</td>" in html
        assert "nhip kpi dossiers.received --from" in html
        workbook.write(sheet, tmp_path / "form.xlsx")
        with zipfile.ZipFile(tmp_path / "form.xlsx") as archive:
            assert b"<v>1234</v>" in archive.read("xl/worksheets/sheet1.xml")
            assert "đất-đai" in archive.read("xl/sharedStrings.xml").decode()
        document = json.loads(json.dumps(sheet.form.as_json(), default=str))
        assert document["total"]["received"] == document["closed"][0]["received"] == 1234


async def test_the_gateway_reads_the_form_as_its_own_role(plain_house: House) -> None:
    await plain_house.take(DOSSIERS, [received("HS-1", 1, TODAY - DAY, TODAY)])
    close(plain_house)
    answers = Answers(as_role(plain_house.url, "nhip_gateway"))
    found = answers.form(LAST_WEEK)
    answers.close()
    assert (found["state"], found["total"]["received"], found["closed"]) == ("closed", 1, found["rows"])


def test_a_period_of_nothing_has_no_rows(store_url: str) -> None:
    with psycopg.connect(store_url) as connection:
        found = form.read(connection, period("2020-01"))
    assert (found.state, list(found.now), total(found.now)) == ("draft", [], Row("", "", *[0] * 9))
