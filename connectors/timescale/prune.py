"""`nhip prune`: pings older than the retention go, a day at a time; a snapshot of each system stands in their place."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from operator import itemgetter

import psycopg
from psycopg import errors

from connectors.timescale.floor import QUERIES
from connectors.timescale.health import dumps
from connectors.timescale.recount import as_beat
from streams.contracts import HEALTH
from streams.errors import NhipError
from streams.health.fold import System, fold
from streams.health.terms import book_from_json

DAY = timedelta(days=1)

PATIENCE = "5s"
"""How long a step waits for those who read pings; batches wait behind it."""

Progress = Callable[[datetime, int], None]
"""Told where the floor stands, and how many pings went for it."""


class Busy(NhipError):
    """A long transaction reads pings (`nhip verify`, perhaps): what was pruned stays so, try the rest again later."""


def prune(connection: psycopg.Connection, before: datetime, progress: Progress) -> int:
    """Move the floor up to the last midnight (UTC) that is not after `before`; how many pings went. Raises Busy.

    A step is a day, which is what a chunk spans: batches of pings wait for one step, not for all. The connection is the
    owner's, in autocommit.
    """
    pruned = 0
    while (floor := _next_floor(connection)) is not None and floor <= before:
        try:
            with connection.transaction():
                n = _step(connection, floor)
        except errors.LockNotAvailable:
            raise Busy from None
        progress(floor, n)
        pruned += n
    return pruned


def _next_floor(connection: psycopg.Connection) -> datetime | None:
    """The midnight after the oldest ping there is, None where there is none."""
    row = connection.execute(QUERIES["oldest"]).fetchone()
    if row is None or row[0] is None:
        return None
    oldest: datetime = row[0]
    return oldest.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + DAY


def _step(connection: psycopg.Connection, floor: datetime) -> int:
    """Snapshots and floor in one transaction, with the pings that they stand for."""
    connection.execute(QUERIES["patience"], [PATIENCE])
    connection.execute(QUERIES["move_alone"])
    _snapshot(connection, floor)
    (n,) = connection.execute(QUERIES["count"], [floor]).fetchone() or (0,)
    (has_chunks,) = connection.execute(QUERIES["has_chunks"]).fetchone() or (False,)
    connection.execute(QUERIES["drop_chunks" if has_chunks else "delete"], [floor])
    connection.execute(QUERIES["move"], [HEALTH.name, floor, n])
    return int(n)


def _snapshot(connection: psycopg.Connection, floor: datetime) -> None:
    """The fold of each system's beats before the floor, as the checkpoint that later folds start from."""
    rows = connection.execute(QUERIES["beats"], {"floor": floor, "oldest": floor - DAY})
    kept = []
    for subject, group in itertools.groupby(rows, key=itemgetter(0)):
        found = list(group)
        _, terms, _, start, *_ = found[0]
        beats = sorted(as_beat(*beat) for _, _, _, _, *beat in found if beat[0] is not None)
        system = System.from_json(start) if start else System()
        kept.append((subject, floor, dumps(fold(system, beats, terms=book_from_json(terms)).system)))
    with connection.cursor() as cursor:
        cursor.executemany(QUERIES["keep"], kept)
    connection.execute(QUERIES["forget_checkpoints"], [floor])
