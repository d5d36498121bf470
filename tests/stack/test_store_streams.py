"""An event of each stream: what is stored of it, and what follows from it."""

import json
from datetime import date, timedelta

from streams.contracts import DOSSIERS, HEALTH, REPORTS
from streams.days import civil_day, day_start
from streams.identity import identity
from tests.stack.store_tools import NOW, House, dossier, maintenance, ping, report

TODAY = civil_day(NOW)
NOON = day_start(TODAY - timedelta(days=1)) + timedelta(hours=12)
YESTERDAY = civil_day(NOON)


def cells(house: House) -> dict[tuple[str, str, str, date], int]:
    """Sums of the cells by measure, agency, kind and day."""
    rows = house.rows(
        "SELECT m.name, c.within, c.who, c.day, sum(c.n[m.lane])::int"
        " FROM nhip.named_cell c JOIN nhip.measure m USING (vector)"
        " WHERE c.grain IN ('D', 'DD') AND c.within <> '' GROUP BY 1, 2, 3, 4 HAVING sum(c.n[m.lane]) <> 0"
    )
    return {(measure, agency, kind, day): n for measure, agency, kind, day, n in rows}


async def test_a_field_report(house: House) -> None:
    life = [
        report("PA-1", 1, at=NOON, report_id="PA-1", lat=9.78, lon=105.47, reporter_ref="0912 345 678", shoe_size=43),
        report("PA-1", 2, "dispatched", NOON + timedelta(minutes=3)),
        report("PA-1", 3, "resolved", NOON + timedelta(hours=2)),
    ]
    outcome = await house.take(REPORTS, life)
    assert (outcome.records, outcome.stored, outcome.duplicates, outcome.unknown_fields) == (3, 3, 0, 1)
    events = house.rows(
        'SELECT id::text, subject, type, time, source, event_id, data, partition, "offset", appended_at'
        ' FROM nhip.report_event ORDER BY "offset"'
    )
    first = events[0]
    assert first[0].replace("-", "") == identity("/test", "1")
    assert first[1:6] == ("PA-1", "vn.nhip.report.submitted", NOON, "/test", "1")
    pseudonym = first[6].pop("reporter_ref")
    assert pseudonym.startswith("p1:")
    assert first[6] == {"report_id": "PA-1", "category": "rac-thai", "lat": 9.78, "lon": 105.47}
    assert first[7:] == (0, 0, NOW)
    state = house.rows("SELECT state, agency, kind, received_at, changed_at, ended_at FROM nhip.report_state")
    done = NOON + timedelta(hours=2)
    assert state == [("resolved", "so-gtvt", "rac-thai", NOON, done, done)]
    assert cells(house) == {
        (f"reports.{measure}", "so-gtvt", "rac-thai", YESTERDAY): 1
        for measure in ("received", "resolved", "agency_resolved")
    }
    house.assert_true()


async def test_a_dossier(house: House) -> None:
    due = NOON + timedelta(days=10)
    snapshot = dossier(
        "HS-1", 1, at=NOON, received_at=NOON.isoformat(), due_at=due.isoformat(), channel="online", online_level=4,
        applicant_name="Nguyễn Văn A",
    )  # fmt: skip
    outcome = await house.take(DOSSIERS, [snapshot])
    assert (outcome.stored, outcome.unknown_fields) == (1, 1)
    ((data,),) = house.rows("SELECT data FROM nhip.dossier_event")
    assert "Nguyễn" not in json.dumps(data, ensure_ascii=False)
    state = house.rows("SELECT state, agency, kind, received_at, due_at, ended_at, overdue_at FROM nhip.dossier_state")
    assert state == [("2", "so-tttt", "dat-dai", NOON, due, None, due)]
    received = {"received", "received_online", "received_offered", "received_offered_online", "open"}
    expected = {(f"dossiers.{measure}", "so-tttt", "dat-dai", YESTERDAY): 1 for measure in received}
    expected[("dossiers.overdue", "so-tttt", "dat-dai", civil_day(due))] = 1
    expected[("dossiers.due_soon", "so-tttt", "dat-dai", civil_day(due))] = -1
    found = cells(house)
    ((_, *soon, _),) = [cell for cell in found if cell[0] == "dossiers.due_soon" and cell[3] < civil_day(due)]
    assert soon == ["so-tttt", "dat-dai"]
    assert {cell: n for cell, n in found.items() if cell in expected} == expected
    assert len(found) == len(expected) + 1
    house.assert_true()


