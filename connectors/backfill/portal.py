"""The national portal's list of dossiers, read for reconciliation: its own status and dates, no events."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from connectors.backfill.errors import UnreadableFile
from connectors.backfill.layout import Shape, examine
from connectors.backfill.mapping import first
from connectors.backfill.moments import NoMoment, moment
from connectors.backfill.rows import Row, Rows, folded
from streams.contracts.types import PROVINCE_TIME
from streams.reconciliation import Standing

ID, STATUS, RECEIVED, DUE = "MaHoSo", "TrangThaiHoSo", "NgayTiepNhan", "NgayHenTra"
ENDED = ("NgayKetThucXuLy", "NgayTra")
"""Columns of the national exchange (after VietOpenCPS/opencps-v2); the end is the first of the two that is set."""


class Listed(NamedTuple):
    """One row of the list; `received_at` tells which of ours it should hold too."""

    dossier: str
    standing: Standing
    received_at: datetime | None


class Unread(NamedTuple):
    """A row that cannot be compared, and why."""

    line: int
    reason: str


def listed(path: Path) -> Iterator[Listed | Unread]:
    """The rows of a JSON, JSONL or CSV file, one at a time. Raises UnreadableFile where it is no such list."""
    layout = examine(path)
    rows = Rows(path, layout)
    header = {folded(name) for name in rows.header}
    missing = [name for name in (ID, STATUS) if folded(name) not in header]
    if layout.shape is Shape.CSV and missing:
        raise UnreadableFile(f"{path} is no list of dossiers: it has no column {', '.join(missing)}")
    for row in rows:
        yield _listed(row)


def _listed(row: Row) -> Listed | Unread:
    if row.fault:
        return Unread(row.line, row.fault)
    dossier, status = first(row.values, [folded(ID)]), first(row.values, [folded(STATUS)])
    if dossier is None or status is None:
        return Unread(row.line, f"it has no {ID if dossier is None else STATUS}")
    try:
        due, received = _moment(row.values, (DUE,), time.max), _moment(row.values, (RECEIVED,), time.min)
        standing = Standing(int(str(status)), due, _moment(row.values, ENDED, time.min))
    except NoMoment as error:
        return Unread(row.line, str(error))
    except ValueError:
        return Unread(row.line, f"{STATUS} {status!r} is no number")
    return Listed(str(dossier), standing, received)


def _moment(row: Mapping[str, Any], columns: tuple[str, ...], of_day: time) -> datetime | None:
    """A date without a time means the end of the day where something is due, its beginning elsewhere."""
    value = first(row, [folded(column) for column in columns])
    if value is None:
        return None
    text = moment(str(value))
    found = datetime.fromisoformat(text)
    if len(text) == len("2026-11-23"):
        found = datetime.combine(found.date(), of_day, PROVINCE_TIME)
    return found.astimezone(UTC)
