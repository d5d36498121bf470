"""Every query of every board on real databases, as the reader sees them; and what makes `nhip boards check` fail."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from click.testing import CliRunner, Result
from psycopg.rows import dict_row

from connectors.timescale import catalogue
from connectors.timescale.boards import refusal
from connectors.timescale.kpi import answer, by_day
from connectors.timescale.qd766 import answer as index_of
from connectors.timescale.qd766 import decided
from connectors.timescale.qd766_book import keep
from dashboards.grafana.alerts import ALERTS
from dashboards.grafana.board import Board
from dashboards.grafana.dossiers import DOSSIERS as DOSSIER_BOARD
from dashboards.grafana.files import documents
from dashboards.grafana.lint import queries_of
from dashboards.grafana.macros import View, expand
from dashboards.grafana.overview import OVERVIEW
from dashboards.grafana.pipeline import PIPELINE
from dashboards.grafana.qd766 import QD766
from dashboards.grafana.reports import REPORTS as REPORT_BOARD
from dashboards.grafana.systems import SYSTEMS
from nhip.cli import cli
from streams.calendar import Calendar
from streams.calendar.calendar import Closure, Holiday, MakeUpDay
from streams.calendar.week import Week
from streams.catalogue import Agency, Area, Catalogue, Category, System
from streams.catalogue.rules import Override, Person, Shift
from streams.catalogue.systems import Check
from streams.contracts import DOSSIERS, HEALTH, REPORTS
from streams.contracts.types import PROVINCE_TIME
from streams.days import civil_day, day_start
from streams.indicators.qd766 import shown
from streams.indicators.question import Question
from streams.indicators.registry import HEADLINES, indicator
from streams.periods import running
from tests.stack.store_tools import NOW, House, as_role, dossier, ping, report

YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
async def province(house: House) -> House:
    """A little of everything, on TimescaleDB and on the demo's PostgreSQL."""
    await house.take(REPORTS, list(_reports()))
    await house.take(DOSSIERS, list(_dossiers()))
    await house.take(HEALTH, list(_pings()), at=datetime.now(UTC))
    await house.take(DOSSIERS, [b"not json", dossier("H-1", 1, agency="so-khac")], partition=1)
    return house


def _reports() -> Iterator[dict[str, Any]]:
    for number, at in enumerate((YESTERDAY, YESTERDAY, NOW, NOW)):
        yield report(f"P-{number}", f"{number}a", at=at)
        if number < 3:
            yield report(f"P-{number}", f"{number}b", "dispatched", at=at + timedelta(seconds=1))
    yield report("P-0", "0c", "resolved", at=YESTERDAY + timedelta(seconds=2))


def _dossiers() -> Iterator[dict[str, Any]]:
    due = (NOW + timedelta(days=3)).isoformat()
    for number, agency in enumerate(("so-tttt", "so-tttt", "so-khac", "so-khac")):
        received = (YESTERDAY if number < 2 else NOW).isoformat()
        data = {"received_at": received, "due_at": due, "channel": "online", "online_level": 4, "status": 4}
        yield dossier(f"H-{number}", number, at=NOW, agency=agency, **data)
    yield dossier("H-0", "0x", "status_changed", at=NOW, status=9, finished_at=NOW.isoformat())


def _pings() -> Iterator[dict[str, Any]]:
    """A day of pings, the last of which speaks for nobody any more: what it says would grow from query to query."""
    for number in range(142):
        at, often = NOW - timedelta(minutes=20 + 10 * number), {"interval_s": 600, "grace_s": 0}
        yield ping("lgsp", f"l{number}", at, **often)
        yield ping("mail", f"m{number}", at, status="fail" if 20 <= number < 44 else "ok", **often)


def _reader(province: House) -> psycopg.Connection[dict[str, Any]]:
    return psycopg.connect(as_role(province.url, "nhip_reader"), autocommit=True, row_factory=dict_row)


def _ask(
    province: House,
    title: str,
    lower: datetime = YESTERDAY,
    upper: datetime = NOW,
    board: Board = OVERVIEW,
    **chosen: str,
) -> list[dict[str, Any]]:
    """What a panel of an English board gets, asked the way Grafana asks."""
    query = next(query for query in queries_of(board.render("en")) if query.panel == title)
    variables = {"agency": "NULL", "area": "NULL", "indicator": "'dossiers.on_time'"} | chosen
    with _reader(province) as connection:
        return connection.execute(expand(query.sql, View(lower, upper), variables).encode()).fetchall()


