"""How far the workers are: which records of a topic are applied, and what became of them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import psycopg

from connectors.timescale.queries import load

QUERIES = load("partitions.sql")

Offsets = Mapping[tuple[str, int], int]
"""The offset of a record by topic and partition."""


class Counts(NamedTuple):
    """What became of the records of some topics since they were made."""

    stored: int
    duplicates: int
    dead_letters: int

    def since(self, earlier: "Counts") -> "Counts":
        """What came after an earlier count."""
        return Counts(*(now - then for now, then in zip(self, earlier, strict=True)))


def behind(connection: psycopg.Connection, offsets: Offsets) -> int:
    """How many records, up to and with these, are not applied yet."""
    topics, partitions, last = _columns(offsets)
    row = connection.execute(QUERIES["behind"], [topics, partitions, last]).fetchone()
    return int(row[0]) if row else 0


def counts(connection: psycopg.Connection, topics: Iterable[str]) -> Counts:
    """The counters of some topics."""
    row = connection.execute(QUERIES["counts"], [list(topics)]).fetchone()
    assert row is not None
    return Counts(*row)


def _columns(offsets: Offsets) -> tuple[list[str], list[int], list[int]]:
    return [topic for topic, _ in offsets], [partition for _, partition in offsets], list(offsets.values())
