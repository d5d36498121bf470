"""Where each partition stands between Kafka and the database: what Nhịp says of its own health."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from streams.freshness import STALE


class PartitionNow(NamedTuple):
    """One partition of a stream; times are microseconds since 1970.

    `fresh`: everything appended before it is stored. `moved`: when its position last changed, or was first looked at.
    `recreated`: paused because the topic is not the one that was stored. `records` and `refused` of the last ten
    minutes. `lost`: when the last loss of the past hour was recorded.
    """

    stream: str
    topic: str
    partition: int
    lag: int
    moved: int
    fresh: int | None = None
    paused: str | None = None
    paused_at: int | None = None
    recreated: bool = False
    records: int = 0
    refused: int = 0
    lost: int | None = None


class ChannelNow(NamedTuple):
    """A channel that does not deliver: since when a message waits (microseconds since 1970), and why."""

    name: str
    since: int
    fault: str


def fresh_to(partitions: Iterable[PartitionNow], stream: str) -> int | None:
    """Up to when a stream is stored in every partition; None where a partition has never been read."""
    known = [partition.fresh for partition in partitions if partition.stream == stream]
    return min((fresh for fresh in known if fresh is not None), default=None) if None not in known else None


def fresh_streams(partitions: Collection[PartitionNow], now: int) -> frozenset[str]:
    """The streams that are known to be stored up to now, microseconds, in every partition."""
    upto = {stream: fresh_to(partitions, stream) for stream in {partition.stream for partition in partitions}}
    return frozenset(stream for stream, fresh in upto.items() if fresh is not None and now - fresh <= STALE)