def _check(province: House) -> Result:
    settings = {"NHIP_READER_DATABASE_URL": as_role(province.url, "nhip_reader")}
    return CliRunner().invoke(cli, ["boards", "check"], env=settings, standalone_mode=False)


def test_every_query_of_every_board_runs_as_the_reader(province: House) -> None:
    result = _check(province)
    assert (result.output, result.return_value, result.exception) == (f"{len(documents())} boards, 0 faults\n", 0, None)


def test_tiles_and_table_show_what_nhip_kpi_shows(province: House) -> None:
    table = {row["indicator"]: row for row in _ask(province, "Indicators of the period")}
    with psycopg.connect(province.url) as connection:
        for one in map(indicator, HEADLINES):
            question = Question(one, civil_day(YESTERDAY), civil_day(NOW) + timedelta(1), datetime.now(UTC))
            (figure,) = answer(connection, question, question.as_of)
            (tile,) = _ask(province, one.title_en)
            row = table[one.name]
            if one.denominator is None:
                assert tile["numerator"] == row["numerator"] == figure.numerator
            else:
                assert row["shown"] == figure.shown
                assert tile["shown"] == re.sub(",[0-9]+", "", figure.shown)  # nobody reads decimals from four metres
                assert (row["numerator"], row["denominator"]) == (figure.numerator, figure.denominator)
    assert (table["reports.received"]["shown"], table["reports.received"]["numerator"]) == ("4 reports", 4)
    assert table["dossiers.received"]["shown"].endswith(" dossiers")
    assert table["dossiers.on_time"]["shown"] == "100,00 %"
    assert table["health.uptime"]["shown"].startswith("91,")


def test_the_table_by_day_shows_what_nhip_kpi_shows(province: House) -> None:
    with psycopg.connect(province.url) as connection:
        for one in map(indicator, HEADLINES):
            now = datetime.now(UTC)
            group = "system" if one.stream == "health" else "agency"
            question = Question(one, civil_day(YESTERDAY), civil_day(NOW) + timedelta(1), now, (group,))
            rows = _ask(province, "Indicator by day and agency", indicator=f"'{one.name}'")
            unit = f" {one.stream}" if one.unit == "count" else ""
            shown = {(row["day"], row["who"]): row["shown"] for row in rows}
            figures = by_day(connection, question, now)
            assert shown == {(str(figure.first), figure.group): figure.shown + unit for figure in figures}


def test_an_agency_counts_for_itself(province: House) -> None:
    def received(agency: str) -> int:
        (row,) = _ask(province, "Dossiers received", agency=agency)
        return int(row["numerator"])

    assert received("'so-tttt'") + received("'so-khac'") == received("'so-tttt','so-khac'") == received("NULL") == 4
    assert received("'dissolved'") == 0
    assert [row["__value"] for row in _ask(province, "$agency")] == ["so-gtvt", "so-khac", "so-tttt", "unassigned"]


def test_a_period_without_data_is_not_applicable_and_not_zero_percent(province: House) -> None:
    long_ago = NOW - timedelta(days=900)
    for title in ("Reports processed", "Dossiers on time", "System uptime"):
        assert _ask(province, title, long_ago, long_ago + timedelta(days=2)) == [{"shown": "N/A"}]


def test_a_range_that_ends_at_midnight_leaves_the_next_day_out(province: House) -> None:
    today = day_start(civil_day(NOW))
    (before,) = _ask(province, "Reports received", YESTERDAY, today)
    (after,) = _ask(province, "Reports received", today, today + timedelta(days=1))
    assert (before["numerator"], after["numerator"]) == (2, 2)


def test_systems_stand_worst_first(province: House) -> None:
    worst, best = _ask(province, "Uptime by system")
    assert (worst["system"], best["system"]) == ("mail", "lgsp")
    assert worst["percent"] < best["percent"] == 100
    assert worst["down_s"] > 0 == best["down_s"]


