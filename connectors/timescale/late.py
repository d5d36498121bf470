"""A late beat: fold one system again from the checkpoint before it, until the outcome is what was known."""

from datetime import datetime

from psycopg import AsyncCursor

from connectors.timescale.queries import load
from connectors.timescale.recount import as_beat
from streams.contracts.types import EARLIEST, LATEST
from streams.days import microseconds, moment
from streams.health.beats import Beat
from streams.health.checks import NEW
from streams.health.fold import Folded, System
from streams.health.refold import Refold

QUERIES = load("health.sql")


async def refold(cursor: AsyncCursor, subject: str, first: int, last: int, known: Folded) -> tuple[int, int, Folded]:
    """Fold again what lies from `first` on (microseconds). Gives the stretch of time touched and what to write.

    `known` is the state after all beats: it stands when the fold agrees with a checkpoint beyond `last`.
    """
    before, start = await _checkpoint_before(cursor, subject, first)
    again, agreed, begin = Refold.start(start), None, before
    while agreed is None:
        end, checkpoint = await _checkpoint_after(cursor, subject, begin)
        again.stretch(await read_beats(cursor, subject, begin, end))
        if checkpoint is None:
            break
        agreed = end if microseconds(end) > last and again.agrees(checkpoint) else None
        begin = end
    end = agreed or LATEST
    keep = again.still_open() if agreed else set()
    await _clear(cursor, subject, before, end, keep, start)
    for planned, intervals in ((False, again.observed), (True, again.maintained)):
        for name, lower in [key for key in intervals if (planned, *key) in keep]:
            del intervals[name, lower]
    after = known if agreed else again.folded
    touched = min([first, start.last or first, *(check.run_start for check in start.checks.values() if check.run)])
    upper = microseconds(agreed) if agreed else max(after.system.last or last, last)
    return touched, upper, Folded(after.system, after.beats_since, again.observed, again.maintained, again.checkpoints)


async def _checkpoint_before(cursor: AsyncCursor, subject: str, time: int) -> tuple[datetime, System]:
    await cursor.execute(QUERIES["checkpoint_before"], [subject, moment(time)])
    row = await cursor.fetchone()
    return (row[0], System.from_json(row[1])) if row else (EARLIEST, System())


async def _checkpoint_after(cursor: AsyncCursor, subject: str, at: datetime) -> tuple[datetime, System | None]:
    await cursor.execute(QUERIES["checkpoints_from"], [subject, at])
    row = await cursor.fetchone()
    return (row[0], System.from_json(row[1])) if row else (LATEST, None)


async def read_beats(cursor: AsyncCursor, subject: str, begin: datetime, end: datetime) -> list[Beat]:
    """A system's beats from `begin` up to `end`, as stored."""
    await cursor.execute(QUERIES["read_beats"], [subject, begin, end])
    return [as_beat(*row) for row in await cursor.fetchall()]


async def _clear(
    cursor: AsyncCursor, subject: str, begin: datetime, end: datetime, keep: set[tuple[bool, str, int]], start: System
) -> None:
    """Take away checkpoints and intervals that an earlier fold began between two moments, but for those to keep."""
    await cursor.execute(QUERIES["delete_checkpoints"], [subject, begin, end])
    runs = [moment(check.run_start) for check in start.checks.values() if check.run]
    await cursor.execute(QUERIES["intervals_begun"], [subject, min([begin, *runs]), end])
    was_open = {(False, name, check.lower) for name, check in start.checks.items() if check.state != NEW}
    was_open |= {(True, name, since) for name, since in start.maintenance.items()}
    gone = [
        (planned, check, lower)
        for planned, check, lower in await cursor.fetchall()
        if (planned, check, microseconds(lower)) not in keep | was_open
    ]
    if gone:
        columns = [list(column) for column in zip(*gone, strict=True)]
        await cursor.execute(QUERIES["delete_intervals"], [*columns, subject])
