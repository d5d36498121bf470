"""Late beats: fold a system again from the checkpoint before them, until the outcome is what was known."""

from collections.abc import Sequence
from datetime import datetime

from psycopg import AsyncCursor

from connectors.timescale.change import Change, touched_from
from connectors.timescale.queries import load
from connectors.timescale.recount import as_beat
from streams.contracts.types import EARLIEST, LATEST
from streams.days import microseconds, moment
from streams.health.beats import Beat
from streams.health.fold import System
from streams.health.refold import Refold

QUERIES = load("health.sql")


async def refold(cursor: AsyncCursor, change: Change, beats: Sequence[Beat]) -> int | None:
    """Fold again from the first of the new beats on, all of which are stored already.

    Returns the time (microseconds) from which on everything known stands but for later ones of `beats`; None when the
    fold ran on to the last beat there is.
    """
    before, start = await _checkpoint_before(cursor, change.subject, beats[0].time)
    again, agreed, begin = Refold.start(start, change.terms), None, max(before, moment(change.first))
    last = moment(max(change.system.last or 0, beats[-1].time))
    while agreed is None:
        end, checkpoint = await _checkpoint_after(cursor, change.subject, begin)
        again.stretch(await read_beats(cursor, change.subject, begin, end, last))
        if checkpoint is None:
            break
        agreed = end if again.agrees(checkpoint) else None
        begin = end
    keep = again.still_open() if agreed else set()
    await _clear(cursor, change.subject, before, agreed or LATEST, keep, start)
    again.leave_out(keep)
    upper = microseconds(agreed) if agreed else again.folded.system.last or beats[-1].time
    touched = touched_from(start, [beat for beat in beats if beat.time <= upper])
    change.take(again, min(touched, again.first), upper)
    if agreed:
        return upper
    change.ends_with(again.folded)
    return None


async def refold_all(cursor: AsyncCursor, change: Change, floor: datetime, start: System) -> None:
    """Fold a system again from what it was at the floor to its last beat, a stretch at a time."""
    again, first = Refold.start(start, change.terms), max(floor, moment(change.first))
    begin = first
    while begin < LATEST:
        end, _ = await _checkpoint_after(cursor, change.subject, begin)
        again.stretch(await read_beats(cursor, change.subject, begin, end, LATEST))
        begin = end
    await _clear(cursor, change.subject, floor, LATEST, set(), start)
    last = again.folded.system.last or change.first
    change.take(again, min(microseconds(first), last), last)
    change.ends_with(again.folded)


async def _checkpoint_before(cursor: AsyncCursor, subject: str, time: int) -> tuple[datetime, System]:
    await cursor.execute(QUERIES["checkpoint_before"], [subject, moment(time)])
    row = await cursor.fetchone()
    return (row[0], System.from_json(row[1])) if row else (EARLIEST, System())


async def _checkpoint_after(cursor: AsyncCursor, subject: str, at: datetime) -> tuple[datetime, System | None]:
    await cursor.execute(QUERIES["checkpoint_after"], [subject, at])
    row = await cursor.fetchone()
    return (row[0], System.from_json(row[1])) if row else (LATEST, None)


async def read_beats(cursor: AsyncCursor, subject: str, begin: datetime, end: datetime, last: datetime) -> list[Beat]:
    """A system's beats from `begin` up to `end`, as stored. `last` keeps the planner away from other chunks."""
    await cursor.execute(QUERIES["read_beats"], [subject, begin, end, last])
    return [as_beat(*row) for row in await cursor.fetchall()]


async def _clear(
    cursor: AsyncCursor, subject: str, before: datetime, end: datetime, keep: set[tuple[bool, str, int]], start: System
) -> None:
    """Take away checkpoints and intervals that the earlier fold began between two moments, but for those to keep.

    A run that was under way at `before` may have become an interval that begins with the run, before that moment.
    """
    await cursor.execute(QUERIES["delete_checkpoints"], [subject, before, end])
    await cursor.execute(QUERIES["intervals_begun"], [subject, before, end])
    begun = {(planned, name, microseconds(lower)) for planned, name, lower in await cursor.fetchall()}
    begun |= {(False, name, check.run_start) for name, check in start.checks.items() if check.run}
    gone = [(planned, name, moment(lower)) for planned, name, lower in sorted(begun - keep)]
    if gone:
        columns = [list(column) for column in zip(*gone, strict=True)]
        await cursor.execute(QUERIES["delete_intervals"], [*columns, subject])
