"""One fetch of one partition: what a connector hands to the heart, and nothing of how it got it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Record(Protocol):
    """One record as the broker keeps it; aiokafka's ConsumerRecord is one, passed on without a copy."""

    @property
    def offset(self) -> int: ...

    @property
    def timestamp(self) -> int:
        """Milliseconds since 1970: the broker's append time where `timestamp_type` is 1."""

    @property
    def timestamp_type(self) -> int:
        """0 the producer's time (CreateTime), 1 the broker's (LogAppendTime)."""

    @property
    def key(self) -> bytes | None: ...

    @property
    def value(self) -> bytes | None:
        """None is a tombstone."""

    @property
    def headers(self) -> Sequence[tuple[str, bytes]]: ...


@dataclass(frozen=True, slots=True)
class Fetch:
    """The records of one partition between two positions.

    `after` of one fetch is `asked` of the next. It lies beyond the last record by the control records, aborted
    records and compacted records that follow it, so a fetch may move the position and hold no record at all.
    """

    topic: str
    partition: int
    asked: int  # position asked for
    after: int  # position after
    records: Sequence[Record]
    end: int  # the stable end of the partition as known with this fetch
