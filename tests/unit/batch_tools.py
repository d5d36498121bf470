"""A store in memory that really stores: transactions commit whole or not at all. For tests of batches and agents."""

import json
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from streams.batch import Outcome, Partition, StoredEvents
from streams.contracts import HEALTH, Event, Stream
from streams.contracts.types import EARLIEST
from streams.deadletters import DeadLetter, Reason, Refusal
from streams.decoding import Accepted, Decoded, Decoder
from streams.fetch import Fetch
from streams.plain_pings import PlainPing
from tests.unit.event_tools import NOW, at, envelope

TOPIC = "t"
STAMP = int(NOW.timestamp() * 1000)


@dataclass
class Record:
    """One record as a broker keeps it."""

    offset: int
    value: bytes | None
    timestamp: int = STAMP
    timestamp_type: int = 1
    key: bytes | None = b"key"
    headers: Sequence[tuple[str, bytes]] = ()


def ping(name: str, **data: Any) -> bytes:
    """A ping as a publisher sends it, with this id."""
    return json.dumps(envelope(HEALTH, "ping", at("2027-05-23 10:00"), id=name, data={"status": "ok"} | data)).encode()


def row(event: Event | PlainPing, time: int, identity: str) -> bytes:
    said = event.data.stored() if isinstance(event, Event) else f"{event.data.check_id} {event.data.status}"
    return f"{time} {said}".encode()


DECODER = Decoder(HEALTH, b"key", row)


def fetch(values: Sequence[bytes | None], asked: int = 0, step: int = 1, beyond: int = 0) -> Fetch:
    """A fetch whose records are `step` offsets apart, and which ends `beyond` offsets after its last record."""
    records = [Record(asked + step * n, value) for n, value in enumerate(values)]
    after = asked + step * len(values) + beyond
    return Fetch(TOPIC, 0, asked, after, records, after)


@dataclass
class Tables:
    """What is committed."""

    position: int = 0
    window: tuple[int, int] = (0, 0)
    events: dict[str, Accepted] = field(default_factory=dict)
    letters: dict[int, DeadLetter] = field(default_factory=dict)
    paused: list[str] = field(default_factory=list)
    canaries: list[int] = field(default_factory=list)
    floor: datetime = EARLIEST

    @property
    def offsets(self) -> list[int]:
        return [item.offset for item in self.events.values()]


class Transaction:
    """Works on its own copy of the tables."""

    def __init__(self, tables: Tables, fault: Callable[[list[Accepted]], None]) -> None:
        self.tables = replace(
            tables, events=dict(tables.events), letters=dict(tables.letters), canaries=[*tables.canaries]
        )
        self._fault = fault

    async def lock_partition(self, topic: str, partition: int) -> Partition:
        return Partition(self.tables.position, *self.tables.window)

    async def floor(self, stream: Stream) -> datetime:
        return self.tables.floor

    async def store_events(self, stream: Stream, fetch: Fetch, accepted: list[Accepted]) -> StoredEvents:
        stored = StoredEvents([], 0, [])
        duplicates = 0
        for item in accepted:
            known = self.tables.events.setdefault(item.identity, item)
            if known is item:
                stored.new.append(item)
            elif known.row == item.row:
                duplicates += 1
            else:
                stored.conflicts.append(
                    DeadLetter(item.offset, Refusal(Reason.CONFLICT, "other content"), None, None, NOW)
                )
        return StoredEvents(stored.new, duplicates, stored.conflicts)

    async def fold(self, stream: Stream, new: list[Accepted]) -> None:
        self._fault(new)

    async def keep_dead_letters(self, stream: Stream, fetch: Fetch, letters: Sequence[DeadLetter]) -> None:
        self.tables.letters |= {letter.offset: letter for letter in letters}

    async def keep_observed(self, fetch: Fetch, canaries: Collection[int]) -> None:
        self.tables.canaries += canaries

    async def advance(self, stream: Stream, fetch: Fetch, decoded: Decoded, outcome: Outcome) -> None:
        self.tables.position = fetch.after
        records, refused = self.tables.window
        self.tables.window = (records + outcome.records, refused + len(outcome.refused))


@dataclass
class Memory:
    """Where transactions come from; `fault` raises for new events that the database, or our own code, cannot bear."""

    fault: Callable[[list[Accepted]], None] = lambda new: None
    tables: Tables = field(default_factory=Tables)
    transactions: int = 0

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        self.transactions += 1
        transaction = Transaction(self.tables, self.fault)
        yield transaction
        self.tables = transaction.tables

    async def pause(self, topic: str, partition: int, reason: str) -> None:
        self.tables.paused.append(reason)
