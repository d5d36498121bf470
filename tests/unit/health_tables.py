"""The health tables in memory, behind the statements of health.sql: what a late beat does to them, without a database.

tests/stack holds the same against PostgreSQL.
"""

import json
from datetime import date, datetime
from typing import Any

from connectors.timescale.catalogue import QUERIES as CATALOGUE
from connectors.timescale.chunks import Chunks
from connectors.timescale.health import QUERIES
from connectors.timescale.store import PostgresTransaction
from streams.contracts import HEALTH
from streams.days import EPOCH, moment
from streams.decoding import Accepted
from streams.health.beats import Beat

NAMES = {sql: name for name, sql in (*QUERIES.items(), *CATALOGUE.items())}
Row = tuple[Any, ...]


def _seconds(microseconds: int | None) -> int | None:
    return None if microseconds is None else microseconds // 1_000_000


class Tables:
    """Answers the statements that folding asks, for one system."""

    def __init__(self) -> None:
        self.beats: list[Beat] = []
        self.state: Row | None = None  # first_at, last_at, fold, tail, beats_since
        self.checkpoints: dict[datetime, Any] = {}
        self.intervals: dict[tuple[bool, str, datetime], tuple[datetime, str, int]] = {}
        self.days: dict[date, tuple[int, int, int, str | None]] = {}
        self._answer: list[Row] = []

    async def take(self, beats: list[Beat]) -> None:
        """One batch: its events are stored, then folded."""
        self.beats += beats
        new = [Accepted(one.time, one.identity, n, "system", b"", one, EPOCH) for n, one in enumerate(beats)]
        await PostgresTransaction(self, Chunks(set()), set()).fold(HEALTH, new)  # type: ignore[arg-type]  # stands for the tables: typed as loosely as rows are

    async def execute(self, sql: str, parameters: list[Any] | None = None) -> None:
        self._answer = getattr(self, f"_{NAMES[sql]}")(*(parameters or [])) or []

    async def fetchall(self) -> list[Row]:
        return self._answer

    async def fetchone(self) -> Row | None:
        return self._answer[0] if self._answer else None

    def _known(self, subjects: list[str]) -> list[Row]:
        return [(subject,) for subject in subjects if self.state is not None]

    def _in_force(self) -> list[Row]:
        return []

    def _insert_missing(self, subjects: list[str], firsts: list[datetime], terms: list[str]) -> None:
        if self.state is None:
            (first,) = firsts
            self.state = (first, first, {"last": None, "checks": {}, "maintenance": {}}, [], 0)

    def _lock(self, subjects: list[str]) -> list[Row]:
        assert self.state is not None
        first, _, fold, _, since = self.state
        return [("system", first, fold, since, {})]

    def _update(self, subjects: list[str], *columns: list[Any]) -> None:
        assert self.state is not None
        ((first, last, fold, tail, since),) = zip(*columns, strict=True)
        self.state = (min(first, self.state[0]), last, json.loads(fold), json.loads(tail), since)

    def _checkpoint_before(self, subject: str, at: datetime) -> list[Row]:
        return [(before, self.checkpoints[before]) for before in sorted(self.checkpoints, reverse=True) if before <= at]

    def _checkpoint_after(self, subject: str, at: datetime) -> list[Row]:
        return [(before, self.checkpoints[before]) for before in sorted(self.checkpoints) if before > at]

    def _put_checkpoints(self, subjects: list[str], befores: list[datetime], folds: list[str]) -> None:
        self.checkpoints |= {at: json.loads(fold) for at, fold in zip(befores, folds, strict=True)}

    def _delete_checkpoints(self, subject: str, begin: datetime, end: datetime) -> None:
        self.checkpoints = {at: fold for at, fold in self.checkpoints.items() if not begin < at < end}

    def _read_beats(self, subject: str, begin: datetime, end: datetime, last: datetime) -> list[Row]:
        return [
            (moment(one.time), one.identity, one.check, one.status, _seconds(one.interval), _seconds(one.grace))
            for one in self.beats
            if begin <= moment(one.time) < end and moment(one.time) <= last
        ]

    def _intervals_begun(self, subject: str, begin: datetime, end: datetime) -> list[Row]:
        return [key for key in self.intervals if begin <= key[2] < end]

    def _delete_intervals(self, *columns: Any) -> None:
        for key in zip(*columns[:3], strict=True):
            self.intervals.pop(key, None)  # type: ignore[call-overload]  # stands for the tables: typed as loosely as rows are

    def _put_intervals(self, subjects: list[str], *columns: list[Any]) -> None:
        keys = list(zip(*columns[:3], strict=True))
        assert len(keys) == len(set(keys)), "PostgreSQL updates no row twice"
        self.intervals |= dict(zip(keys, zip(*columns[3:], strict=True), strict=True))

    def _read_intervals(self, subjects: list[str], lowers: list[datetime], uppers: list[datetime]) -> list[Row]:
        return [
            ("system", *key, *rest)
            for lower, upper in zip(lowers, uppers, strict=True)
            for key, rest in self.intervals.items()
            if rest[0] > lower and key[2] < upper
        ]

    def _put_days(self, subjects: list[str], days: list[date], *columns: list[int]) -> None:
        assert len(days) == len(set(days)), "PostgreSQL updates no row twice"
        self.days |= dict(zip(days, zip(*columns, strict=True), strict=True))  # type: ignore[arg-type]  # stands for the tables: typed as loosely as rows are
