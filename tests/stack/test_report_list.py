"""board.report: every report as lists and maps show it."""

from datetime import timedelta
from typing import Any

import psycopg

from streams.contracts import REPORTS
from tests.stack.store_tools import NOW, House, as_role, report

HOUR = timedelta(hours=1)


def listed(house: House) -> dict[str, dict[str, Any]]:
    """By id, as the reader sees them."""
    with psycopg.connect(as_role(house.url, "nhip_reader")) as connection:
        cursor = connection.execute("SELECT * FROM board.report")
        names = [column.name for column in cursor.description or ()]
        return {row[0]: dict(zip(names, row, strict=True)) for row in cursor}


async def test_a_report_is_listed_with_its_place_its_dates_and_whether_it_is_overdue(house: House) -> None:
    due = (NOW - HOUR).isoformat()
    life = [
        report(
            "PA-1", 1, at=NOW - 5 * HOUR, lat=9.784123, lon=105.47, area="vi-thanh", channel="zalo", priority="urgent"
        ),
        report("PA-1", 2, "dispatched", NOW - 4 * HOUR, due_at=due),
        report("PA-1", 3, "returned_by_agency", NOW - 3 * HOUR),
    ]
    await house.take(REPORTS, life)
    row = listed(house)["PA-1"]
    place = {
        "state": "returned", "agency": "so-gtvt", "category": "rac-thai", "area": "vi-thanh", "channel": "zalo",
        "priority": "urgent", "lat": 9.784123, "lon": 105.47,
    }  # fmt: skip
    assert row | place == row
    assert row["due_at"] == row["citizen_due_at"] == row["overdue_at"] == NOW - HOUR
    assert (row["open"], row["overdue"], row["due_by"], row["hand_backs"]) == (True, True, "upstream", 1)
    assert row["responded_at"] == NOW - 4 * HOUR
    assert (row["late"], row["resolved_at"]) == (None, None)
    house.assert_true()


async def test_what_is_done_is_not_open_and_keeps_its_verdict(plain_house: House) -> None:
    life = [
        report("PA-2", 1, at=NOW - 5 * HOUR),
        report("PA-2", 2, "resolved", NOW - HOUR),
        report("PA-2", 3, "rated", NOW, rating=4),
    ]
    await plain_house.take(REPORTS, life)
    row = listed(plain_house)["PA-2"]
    assert (row["open"], row["overdue"], row["late"], row["rating"]) == (False, False, False, 4)
    assert row["resolved_at"] == NOW - HOUR


async def test_what_a_citizen_wrote_is_not_listed(plain_house: House) -> None:
    await plain_house.take(REPORTS, [report("PA-3", 1, description="Trước nhà tôi", address="12 Hùng Vương")])
    ((state,),) = plain_house.rows("SELECT to_jsonb(s)::text FROM nhip.report_state s")
    assert "Trước nhà" not in state
    assert "Hùng Vương" not in state
