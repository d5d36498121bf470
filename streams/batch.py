"""The heart: one fetch of one partition, decided and stored in one transaction (DESIGN, "One batch, one transaction").

At-least-once delivery, exactly-once effect: the position is stored with what it stands for, so a fetch that comes again
is recognised, whoever brings it.
"""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from streams.contracts import Stream
from streams.days import microseconds
from streams.deadletters import DeadLetter
from streams.decoding import Accepted, Decoded
from streams.errors import NhipError
from streams.fetch import Fetch
from streams.pruning import above


class Skipped(NhipError):
    """A fetch begins beyond the stored position: records were skipped. The process ends, to read them again."""


@dataclass(frozen=True, slots=True)
class Partition:
    """The locked row of a partition: where it stands, and how many of its last records were refused."""

    next_offset: int
    window_records: int = 0
    window_refused: int = 0
    unlimited: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one fetch's records, canaries aside: records = stored + duplicates + len(refused)."""

    records: int
    stored: int
    duplicates: int
    conflicts: int
    refused: Sequence[DeadLetter]
    unknown_fields: int = 0


class Transaction(Protocol):
    """One open database transaction."""

    async def lock_partition(self, topic: str, partition: int) -> Partition: ...

    async def floor(self, stream: Stream) -> datetime: ...

    async def store_events(self, stream: Stream, fetch: Fetch, accepted: list[Accepted]) -> "StoredEvents": ...

    async def fold(self, stream: Stream, new: list[Accepted]) -> None: ...

    async def keep_dead_letters(self, stream: Stream, fetch: Fetch, letters: Sequence[DeadLetter]) -> None: ...

    async def keep_observed(self, fetch: Fetch, canaries: Collection[int]) -> None: ...

    async def advance(self, stream: Stream, fetch: Fetch, decoded: Decoded, outcome: Outcome) -> None: ...


@dataclass(frozen=True, slots=True)
class StoredEvents:
    """What storing found: events whose identity is new, exact repetitions, and other content under a known identity."""

    new: list[Accepted]
    duplicates: int
    conflicts: list[DeadLetter]


class Store(Protocol):
    """Where transactions come from."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]: ...

    async def pause(self, topic: str, partition: int, reason: str) -> None: ...


class TooManyDeadLetters(NhipError):
    """Over half of at least 1 000 records in ten minutes were refused: the partition pauses instead of draining."""


LIMIT_RECORDS = 1000


async def apply(fetch: Fetch, stream: Stream, decoded: Decoded, store: Store) -> Outcome | None:
    """Apply one fetch; None when it was applied before (a zombie, a replay).

    Raises Skipped when records are missing before it, TooManyDeadLetters when its partition has to pause.
    """
    async with store.transaction() as transaction:
        partition = await transaction.lock_partition(fetch.topic, fetch.partition)
        position = partition.next_offset
        if fetch.after <= position:
            return None
        if fetch.asked > position:
            raise Skipped(f"{fetch.topic}:{fetch.partition}: asked {fetch.asked}, stored position {position}")
        floor = await transaction.floor(stream)
        decoded = above(decoded.since(position), fetch, microseconds(floor))
        check_limit(partition, decoded)
        stored = await transaction.store_events(stream, fetch, decoded.accepted)
        await transaction.fold(stream, stored.new)
        outcome = _outcome(decoded, stored)
        await transaction.keep_dead_letters(stream, fetch, outcome.refused)
        if decoded.canaries:
            await transaction.keep_observed(fetch, decoded.canaries.values())
        await transaction.advance(stream, fetch, decoded, outcome)
    return outcome


def check_limit(partition: Partition, decoded: Decoded) -> None:
    """Refuse to refuse too much: a bad deployment of a publisher must not drain a topic into the dead letters."""
    records = partition.window_records + len(decoded.accepted) + len(decoded.refused)
    refused = partition.window_refused + len(decoded.refused)
    if not partition.unlimited and records >= LIMIT_RECORDS and 2 * refused > records:
        raise TooManyDeadLetters(f"{refused} of {records} records within ten minutes were refused")


def _outcome(decoded: Decoded, stored: StoredEvents) -> Outcome:
    return Outcome(
        records=len(decoded.accepted) + len(decoded.refused),
        stored=len(stored.new),
        duplicates=stored.duplicates,
        conflicts=len(stored.conflicts),
        refused=[*decoded.refused, *stored.conflicts],
        unknown_fields=decoded.unknown_fields,
    )
