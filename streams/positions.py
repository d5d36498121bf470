"""Where to start reading a partition: the database's position held against what the broker still has."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Position:
    """The stored row of one partition; `paused` holds the reason while the partition is not to be consumed."""

    next_offset: int
    cluster_id: str
    paused: str | None


@dataclass(frozen=True, slots=True)
class Start:
    """Read on from `offset`."""

    offset: int


@dataclass(frozen=True, slots=True)
class Loss:
    """Retention overtook us: the offsets from `first` up to, not including, `next` are gone. Read on from `next`."""

    first: int
    next: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Do not consume, for `reason`, until an operator decides."""

    reason: str


Decision = Start | Loss | Refusal


def decide(stored: Position | None, beginning: int, end: int, cluster_id: str) -> Decision:
    """Say where to start, given the broker's first and stable end offset and its cluster id.

    A position beyond the end, or of another cluster, means that the topic is not the one we stored: reading on would
    drop events in silence, so an operator has to say `nhip adopt`.
    """
    if stored is None:
        return Start(beginning)
    if stored.paused is not None:
        return Refusal(stored.paused)
    if stored.cluster_id != cluster_id:
        return Refusal(f"stored for cluster {stored.cluster_id}, the broker is cluster {cluster_id}")
    if stored.next_offset > end:
        return Refusal(f"position {stored.next_offset} is beyond the end {end}: the topic was recreated")
    if stored.next_offset < beginning:
        return Loss(stored.next_offset, beginning)
    return Start(stored.next_offset)


class Positions(Protocol):
    """Keeper of positions, asked by the Kafka connector; the one implementation is in connectors/timescale."""

    async def assigned(self, topic: str, partition: int, beginning: int, end: int, cluster_id: str) -> int | None:
        """Return the offset to read from, None to leave the partition alone.

        Called at each assignment, again every few seconds for a partition left alone, and when the broker no longer
        has the position. A Loss or a Refusal is stored before it returns. An exception ends the process.
        """
