"""nhip reconcile: the portal's list as a file, ours from events, every difference with both values."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from connectors.backfill.errors import UnreadableFile
from connectors.backfill.portal import listed
from connectors.timescale.reconcile import Reading, differences, stage
from streams.contracts import DOSSIERS
from streams.contracts.types import PROVINCE_TIME
from streams.days import civil_day, day_start
from streams.reconciliation import Difference
from tests.stack.store_tools import NOW, House, dossier

DAY = timedelta(days=1)
TODAY = day_start(civil_day(NOW))


def exchange(moment: datetime) -> str:
    return f"{moment.astimezone(PROVINCE_TIME):%Y%m%d%H%M%S}"


def row(subject: str, status: int, due: datetime, finished: datetime | None = None) -> dict[str, object]:
    return {
        "MaHoSo": subject, "TrangThaiHoSo": status, "NgayTiepNhan": exchange(TODAY - 5 * DAY),
        "NgayHenTra": exchange(due), "NgayKetThucXuLy": exchange(finished) if finished else "",
    }  # fmt: skip


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def reconciled(house: House, path: Path) -> tuple[Reading, list[Difference]]:
    with psycopg.connect(house.url) as connection:
        reading = stage(connection, listed(path))
        return reading, list(differences(connection, reading, NOW))


async def test_every_kind_of_difference_is_shown_with_both_values(house: House, tmp_path: Path) -> None:
    at, due, end = TODAY - 5 * DAY, TODAY + 2 * DAY, TODAY - DAY
    sent = [
        dossier(f"HS-{n}", n, at=at, received_at=at.isoformat(), due_at=due.isoformat(), status=2) for n in range(1, 7)
    ]
    sent += [dossier("HS-2", 12, "result_ready", end), dossier("HS-3", 13, "result_ready", end)]
    await house.take(DOSSIERS, sent)
    path = written(
        tmp_path / "list.csv",
        [
            row("HS-1", 2, due),
            row("HS-2", 9, due, end),
            row("HS-3", 9, TODAY - 3 * DAY, end),
            row("HS-4", 4, TODAY - DAY),
            row("HS-5", 2, due),
            row("HS-5", 2, due),
            row("HS-9", 4, due),
            row("", 4, due),
        ],
    )
    reading, found = reconciled(house, path)
    assert (reading.rows, reading.repeated, [unread.line for unread in reading.unread]) == (8, 1, [9])
    days = [civil_day(TODAY - 3 * DAY).isoformat(), civil_day(TODAY - DAY).isoformat(), civil_day(due).isoformat()]
    assert found == [
        Difference("HS-3", "due_date", days[0], days[2]),
        Difference("HS-3", "verdict", "late", "on_time"),
        Difference("HS-4", "status", "4", "2"),
        Difference("HS-4", "due_date", days[1], days[2]),
        Difference("HS-4", "verdict", "overdue", "open"),
        Difference("HS-6", "existence", "missing", "exists"),
        Difference("HS-9", "existence", "exists", "missing"),
    ]


async def test_ours_of_other_days_are_not_missed(plain_house: House, tmp_path: Path) -> None:
    at = TODAY - 20 * DAY
    await plain_house.take(DOSSIERS, [dossier("HS-1", 1, at=at, received_at=at.isoformat())])
    _, found = reconciled(plain_house, written(tmp_path / "list.csv", [row("HS-9", 4, TODAY)]))
    assert [difference.dossier for difference in found] == ["HS-9"]


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="MaHoSo"):
        list(listed(written(tmp_path / "other.csv", [{"a": 1, "b": 2}])))