def test_streams_tell_their_counts_rate_lag_and_age(province: House) -> None:
    province.execute("UPDATE nhip.partition SET end_offset = next_offset + 7 WHERE stream = 'health'")
    reports, dossiers, health = _ask(province, "Streams")
    assert (reports["stored"], reports["lag"], dossiers["dead_letters"], health["lag"]) == (8, 0, 2, 7)
    assert all(row["per_minute"] > 0 for row in (reports, dossiers, health))
    (ages,) = _ask(province, "Data age")
    assert all(ages[row["stream"]] >= 0 and row["age"] >= 0 for row in (reports, dossiers, health))


def test_refused_events_and_paused_partitions_are_counted_by_reason(province: House) -> None:
    letters = _ask(province, "Dead letters by reason", upper=datetime.now(UTC))
    assert sum(row["not_json"] or 0 for row in letters) == sum(row["conflict"] or 0 for row in letters) == 1
    assert _ask(province, "Partitions that are paused") == []
    province.execute("UPDATE nhip.partition SET paused = 'too much refused', paused_at = now() WHERE partition = 1")
    (paused,) = _ask(province, "Partitions that are paused")
    assert (paused["stream"], paused["partition"]) == ("dossiers", 1)
    assert _ask(province, "Paused partitions") == [{"paused": 1}]


SHIFT = Shift(
    name="ioc",
    title="Trực IOC",
    title_en="Operations centre",
    people=("lan", "minh", "hoa"),
    first=date(2026, 1, 5),
    days=7,
)

NAMED = Catalogue(
    areas=(Area(code="31318", name="Phường Vị Tân", level="commune", lat=9.78, lon=105.45),),
    people=tuple(Person(id=id, name=id.title(), phone=f"0293 000 010{n}") for n, id in enumerate(SHIFT.people)),
    shifts=(SHIFT,),
    agencies=(Agency(code="so-tttt", name="Sở Thông tin và Truyền thông", duty_phone="0293 000 0001"),),
    categories=(Category(code="rac-thai", title="Rác thải", name_en="Waste"),),
    systems=tuple(
        System(id=id, name=vi, name_en=en, parent=parent, watch=("reachability",), checks=(Check(id="http"),))
        for id, vi, en, parent in (
            ("tslcd", "Mạng số liệu chuyên dùng", "Data network", None),
            ("lgsp", "Trục LGSP", "Integration axis", "tslcd"),
        )
    ),
)


@pytest.fixture
def named(province: House) -> House:
    """The same with a catalogue in force that knows some of the codes."""
    with psycopg.connect(province.url) as connection:
        catalogue.load(connection, NAMED)
    return province


def test_codes_have_the_names_of_the_catalogue_in_force(named: House) -> None:
    by_agency = {row["code"]: row for row in _ask(named, "By agency", board=DOSSIER_BOARD)}
    assert by_agency["so-tttt"]["agency"] == "Sở Thông tin và Truyền thông"
    assert by_agency["so-tttt"]["phone"] == "0293 000 0001"
    assert by_agency["so-khac"]["agency"] == "so-khac"
    names = {row["__value"]: row["__text"] for row in _ask(named, "$agency")}
    assert (names["so-tttt"], names["unassigned"]) == ("Sở Thông tin và Truyền thông", "Unassigned")


def test_who_is_on_duty_is_who_the_rotation_says(named: House) -> None:
    (shown,) = _ask(named, "On duty")
    on_duty = SHIFT.on_duty(datetime.now(UTC))
    assert on_duty is not None
    assert (shown["shift"], shown["name"]) == ("Operations centre", on_duty.title())
    assert shown["phone"] == f"0293 000 010{SHIFT.people.index(on_duty)}"
    handed_over = datetime.strptime(shown["until"], "%Y-%m-%d %H:%M").replace(tzinfo=PROVINCE_TIME)
    assert SHIFT.on_duty(handed_over) != on_duty == SHIFT.on_duty(handed_over - timedelta(minutes=1))


def test_who_stands_in_has_the_duty_until_that_ends(province: House) -> None:
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    turn = SHIFT.on_duty(now)
    other = next(person for person in SHIFT.people if person != turn)
    instead = Override(person=other, begins=now - timedelta(hours=1), ends=now + timedelta(hours=1))
    with psycopg.connect(province.url) as connection:
        catalogue.load(
            connection, NAMED.model_copy(update={"shifts": (SHIFT.model_copy(update={"overrides": (instead,)}),)})
        )
    (shown,) = _ask(province, "On duty")
    assert shown["name"] == other.title()
    assert shown["until"] == f"{instead.ends.astimezone(PROVINCE_TIME):%Y-%m-%d %H:%M}"


