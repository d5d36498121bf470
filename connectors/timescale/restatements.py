"""The ledger of restatements: what changes in a closed period is applied, and written down with its cause."""

from collections.abc import Callable, Mapping
from datetime import date

from psycopg import AsyncCursor

from connectors.timescale.queries import load
from streams.flows import Cells, difference

QUERIES = load("form.sql")


async def closed_until(cursor: AsyncCursor) -> date | None:
    """The day after the last one that lies in a closed period, None where none was closed.

    ROW SHARE on the table of closings, until the end of the transaction: whoever closes a period waits for batches that
    have looked already, and those that look later see the closing (connectors/timescale/form.py).
    """
    await cursor.execute(QUERIES["lock_closings"])
    await cursor.execute(QUERIES["closed_until"])
    row = await cursor.fetchone()
    return row[0] if row else None


async def restate(
    cursor: AsyncCursor, closed: date, changed: Mapping[str, tuple[Cells, Cells]], cause: Callable[[str], str]
) -> None:
    """Write down what subjects now add to days before `closed`, where it is something else than before.

    `changed` holds each subject's cells as they were and as they are; `cause` tells what changed them.
    """
    lines = [
        (subject, cell.measure, list(cell.place), cell.day, old.get(cell, 0), new.get(cell, 0), cause(subject))
        for subject, (old, new) in sorted(changed.items())
        for cell in sorted(difference(new, old), key=lambda cell: (cell.day, cell.measure, cell.place))
        if cell.day < closed
    ]
    if lines:
        await cursor.executemany(QUERIES["restate"], lines)
