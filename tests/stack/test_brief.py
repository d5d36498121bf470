"""`nhip brief`: the figures of `nhip kpi`, and what happened on a day."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import AsyncConnection

from connectors.timescale import alerts, form
from connectors.timescale.answers import Answers
from connectors.timescale.brief import read
from connectors.timescale.kpi import answer
from nhip.simulator import generate, records
from streams.contracts import DOSSIERS, HEALTH, STREAMS
from streams.days import civil_day, day_start
from streams.indicators.question import Question
from streams.indicators.registry import INDICATORS
from streams.people.actor import Actor
from streams.periods import Period
from tests.stack.nhip_tools import Installation
from tests.stack.store_tools import NOW, House, as_role, dossier, ping
from tests.stack.test_alerts import BEGIN, look, system

DAY = timedelta(days=1)
TODAY = day_start(civil_day(NOW))
D = civil_day(TODAY - 2 * DAY)


def of(house: House) -> Installation:
    return Installation(house.url, os.environ | {"NHIP_DATABASE_URL": as_role(house.url, "nhip_writer")})


async def fill(house: House) -> None:
    """Nine days of a small province, to the day before the last."""
    start, rate = TODAY - 10 * DAY, 3000 / (9.5 * 86_400)
    sent = list(records(generate(5, start, rate, 3000), start.timestamp(), rate))
    for stream in STREAMS:
        await house.take(stream, [record.value for record in sent if record.topic == stream.topic])


async def test_every_figure_of_a_past_day_is_the_one_of_nhip_kpi(plain_house: House) -> None:
    await fill(plain_house)
    late = {"received_at": (TODAY - 6 * DAY).isoformat(), "due_at": (TODAY - 4 * DAY).isoformat()}
    agencies = ("so-yt", "so-xd", "so-xd")
    await plain_house.take(
        DOSSIERS,
        [dossier(f"HS-{n}", n, at=TODAY - 6 * DAY, agency=agency, **late) for n, agency in enumerate(agencies)],
    )
    told: dict[str, Any] = of(plain_house).answer("brief", "--day", str(D))
    assert (told["day"], told["compared_with"], told["empty"]) == (str(D), str(D - 7 * DAY), False)
    assert sum(bool(line["now"]["value"]) for line in told["figures"]) > 8
    same = ("group", "numerator", "denominator", "value", "shown")

    def kpi(name: str, day: date, *group_by: str) -> list[dict[str, Any]]:
        with psycopg.connect(plain_house.url) as connection:
            asked = Question(INDICATORS[name], day, day + DAY, datetime.now(UTC), group_by)
            rows = [figure.as_json() for figure in answer(connection, asked, asked.as_of)]
        return [{key: row[key] for key in same} for row in rows]

    for line in told["figures"]:
        for figure, day in ((line["now"], D), (line["before"], D - 7 * DAY)):
            assert [{key: figure[key] for key in same}] == kpi(line["name"], day)
    for name in ("dossiers.stock", "reports.first_response_p50"):
        (printed,) = of(plain_house).answer("kpi", name, "--from", str(D), "--to", str(D + DAY))
        assert {key: printed[key] for key in same} == kpi(name, D)[0]
    for name, rows in told["overdue"].items():
        expected = {row["group"]: row["numerator"] for row in kpi(name, D, "agency") if row["numerator"]}
        assert {row["agency"]: row["n"] for row in rows} == expected
    assert [(row["agency"], row["n"]) for row in told["overdue"]["dossiers.overdue"][:2]] == [
        ("so-xd", 2),
        ("so-yt", 1),
    ]


async def test_a_past_day_keeps_its_brief_when_more_is_stored(plain_house: House) -> None:
    await fill(plain_house)

    def figures() -> list[tuple[Any, ...]]:
        with psycopg.connect(plain_house.url) as connection:
            told = read(connection, D, datetime.now(UTC))
        return [(line.now.numerator, line.now.denominator, line.now.shown, line.change()) for line in told.lines]

    before = figures()
    await plain_house.take(DOSSIERS, [dossier(f"HS-{n}", n, at=NOW, received_at=NOW.isoformat()) for n in range(5)])
    assert figures() == before


async def test_the_alerts_and_outages_of_the_day_are_told_and_no_others(plain_house: House) -> None:
    async with await AsyncConnection.connect(as_role(plain_house.url, "nhip_writer"), autocommit=True) as writer:
        await look(writer, BEGIN, *(system(name, "down") for name in ("lgsp", "mail", "sso")))
    with psycopg.connect(plain_house.url) as connection:
        ids = {one.labels["system"]: one.id for one in alerts.listed(connection, None, 10)}
        alerts.act(connection, ids["mail"], "ack", Actor("Lan", "cli"), None)
    # As it was: the audit's clock is the database's.
    plain_house.execute("UPDATE nhip.alert_step SET at = at - interval '2 days'")
    plain_house.execute(
        "DELETE FROM nhip.alert_step WHERE alert = %s OR step NOT IN ('fired', 'acknowledged')", ids["sso"]
    )
    begun = TODAY - 2 * DAY + timedelta(hours=6)
    statuses = ["ok"] * 3 + ["fail"] * 10 + ["ok"] * 4
    await plain_house.take(
        HEALTH, [ping("portal", n, begun + timedelta(minutes=n), status) for n, status in enumerate(statuses)]
    )

    def told(day: date) -> dict[str, Any]:
        found: dict[str, Any] = of(plain_house).answer("brief", "--day", str(day))
        return found

    ((fired_at,),) = plain_house.rows("SELECT min(at) FROM nhip.alert_step")
    day = told(civil_day(fired_at))
    found = {one["labels"]["system"]: (one["acknowledged_by"], one["resolved_at"]) for one in day["alerts"]}
    assert found == {"lgsp": (None, None), "mail": ("Lan", None)}
    assert [(one["system"], one["seconds"]) for one in told(D)["outages"]] == [("portal", 600)]
    earlier = told(D - DAY)
    assert (earlier["alerts"], earlier["outages"]) == ([], [])


async def test_restatements_of_closed_periods_are_told_on_the_day_they_were_made(plain_house: House) -> None:
    asked = Period("last week", civil_day(TODAY - 7 * DAY), civil_day(TODAY))
    at, due = TODAY - 5 * DAY, TODAY - 2 * DAY
    received = {"received_at": at.isoformat(), "due_at": due.isoformat()}
    await plain_house.take(DOSSIERS, [dossier(f"HS-{n}", n, at=at, **received) for n in range(3)])
    with psycopg.connect(plain_house.url) as connection:
        form.close(connection, asked, "Lan")
    await plain_house.take(DOSSIERS, [dossier("HS-1", 9, "result_ready", TODAY - 3 * DAY)])
    told = of(plain_house).answer("brief", "--day", str(civil_day(datetime.now(UTC))))
    assert {(one["first"], one["past"]) for one in told["restatements"]} == {(str(asked.first), str(asked.past))}
    changed = {one["measure"]: (one["subjects"], one["change"]) for one in told["restatements"]}
    assert changed["dossiers.overdue"] == (1, -1)
    assert of(plain_house).answer("brief", "--day", str(civil_day(NOW - DAY)))["restatements"] == []


async def test_it_is_a_page_a_text_or_a_document_and_says_what_cannot_be(plain_house: House, tmp_path: Path) -> None:
    installed = of(plain_house)
    page = tmp_path / "brief.html"
    assert installed.run("brief", "--day", str(D), "--out", str(page)).stdout == ""
    assert "BẢN TIN GIAO BAN" in page.read_text(encoding="utf-8")
    printed = installed.run("brief", "--day", str(D), "--language", "en").stdout
    assert "DAILY BRIEF" in printed
    assert "Nothing is known of this day" in printed
    assert installed.answer("brief", "--day", "1950-01-01")["empty"] is True
    for day in (str(civil_day(NOW) + 2 * DAY), "yesterday", "0001-01-01"):
        refused = installed.run("brief", "--day", day)
        assert (refused.returncode, refused.stdout) == (2, ""), day
    nowhere = installed.run("brief", "--out", str(tmp_path / "no" / "brief.html"))
    assert nowhere.returncode == 2


async def test_directives_and_the_shift_log_are_told_as_they_stood_at_the_end_of_the_day(plain_house: House) -> None:
    columns = "agency, kind, text, due_at, subjects, state, sent_at, sent_by, done_at, closed_at"
    noon = TODAY - 2 * DAY + timedelta(hours=12)
    for text, sent_at, done_at, closed_at in (
        ("answered on the day after", noon, noon + DAY, noon + DAY),
        ("closed before", noon - 3 * DAY, noon - 2 * DAY, noon - 2 * DAY),
        ("sent later", noon + DAY, None, None),
    ):
        values = (text, noon - timedelta(hours=1), sent_at, done_at, closed_at)
        plain_house.execute(
            f"INSERT INTO people.directive ({columns})"
            " VALUES ('so-yt', 'dossiers', %s, %s, '{HS-1}', 'sent', %s, 'Lan', %s, %s)",
            *values,
        )
    plain_house.execute(
        "INSERT INTO people.shift_entry (at, who, text, alerts, subjects) VALUES (%s, 'Lan', 'mất điện', '{}', '{}')",
        noon,
    )
    told = of(plain_house).answer("brief", "--day", str(D))
    assert [(one["text"], one["subjects"], one["done_at"]) for one in told["directives"]] == [
        ("answered on the day after", 1, None)
    ]
    assert [(one["who"], one["text"]) for one in told["shift_log"]] == [("Lan", "mất điện")]
    assert of(plain_house).answer("brief", "--day", str(D - DAY))["shift_log"] == []
    answers = Answers(as_role(plain_house.url, "nhip_gateway"))
    try:
        assert [one["text"] for one in answers.brief(D, datetime.now(UTC))["directives"]] == [
            "answered on the day after"
        ]
    finally:
        answers.close()