async def test_the_map_names_areas_where_there_are_reports(named: House) -> None:
    assert _ask(named, "Map of reports", board=REPORT_BOARD) == [], "nobody said where"
    await named.take(REPORTS, [report("P-9", "9a", at=NOW - timedelta(seconds=1), lat=9.79, lon=105.46)])
    reported, middle = _ask(named, "Map of reports", board=REPORT_BOARD)
    assert (reported["report_id"], reported["label"], reported["standing"]) == ("P-9", None, 1)
    assert (middle["label"], middle["lat"], middle["weight"]) == ("Phường Vị Tân", 9.78, 0)


async def test_reports_are_counted_by_channel_and_those_of_none_with_the_others(province: House) -> None:
    channels = ("app", "app", "web", "email")
    events = [report(f"C-{n}", f"c{n}", at=NOW - timedelta(seconds=9), channel=one) for n, one in enumerate(channels)]
    await province.take(REPORTS, events)
    (row,) = _ask(province, "By channel", board=REPORT_BOARD, upper=NOW + timedelta(seconds=1))
    (all_received,) = _ask(province, "Reports received", upper=NOW + timedelta(seconds=1))
    assert (row["app"], row["web"]) == (2, 1)
    assert sum(row.values()) == all_received["numerator"] == 8
    assert _ask(province, "By channel", board=REPORT_BOARD, upper=NOW - timedelta(days=900)) == []


def test_a_hot_spot_is_listed_until_it_is_over(named: House) -> None:
    named.execute(
        "INSERT INTO nhip.alert (id, rule, labels, severity, state, since, reason_vi, reason_en, evidence, level,"
        " episode, relapses, told, fired_at, by_hand) SELECT id, 'hot-spot',"
        " '{\"category\": \"rac-thai\", \"place\": \"9.78,105.45\"}', 'warning', state, now(), '', '5 reports',"
        " '[]', 0, 1, 0, true, now(), false FROM (VALUES ('a', 'firing'), ('b', 'resolved')) AS v (id, state)"
    )
    (spot,) = _ask(named, "Hot spots", board=REPORT_BOARD)
    assert (spot["category"], spot["place"], spot["reason"]) == ("Waste", "9.78,105.45", "5 reports")


def test_alerts_and_maintenance_are_marked_on_the_time_axis(named: House) -> None:
    named.execute(
        "INSERT INTO nhip.alert (id, rule, labels, severity, state, since, reason_vi, reason_en, evidence, level,"
        " episode, relapses, told, fired_at, by_hand) VALUES ('a', 'system-down',"
        " '{\"system\": \"lgsp\"}', 'critical', 'firing', now(),"
        " 'mail ngừng', 'mail is down', '[]', 0, 1, 0, true, now() - interval '1 hour', false)"
    )
    (mark,) = _ask(named, "Alerts", upper=datetime.now(UTC))
    assert (mark["text"], mark["tags"]) == ("Integration axis: mail is down", "system-down")
    (alert,) = _ask(named, "Open alerts", board=ALERTS)
    assert (alert["about"], alert["reason"]) == ("Integration axis", "mail is down")
    named.execute(
        "UPDATE nhip.health_interval SET planned = true WHERE (subject, upper) IN"
        " (SELECT subject, max(upper) FROM nhip.health_interval WHERE subject = 'lgsp' GROUP BY subject)"
    )
    (mark,) = _ask(named, "Maintenance", upper=datetime.now(UTC))
    assert (mark["text"], mark["tags"]) == ("Integration axis", "lgsp")


def test_every_system_of_the_catalogue_is_shown_heard_or_not(named: House) -> None:
    rows = {row["system"]: row for row in _ask(named, "Every system", board=SYSTEMS)}
    assert set(rows) >= {"Data network", "↳ Integration axis"}
    assert (rows["Data network"]["state"], rows["Data network"]["day"]) == ("new", None)
    axis = rows["↳ Integration axis"]
    assert axis["day"] == "100,00 %"
    assert {int(share) for share in axis["coverage"].removesuffix(" %").split(" · ")} <= {97, 98, 99}, "of its one day"
    names = list(rows)
    assert names.index("↳ Integration axis") == names.index("Data network") + 1, "each under what it stands on"


