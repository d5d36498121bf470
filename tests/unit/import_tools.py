"""Files of history for tests, and what an import makes of them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from connectors.backfill.choosing import choose
from connectors.backfill.conversion import Refused
from connectors.backfill.refusals import Refusals
from connectors.backfill.rows import Row

NOW = datetime(2027, 6, 1, tzinfo=UTC)
KEY = b"k" * 32


def rows_of(path: Path) -> list[Row]:
    rows, _, _ = choose(path, KEY)
    return list(rows)


def outcomes(
    path: Path, *, mapping: Path | None = None, stream: str | None = None
) -> tuple[list[dict[str, Any]], list[Refused]]:
    """The events that a file yields, and its refused rows, which are written beside it too."""
    rows, converter, _ = choose(path, KEY, stream, mapping)
    events, refused = [], []
    with Refusals(path, rows) as refusals:
        for row in rows:
            found = converter.convert(row, NOW)
            if isinstance(found, Refused):
                refused.append(found)
                refusals.add(found)
            else:
                events += [orjson.loads(record.value) for record in found]
    return events, refused


def words(events: list[dict[str, Any]]) -> list[str]:
    """The last words of their types."""
    return [event["type"].rpartition(".")[2] for event in events]
