"""Folding health events: in order from the last state, again from a checkpoint where a beat came late, or from all."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

import orjson
from psycopg import AsyncCursor

from connectors.timescale import catalogue
from connectors.timescale.change import Change, touched_from
from connectors.timescale.floor import floor
from connectors.timescale.late import refold, refold_all
from connectors.timescale.queries import load
from streams.contracts import HEALTH
from streams.contracts.types import EARLIEST
from streams.days import civil_day, day_start, microseconds, moment
from streams.decoding import Accepted
from streams.health.beats import Beat
from streams.health.checks import Interval
from streams.health.fold import System, fold
from streams.health.terms import Book, book, book_from_json, needed
from streams.health.uptime import Piece, by_day, days_between, tail

QUERIES = load("health.sql")


async def fold_systems(cursor: AsyncCursor, new: list[Accepted]) -> None:
    """Bring the intervals and days of every system that has new events up to date."""
    beats: dict[str, list[Beat]] = defaultdict(list)
    for item in new:
        beats[item.subject].append(item.content)
    if not beats:
        return
    changes = await _lock(cursor, beats)
    for change in changes:
        await _bring_up_to_date(cursor, change, sorted(beats[change.subject]))
    await _write(cursor, changes)
    await _write_days(cursor, changes)


async def _lock(cursor: AsyncCursor, beats: dict[str, list[Beat]]) -> list[Change]:
    """The states of systems, locked in sorted order, as nothing changed yet."""
    firsts = {subject: min(beats[subject]).time for subject in sorted(beats)}
    await cursor.execute(QUERIES["known"], [list(firsts)])
    missing = sorted(firsts.keys() - {subject for (subject,) in await cursor.fetchall()})
    if missing:
        await _begin(cursor, {subject: firsts[subject] for subject in missing})
    await cursor.execute(QUERIES["lock"], [list(firsts)])
    return [
        Change(subject, min(microseconds(first_at), firsts[subject]), System.from_json(fold), n, book_from_json(terms))
        for subject, first_at, fold, n, terms in await cursor.fetchall()
    ]


async def _begin(cursor: AsyncCursor, firsts: dict[str, int]) -> None:
    """States of systems that are heard for the first time, with the terms that the catalogue has for them now.

    They keep these terms: another catalogue is for `nhip rebuild` to apply, to the past too.
    """
    known = await catalogue.current(cursor)
    terms = [terms_json(book(known.system(subject))) for subject in firsts]
    moments = [moment(first) for first in firsts.values()]
    await cursor.execute(QUERIES["insert_missing"], [list(firsts), moments, terms])


async def rebuild_system(cursor: AsyncCursor, subject: str) -> None:
    """Fold one system again from all its pings, with the terms that the catalogue has for it now.

    One whose older pings were pruned is folded from its snapshot on: before the floor everything stays as it is.
    """
    begin = await floor(cursor, HEALTH)
    await cursor.execute(QUERIES["lock"], [[subject]])
    await cursor.execute(QUERIES["snapshot"], [begin, subject])
    row = await cursor.fetchone()
    if row is None:
        return
    first_at, snapshot = row
    start = System.from_json(snapshot) if snapshot else System()
    begin = begin if snapshot else EARLIEST
    known = await catalogue.current(cursor)
    change = Change(subject, microseconds(first_at), System(), 0, book(known.system(subject)))
    await cursor.execute(QUERIES["keep_terms"], [terms_json(change.terms), first_at, subject])
    await cursor.execute(QUERIES["forget_days"], [subject, civil_day(begin)])
    await refold_all(cursor, change, begin, start)
    await _write(cursor, [change])
    await _write_days(cursor, [change])


async def _bring_up_to_date(cursor: AsyncCursor, change: Change, beats: list[Beat]) -> None:
    """Fold late beats by refolding around them, the others onto the last state."""
    last = change.system.last
    late = [] if last is None else [beat for beat in beats if beat.time <= last]
    new = beats[len(late) :]
    while late:
        stands = await refold(cursor, change, late + new)
        if stands is None:
            return
        late = [beat for beat in late if beat.time >= stands]
    if new:
        folded = fold(change.system, new, change.beats_since, change.terms)
        change.take(folded, touched_from(change.system, new), new[-1].time)
        change.ends_with(folded)


async def _write(cursor: AsyncCursor, changes: list[Change]) -> None:
    await cursor.execute(
        QUERIES["update"],
        [
            [change.subject for change in changes],
            [moment(change.first) for change in changes],
            [moment(change.system.last or change.first) for change in changes],
            [dumps(change.system) for change in changes],
            [pieces_json(_tail(change)) for change in changes],
            [change.beats_since for change in changes],
        ],
    )
    checkpoints = [(change.subject, moment(at), dumps(s)) for change in changes for at, s in change.checkpoints.items()]
    if checkpoints:
        await cursor.execute(QUERIES["put_checkpoints"], [list(column) for column in zip(*checkpoints, strict=True)])
    rows = [
        (change.subject, planned, i.check, moment(i.lower), moment(i.upper), i.state, i.cover)
        for change in changes
        for planned, intervals in ((False, change.observed), (True, change.maintained))
        for i in intervals.values()
    ]
    if rows:
        await cursor.execute(QUERIES["put_intervals"], [list(column) for column in zip(*rows, strict=True)])


def _tail(change: Change) -> list[Piece]:
    lasting, work = change.system.open_intervals()
    return tail(needed(lasting, change.terms), work, change.system.last or change.first)


def terms_json(terms: Book) -> str:
    """Terms as they are stored with a system's state."""
    return orjson.dumps({check: list(of) for check, of in terms.items()}).decode()


def dumps(system: System) -> str:
    """A system's fold as JSON."""
    return orjson.dumps(system.as_json()).decode()


def pieces_json(pieces: Sequence[Piece]) -> str:
    """Pieces as the JSON that board.uptime reads, times in microseconds; the end of the last of a tail is far away."""
    return orjson.dumps([piece._asdict() for piece in pieces]).decode()


async def _write_days(cursor: AsyncCursor, changes: list[Change]) -> None:
    """Sum up again every day that a change touches."""
    stretches = [(change.subject, *stretch) for change in changes for stretch in change.stretches]
    spans = [(subject, days_between(lower, upper)) for subject, lower, upper in stretches]
    bounds = [(subject, day_start(days[0]), day_start(days[-1] + timedelta(days=1))) for subject, days in spans]
    await cursor.execute(QUERIES["read_intervals"], [list(column) for column in zip(*bounds, strict=True)])
    checks: dict[str, set[Interval]] = defaultdict(set)
    planned: dict[str, set[Interval]] = defaultdict(set)
    for subject, is_planned, check, lower, upper, state, covered in await cursor.fetchall():
        interval = Interval(check, microseconds(lower), microseconds(upper), state, covered)
        (planned if is_planned else checks)[subject].add(interval)
    last = {change.subject: change.system.last or change.first for change in changes}
    for change in changes:
        checks[change.subject].update(change.system.open_intervals()[0])  # the silences that last are not stored
        checks[change.subject] = set(needed(checks[change.subject], change.terms))
    rows = {
        (subject, day): (seen.up, seen.down, seen.maintenance, pieces_json(seen.silent) if seen.silent else None)
        for subject, lower, upper in stretches
        for day, seen in by_day(checks[subject], planned[subject], lower, upper, last[subject]).items()
    }
    columns = zip(*((*key, *seen) for key, seen in sorted(rows.items())), strict=True)
    await cursor.execute(QUERIES["put_days"], [list(column) for column in columns])