def test_the_states_of_a_system_are_told_stretch_by_stretch(province: House) -> None:
    rows = _ask(province, "States over time", board=SYSTEMS)
    mail = [row["value"] for row in rows if row["metric"] == "mail"]
    assert mail.count(5) in (4, 5), "down for 24 pings of ten minutes, told by the hour, which may begin within one"
    assert {row["value"] for row in rows if row["metric"] == "lgsp"} == {1}


def test_what_is_late_is_listed_with_agency_and_phone_and_to_be_done_first(named: House) -> None:
    named.execute(
        "UPDATE nhip.dossier_state SET overdue_at = now() - interval '1 hour' WHERE subject IN ('H-1', 'H-2')"
    )
    named.execute("UPDATE nhip.report_state SET overdue_at = now() - interval '2 hours' WHERE subject = 'P-3'")
    dossiers = _ask(named, "Overdue dossiers", board=DOSSIER_BOARD)
    assert {row["dossier_id"]: row["agency"] for row in dossiers} == {
        "H-1": "Sở Thông tin và Truyền thông",
        "H-2": "so-khac",
    }
    assert all(3600 <= row["late"] < 3700 for row in dossiers)
    (only,) = _ask(named, "Overdue dossiers", board=DOSSIER_BOARD, agency="'so-khac'")
    assert only["dossier_id"] == "H-2"
    (report,) = _ask(named, "Overdue reports", board=REPORT_BOARD)
    assert (report["report_id"], report["agency"]) == ("P-3", "Unassigned")
    to_do = _ask(named, "Five things to do now")
    assert [row["kind"] for row in to_do] == ["reports", "dossiers", "dossiers"], "of each kind the worst in turn"
    assert sum(row["n"] for row in to_do) == 3
    assert {row["phone"] for row in to_do} == {None, "0293 000 0001"}
    (theirs,) = _ask(named, "Five things to do now", agency="'so-khac'")
    assert (theirs["kind"], theirs["agency"]) == ("dossiers", "so-khac")


def test_directives_are_listed_of_the_agencies_that_were_chosen(named: House) -> None:
    for agency in ("so-tttt", "so-khac"):
        named.execute(
            "INSERT INTO people.directive (agency, kind, text, due_at, subjects, state, sent_at, sent_by)"
            " VALUES (%s, 'dossiers', 'Xử lý hồ sơ quá hạn', now(), '{}', 'sent', now(), 'Lan')",
            agency,
        )
    for board in (OVERVIEW, REPORT_BOARD, DOSSIER_BOARD):
        assert len(_ask(named, "Directives followed now", board=board)) == 2
        (only,) = _ask(named, "Directives followed now", board=board, agency="'so-khac'")
        assert only["agency"] == "so-khac"


async def test_categories_and_areas_are_counted_of_the_agencies_and_areas_that_were_chosen(province: House) -> None:
    at = NOW - timedelta(seconds=9)
    for number, (category, area) in enumerate((("rac", "xa-1"), ("rac", "xa-2"), ("dien", "xa-1"))):
        data = {"category": category, "area": area}
        events = [report(f"C-{number}", f"c{number}", at=at, **data)]
        events.append(report(f"C-{number}", f"d{number}", "dispatched", at=at, agency="so-khac"))
        await province.take(REPORTS, events)

    def counted(title: str, column: str, **chosen: str) -> dict[str, int]:
        rows = _ask(province, title, upper=NOW + timedelta(seconds=1), board=REPORT_BOARD, **chosen)
        return {row[column]: row["received"] for row in rows}

    everywhere = counted("Received by category", "category")
    assert counted("Received by category", "category", agency="'so-khac'") == {"rac": 2, "dien": 1}
    assert counted("Received by category", "category", agency="'so-khac'", area="'xa-1'") == {"rac": 1, "dien": 1}
    assert counted("Received by area", "area", agency="'so-khac'") == {"xa-1": 2, "xa-2": 1}
    both = "'so-khac','so-gtvt','unassigned','so-tttt'"
    assert counted("Received by category", "category", agency=both) == everywhere, "counted one by one or from cells"