async def test_a_dossier_that_ends_takes_back_the_day_it_would_have_been_overdue(house: House) -> None:
    due = NOON + timedelta(days=10)
    await house.take(DOSSIERS, [dossier("HS-1", 1, at=NOON, received_at=NOON.isoformat(), due_at=due.isoformat())])
    await house.take(DOSSIERS, [dossier("HS-1", 2, "result_ready", NOON + timedelta(hours=1))])
    at = ("so-tttt", "dat-dai", YESTERDAY)
    assert cells(house) == {
        ("dossiers.received", *at): 1,
        ("dossiers.finished", *at): 1,
        ("dossiers.finished_early", *at): 1,
        ("dossiers.finished_on_time", *at): 1,
    }
    house.assert_true()


async def test_pings_and_maintenance(house: House) -> None:
    def after(minutes: int) -> object:
        return NOON + timedelta(minutes=minutes)

    pings = [ping("lgsp", n, NOON + timedelta(minutes=n), latency_ms=12.5, cert_days=30) for n in range(5)]
    pings += [ping("lgsp", n, NOON + timedelta(minutes=n), "fail", error="HTTP 502") for n in range(5, 9)]
    planned = [
        maintenance("lgsp", "m1", "started", NOON + timedelta(minutes=7)),
        maintenance("lgsp", "m2", "ended", NOON + timedelta(minutes=8)),
    ]
    outcome = await house.take(HEALTH, [*pings, *planned])
    assert (outcome.stored, outcome.duplicates) == (11, 0)
    columns = house.rows(
        "SELECT check_id, status, latency_ms, interval_s, grace_s, data FROM nhip.health_event"
        " ORDER BY time, id LIMIT 1"
    )
    assert columns == [("default", "ok", 12.5, 60, 60, {"cert_days": 30})]
    intervals = house.rows("SELECT planned, check_id, lower, upper, state FROM nhip.health_interval ORDER BY lower")
    assert intervals == [
        (False, "default", after(0), after(5), "up"),
        (False, "default", after(5), after(10), "down"),  # from the first of three failures, while the last one speaks
        (True, "", after(7), after(8), "maintenance"),
    ]
    minute = 60_000_000
    assert house.rows("SELECT day, up, down, maintenance FROM nhip.health_day") == [
        (YESTERDAY, 5 * minute, 2 * minute, minute)
    ]
    house.assert_true()


async def test_a_nightly_check_fills_the_days_between_its_pings(house: House) -> None:
    """Its interval reaches over days on which other checks of the system were heard all the time."""
    nightly = {"check_id": "nightly", "interval_s": 86_400, "grace_s": 3600}
    start = day_start(TODAY - timedelta(days=4)) + timedelta(hours=2)
    for day in range(4):
        await house.take(HEALTH, [ping("backup", f"night {day}", start + timedelta(days=day), **nightly)])
        await house.take(HEALTH, [ping("backup", f"day {day}", start + timedelta(days=day, hours=9), check_id="http")])
    days = [civil_day(start) + timedelta(days=n) for n in range(3)]
    up = [house.rows("SELECT up FROM board.uptime(%s, %s)", day, day + timedelta(days=1)) for day in days]
    assert up == [[(22 * 3_600_000_000,)], *[[(86_400_000_000,)]] * 2]
    house.assert_true()


async def test_a_partition_that_moves_without_records(house: House) -> None:
    """Control records and compaction: only the position changes."""
    await house.take(REPORTS, [report("PA-1", 1)])
    fetch = house.fetch(REPORTS, 1, 1)
    await house.handle(type(fetch)(fetch.topic, 0, 1, 4, [], 4))
    assert house.position(REPORTS) == 4
    assert house.rows("SELECT records, stored, appended_at FROM nhip.partition") == [(1, 1, NOW)]
    house.assert_true()


async def test_offsets_that_postgresql_does_not_know(house: House) -> None:
    """RFC 3339 goes to 23:59, PostgreSQL to 15:59: the moment is what counts."""
    there = {"time": "2026-01-02T03:04:05+23:59", "data": {"status": 2, "procedure": "p", "agency": "a"}}
    there["data"]["due_at"] = "2026-02-03T04:05:06-23:30"
    outcome = await house.take(DOSSIERS, [dossier("HS-1", 1) | there])
    assert outcome.stored == 1
    ((time, due),) = house.rows("SELECT time, due_at FROM nhip.dossier_event JOIN nhip.dossier_state USING (subject)")
    assert (time.isoformat(), due.isoformat()) == ("2026-01-01T03:05:05+00:00", "2026-02-04T03:35:06+00:00")
    house.assert_true()
