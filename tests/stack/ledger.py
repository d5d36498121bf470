"""A keeper of positions and records in one SQLite file, for tests of the Kafka connector without TimescaleDB.

It keeps the contract of the real one: position and records in one transaction, fenced by the position asked for.
"""

import sqlite3
from pathlib import Path

from streams.fetch import Fetch
from streams.positions import Loss, Position, Refusal, decide

_SCHEMA = """
CREATE TABLE IF NOT EXISTS position (topic, partition, next_offset, cluster_id, paused, PRIMARY KEY (topic, partition));
CREATE TABLE IF NOT EXISTS record (topic, partition, offset, key, value, timestamp_type,
                                   PRIMARY KEY (topic, partition, offset));
CREATE TABLE IF NOT EXISTS fetch (topic, partition, asked, after, records, ending, worker);
CREATE TABLE IF NOT EXISTS loss (topic, partition, first, next);
CREATE TABLE IF NOT EXISTS assignment (topic, partition, beginning, ending, cluster_id, worker);
"""


class Skipped(Exception):
    """A fetch starts beyond the stored position: records were lost on the way."""


class Ledger:
    """Implements streams.positions.Positions."""

    def __init__(self, path: Path, worker: str = "") -> None:
        self._worker = worker
        self._database = sqlite3.connect(path, timeout=30, isolation_level=None)
        self._database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + _SCHEMA)

    def rows(self, statement: str, *values: object) -> list[tuple]:
        return self._database.execute(statement, values).fetchall()

    async def assigned(self, topic: str, partition: int, beginning: int, end: int, cluster_id: str) -> int | None:
        self.rows(
            "INSERT INTO assignment VALUES (?, ?, ?, ?, ?, ?)",
            *(topic, partition, beginning, end, cluster_id, self._worker),
        )
        decision = decide(self.position(topic, partition), beginning, end, cluster_id)
        if isinstance(decision, Refusal):
            self.pause(topic, partition, decision.reason)
            return None
        if isinstance(decision, Loss):
            self.rows("INSERT INTO loss VALUES (?, ?, ?, ?)", topic, partition, decision.first, decision.next)
        start = decision.next if isinstance(decision, Loss) else decision.offset
        self.place(topic, partition, start, cluster_id)
        return start

    async def store(self, fetch: Fetch) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            self._store(fetch)
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def _store(self, fetch: Fetch) -> None:
        at = (fetch.topic, fetch.partition)
        position = self.position(*at)
        assert position is not None
        if fetch.after <= position.next_offset:
            return
        if fetch.asked > position.next_offset:
            raise Skipped(f"{at}: asked {fetch.asked}, stored {position.next_offset}")
        fresh = [record for record in fetch.records if record.offset >= position.next_offset]
        self._database.executemany(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)",
            [(*at, record.offset, record.key, record.value, record.timestamp_type) for record in fresh],
        )
        self.rows(
            "INSERT INTO fetch VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(*at, fetch.asked, fetch.after, len(fetch.records), fetch.end, self._worker),
        )
        self.place(*at, fetch.after, position.cluster_id)

    def position(self, topic: str, partition: int) -> Position | None:
        rows = self.rows(
            "SELECT next_offset, cluster_id, paused FROM position WHERE topic = ? AND partition = ?", topic, partition
        )
        return Position(*rows[0]) if rows else None

    def next_offset(self, topic: str, partition: int) -> int | None:
        position = self.position(topic, partition)
        return position.next_offset if position else None

    def place(self, topic: str, partition: int, next_offset: int, cluster_id: str) -> None:
        self.rows(
            "INSERT OR REPLACE INTO position VALUES (?, ?, ?, ?, NULL)", topic, partition, next_offset, cluster_id
        )

    def pause(self, topic: str, partition: int, reason: str | None) -> None:
        self.rows("UPDATE position SET paused = ? WHERE topic = ? AND partition = ?", reason, topic, partition)

    def values(self) -> list[bytes | None]:
        return [value for (value,) in self.rows("SELECT value FROM record")]

    def chain(self, topic: str, partition: int) -> list[tuple[int, int]]:
        """Asked and after of the partition's fetches, in the order they were stored."""
        return self.rows(
            "SELECT asked, after FROM fetch WHERE topic = ? AND partition = ? ORDER BY rowid", topic, partition
        )