CALENDAR = Calendar(
    week=Week(saturday=("07:00-11:00",)),
    extra_holidays=(Holiday(day=date(2030, 3, 13), name="Lễ hội"),),
    make_up_days=(MakeUpDay(day=date(2030, 3, 17), stands_for=date(2030, 3, 18)),),
    closures=(Closure(first=date(2030, 3, 17), last=date(2030, 3, 19), reason="bão"),),
)


@pytest.mark.parametrize("calendar", [Calendar(), CALENDAR], ids=["the nation's", "a province's own"])
def test_working_days_of_boards_are_those_of_the_calendar_in_force(house: House, calendar: Calendar) -> None:
    first, many = date(2026, 1, 1), 2000
    with psycopg.connect(house.url) as connection:
        catalogue.load(connection, Catalogue(calendar=calendar))
    with _reader(house) as connection:
        rows = connection.execute("SELECT * FROM board.working_days(%s, %s)", [first, many]).fetchall()
    worked = [
        day
        for day in (first + timedelta(days=n) for n in range(4000))
        if calendar.exceptions.get(day, calendar.week.days()[day.weekday()])
    ]
    assert [row["day"] for row in rows] == worked[:many]
    assert [row["upper"] for row in rows] == [day_start(day + timedelta(days=1)) for day in worked[:many]]
    assert [row["lower"] for row in rows] == [day_start(first), *(row["upper"] for row in rows[:-1])]


def test_what_will_be_overdue_is_told_by_working_day_and_nothing_falls_between(province: House) -> None:
    today = civil_day(datetime.now(UTC))
    closed = Closure(first=today + timedelta(days=1), last=today + timedelta(days=3), reason="bão")
    every_day = Week(**dict.fromkeys(Week.model_fields, ("07:00-17:00",)))
    with psycopg.connect(province.url) as connection:
        calendar = Calendar(week=every_day, holidays=(), swapped_days=(), closures=(closed,))
        catalogue.load(connection, Catalogue(calendar=calendar))
    for subject, days in (("H-1", 2), ("H-2", 4), ("H-3", 5)):
        at = day_start(today + timedelta(days=days)) + timedelta(hours=17)
        province.execute(f"UPDATE nhip.dossier_state SET overdue_at = '{at.isoformat()}' WHERE subject = '{subject}'")
    rows = _ask(province, "Overdue to come", board=DOSSIER_BOARD)
    days = [today, *(today + timedelta(days=n) for n in range(4, 13))]
    assert [row["day"] for row in rows] == [f"{day:%d/%m}" for day in days]
    assert [row["dossiers"] for row in rows] == [0, 2, 1, 0, 0, 0, 0, 0, 0, 0]


def test_coverage_is_the_share_of_dossiers_in_work_of_which_events_tell_enough(province: House) -> None:
    province.execute("UPDATE nhip.dossier_state SET kind = 'dat-dai'")
    assert _ask(province, "Coverage", board=DOSSIER_BOARD) == [{"coverage": "100 %"}]
    province.execute("UPDATE nhip.dossier_state SET due_at = NULL WHERE subject = 'H-2'")
    assert _ask(province, "Coverage", board=DOSSIER_BOARD) == [{"coverage": "66 %"}]
    assert _ask(province, "Coverage", board=DOSSIER_BOARD, agency="'so-khac'") == [{"coverage": "50 %"}]


def test_the_heat_map_has_a_cell_for_each_agency_and_field(province: House) -> None:
    cells = _ask(province, "Agency × field", board=DOSSIER_BOARD, indicator="'dossiers.stock'")
    assert sum(cell["value"] for cell in cells) == 3
    shares = _ask(province, "Agency × field", board=DOSSIER_BOARD, indicator="'dossiers.online'", agency="'so-khac'")
    assert {(cell["agency"], cell["value"]) for cell in shares} == {("so-khac", 100)}


