"""Folding health events: in order from the last state, or again from a checkpoint where a beat came late."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import orjson
from psycopg import AsyncCursor

from connectors.timescale.late import refold
from connectors.timescale.queries import load
from streams.days import day_start, microseconds, moment
from streams.decoding import Accepted
from streams.health.beats import Beat, beat
from streams.health.checks import Interval
from streams.health.fold import Folded, System, fold
from streams.health.uptime import by_day, days_between

QUERIES = load("health.sql")


@dataclass(slots=True)
class Change:
    """One system's new state, and the stretch of time (microseconds) whose days it touches."""

    subject: str
    first: int
    lower: int
    upper: int
    folded: Folded


async def fold_systems(cursor: AsyncCursor, new: list[Accepted]) -> None:
    """Bring the intervals and days of every system that has new events up to date."""
    beats: dict[str, list[Beat]] = defaultdict(list)
    for item in new:
        beats[item.event.subject].append(beat(item.event, item.identity))
    if not beats:
        return
    systems = await _lock(cursor, beats)
    changes = []
    for subject, found in beats.items():
        system, beats_since = systems[subject]
        found.sort()
        changes.append(await _one(cursor, subject, system, beats_since, found))
    await _write(cursor, changes)
    await _write_days(cursor, changes)


async def _lock(cursor: AsyncCursor, beats: dict[str, list[Beat]]) -> dict[str, tuple[System, int]]:
    subjects = sorted(beats)
    firsts = [moment(min(beats[subject]).time) for subject in subjects]
    await cursor.execute(QUERIES["insert_missing"], [subjects, firsts])
    await cursor.execute(QUERIES["lock"], [subjects])
    return {subject: (System.from_json(fold), since) for subject, fold, since in await cursor.fetchall()}


async def _one(cursor: AsyncCursor, subject: str, system: System, beats_since: int, beats: list[Beat]) -> Change:
    first = beats[0].time
    if system.last is None or first > system.last:
        lower = min([first, *(check.run_start for check in system.checks.values() if check.run)])
        folded = fold(system, beats, beats_since)
        return Change(subject, first, min(lower, system.last or lower), folded.system.last or first, folded)
    lower, upper, folded = await refold(cursor, subject, first, beats[-1].time, Folded(system, beats_since))
    return Change(subject, first, lower, upper, folded)


async def _write(cursor: AsyncCursor, changes: list[Change]) -> None:
    changes.sort(key=lambda change: change.subject)
    last = [moment(change.folded.system.last or change.first) for change in changes]
    await cursor.execute(
        QUERIES["update"],
        [
            [change.subject for change in changes],
            [moment(change.first) for change in changes],
            last,
            [moment(change.folded.system.spoken_for or change.first) for change in changes],
            [dumps(change.folded.system) for change in changes],
            [change.folded.beats_since for change in changes],
        ],
    )
    checkpoints = [(c.subject, moment(at), dumps(s)) for c in changes for at, s in c.folded.checkpoints.items()]
    if checkpoints:
        await cursor.execute(QUERIES["put_checkpoints"], [list(column) for column in zip(*checkpoints, strict=True)])
    rows = [
        (change.subject, planned, i.check, moment(i.lower), moment(i.upper), i.state)
        for change in changes
        for planned, intervals in ((False, change.folded.observed), (True, change.folded.maintained))
        for i in intervals.values()
    ]
    if rows:
        await cursor.execute(QUERIES["put_intervals"], [list(column) for column in zip(*sorted(rows), strict=True)])


def dumps(system: System) -> str:
    """A system's fold as JSON."""
    return orjson.dumps(system.as_json()).decode()


async def _write_days(cursor: AsyncCursor, changes: list[Change]) -> None:
    spans = {change.subject: days_between(change.lower, change.upper) for change in changes}
    bounds = [(subject, day_start(days[0]), day_end(days[-1])) for subject, days in spans.items()]
    await cursor.execute(QUERIES["read_intervals"], [list(column) for column in zip(*bounds, strict=True)])
    checks: dict[str, list[Interval]] = defaultdict(list)
    planned_by: dict[str, list[Interval]] = defaultdict(list)
    for subject, planned, check, lower, upper, state in await cursor.fetchall():
        interval = Interval(check, microseconds(lower), microseconds(upper), state)
        (planned_by if planned else checks)[subject].append(interval)
    rows = [
        (change.subject, day, *seen)
        for change in changes
        for day, seen in by_day(checks[change.subject], planned_by[change.subject], change.lower, change.upper).items()
    ]
    if rows:
        await cursor.execute(QUERIES["put_days"], [list(column) for column in zip(*rows, strict=True)])


def day_end(day: date) -> object:
    """The first moment after a civil day."""
    return day_start(date.fromordinal(day.toordinal() + 1))