def test_the_pipeline_tells_its_partitions_refusals_losses_and_size(province: House) -> None:
    partitions = _ask(province, "Partitions", board=PIPELINE)
    assert sum(row["stored"] for row in partitions) == sum(row["stored"] for row in _ask(province, "Streams"))
    reasons = _ask(province, "Dead letters by stream and reason", board=PIPELINE, upper=datetime.now(UTC))
    assert {row["reason"] for row in reasons} == {"not_json", "conflict"}
    assert _ask(province, "Losses", board=PIPELINE) == []
    province.execute("INSERT INTO nhip.loss VALUES ('nhip.dossiers', 0, 5, 12)")
    (loss,) = _ask(province, "Losses", board=PIPELINE)
    assert loss["records"] == 7
    assert all(row["bytes"] > 0 for row in _ask(province, "Size", board=PIPELINE))


def test_alerts_are_told_with_who_took_them_and_how_long_that_took(province: House) -> None:
    province.execute(
        "INSERT INTO nhip.alert (id, rule, labels, severity, state, since, reason_vi, reason_en, evidence, level,"
        " episode, relapses, told, fired_at, by_hand, acknowledged_at, acknowledged_by)"
        " SELECT id, 'system-down', '{}', 'critical', state, now(), 'mail ngừng', 'mail is down', '[]', 0, 1, 0, true,"
        " now() - interval '600 s', false, CASE id WHEN 'b' THEN now() END, CASE id WHEN 'b' THEN 'an' END"
        " FROM (VALUES ('a', 'firing'), ('b', 'acknowledged'), ('c', 'resolved')) AS v (id, state)"
    )
    province.execute(
        "INSERT INTO nhip.alert_step (alert, episode, step, at, who)"
        " VALUES ('b', 1, 'fired', now() - interval '600 s', NULL),"
        " ('b', 1, 'acknowledged', now() - interval '480 s', 'an')"
    )
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert _ask(province, "Alerts now", board=ALERTS) == [
        {"critical": 1, "firing": 0, "acknowledged": 1, "suppressed": 0}
    ]
    firing, taken = _ask(province, "Open alerts", board=ALERTS)
    assert (firing["state"], firing["reason"], firing["acknowledged_by"]) == ("firing", "mail is down", None)
    assert taken["acknowledged_by"] == "an"
    (rule,) = _ask(province, "By rule", board=ALERTS, upper=later)
    assert (rule["rule"], rule["fired"], rule["to_take"], rule["to_resolve"]) == ("system-down", 1, 120, None)
    assert [row["step"] for row in _ask(province, "What was done", board=ALERTS, upper=later)] == [
        "acknowledged",
        "fired",
    ]


def test_the_board_of_qd766_shows_what_nhip_kpi_qd766_shows(province: House) -> None:
    formulas, now = decided(None), datetime.now(UTC)
    with psycopg.connect(province.url) as connection:
        kept = keep(connection, formulas, now)
        assert {period.name for period in kept} > {period.name for period in running(civil_day(now))}
        found = {
            span: index_of(connection, formulas, period.first, period.past, now, now)
            for span, period in zip(("month", "quarter", "year"), running(civil_day(now)), strict=True)
        }
    for span, index in found.items():
        (whole,) = _ask(province, "Points in all", board=QD766, span=f"'{span}'")
        assert (whole["shown"], whole["maximum"]) == (shown(index.points), index.of)
        components = _ask(province, "Components", board=QD766, span=f"'{span}'")
        assert [(row["component"], row["shown"], row["reason"]) for row in components] == [
            (score.component.title_en, shown(score.points), score.reason) for score in index.scores
        ]
    assert whole["shown"] != "0,00"


def test_agencies_have_points_of_their_own_and_periods_that_nobody_reckoned_have_none(province: House) -> None:
    with psycopg.connect(province.url) as connection:
        keep(connection, decided(None), datetime.now(UTC))
        assert len(keep(connection, decided(None), datetime.now(UTC))) == 4, "what runs, and one month that is over"
    rows = {row["code"]: row for row in _ask(province, "By agency", board=QD766, span="'month'")}
    assert {"so-tttt", "so-khac"} <= set(rows)
    assert rows["so-tttt"]["progress"] == "20,00"
    (only,) = _ask(province, "By agency", board=QD766, span="'month'", agency="'so-khac'")
    assert only["code"] == "so-khac"
    (whole,) = _ask(province, "Points in all", board=QD766, span="'month'", agency="'so-khac'")
    assert (whole["shown"], whole["maximum"]) == (only["shown"], only["maximum"]), "one that was chosen alone"
    (several,) = _ask(province, "Points in all", board=QD766, span="'month'", agency="'so-khac','so-tttt'")
    assert [several] == _ask(province, "Points in all", board=QD766, span="'month'"), "several have none together"
    assert _ask(province, "Points in all", upper=NOW - timedelta(days=900), board=QD766, span="'month'") == []


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The committed boards in a folder of their own, and the English one to be broken; see `_breaking`."""
    for name, text in documents().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr("nhip.commands.boards.FOLDER", tmp_path)
    return OVERVIEW.render("en")


def _breaking(province: House, board: dict[str, Any], title: str, sql: str, folder: Path) -> list[str]:
    panel = next(panel for panel in board["panels"] if panel["title"] == title)
    panel["targets"][0]["rawSql"] = sql
    (folder / "overview.en.json").write_text(json.dumps(board), encoding="utf-8")
    result = _check(province)
    assert result.return_value == 1
    return result.output.splitlines()


def test_a_broken_query_fails_with_board_panel_and_reason(
    province: House, broken: dict[str, Any], tmp_path: Path
) -> None:
    differs, reason, count = _breaking(province, broken, "Streams", "SELECT stream FROM board.stream_puls", tmp_path)
    assert differs == "overview.en: overview.en.json differs from what the code generates: run `nhip boards write`"
    assert reason == 'overview.en · Streams: relation "board.stream_puls" does not exist'
    assert count == f"{len(documents())} boards, 2 faults"


def test_a_query_without_a_column_of_its_panel_fails(province: House, broken: dict[str, Any], tmp_path: Path) -> None:
    lines = _breaking(province, broken, "Paused partitions", "SELECT lag FROM board.stream_pulse", tmp_path)
    assert lines[1] == "overview.en · Paused partitions: gives no column paused"


def test_the_reader_reads_no_base_table(province: House, broken: dict[str, Any], tmp_path: Path) -> None:
    lines = _breaking(province, broken, "Paused partitions", "SELECT count(*) AS paused FROM nhip.cell", tmp_path)
    assert lines[1] == "overview.en · Paused partitions: reads nhip.cell, not `board.`"
    assert lines[2] == "overview.en · Paused partitions: permission denied for schema nhip"


VIEWS: dict[LiteralString, str | None] = {
    "SELECT count(*) AS n FROM nhip.health_event": "reads the event table health_event as a whole",
    "SELECT max(data::text) AS n FROM nhip.report_event": "reads the event table report_event as a whole",
    "SELECT count(*) AS n FROM nhip.dossier_event WHERE subject = 'H-1'": None,
    "SELECT count(*) AS n FROM nhip.health_event WHERE time > now() - interval '5 minutes'": None,
}


@pytest.mark.parametrize("hidden", [False, True], ids=["view", "function"])
def test_no_event_table_is_read_as_a_whole(province: House, hidden: bool) -> None:
    """Not even inside a function, which EXPLAIN does not look into."""
    function: LiteralString = "CREATE FUNCTION board.bad() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER"
    sql = "SELECT board.bad() AS n" if hidden else "SELECT n FROM board.bad"
    for view, reason in VIEWS.items():
        province.execute(
            f"{function} AS $$ SELECT count(n) FROM ({view}) v $$" if hidden else f"CREATE VIEW board.bad AS {view}"
        )
        try:
            province.execute("GRANT SELECT ON ALL TABLES IN SCHEMA board TO nhip_reader")
            with psycopg.connect(as_role(province.url, "nhip_reader")) as connection:
                assert refusal(connection, sql, frozenset({"n"})) == reason, view
        finally:
            province.execute("DROP FUNCTION board.bad" if hidden else "DROP VIEW board.bad")


def test_a_board_cannot_write(province: House) -> None:
    with psycopg.connect(province.url) as connection:
        reason = refusal(connection, "DELETE FROM nhip.partition RETURNING 1 AS n", frozenset({"n"}))
    assert reason == "cannot execute DELETE in a read-only transaction"


def test_check_says_when_the_database_is_away() -> None:
    settings = {"NHIP_READER_DATABASE_URL": "postgresql://nhip_reader@127.0.0.1:9/nhip"}
    result = CliRunner().invoke(cli, ["boards", "check"], env=settings, standalone_mode=False)
    assert type(result.exception).__name__ == "Unreachable"
