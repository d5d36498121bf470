"""Nhịp's own health: partitions that wait, lag or lose records, old data, dead letters, dead channels, a full disk."""

from collections.abc import Callable, Iterator

from streams.alerts.finding import Finding
from streams.alerts.systems import Decisions
from streams.catalogue.rules import Rule
from streams.days import clock
from streams.pipeline import PartitionNow
from streams.scene import Scene
from streams.words import Words

LEAST_RECORDS = 100
"""Of fewer records in ten minutes a share of dead letters says nothing."""

GIB = 1 << 30

CHANNEL = "channel"
"""The label that names a dead channel."""

Found = tuple[Words, int | None]


def pipeline(rule: Rule, scene: Scene, _: Decisions) -> Iterator[Finding]:
    """Each partition of which what the rule looks at (`of`) is wrong, or whatever else it looks at."""
    if rule.parameters["of"] in OTHERS:
        yield from OTHERS[str(rule.parameters["of"])](rule, scene)
        return
    judge = KINDS[str(rule.parameters["of"])]
    limit = rule.parameters.get("above")
    for partition in scene.partitions:
        found = judge(partition, limit if isinstance(limit, float) else None, scene.now)
        if found is not None:
            labels = {"of": str(rule.parameters["of"]), "partition": f"{partition.topic}/{partition.partition}"}
            evidence = {"stream": partition.stream, "lag": partition.lag}
            yield Finding(rule, labels, found[0], found[1], evidence=evidence)


def _lag(at: PartitionNow, limit: float | None, _: int) -> Found | None:
    """Records wait, and the position has not moved since; the rule's `for_s` says how long that may be."""
    if at.lag <= (limit or 0) or at.paused is not None:
        return None
    said = f"{at.lag} bản tin chờ, không tiến triển", f"{at.lag} records wait, without progress"
    return Words(*said), at.moved


def _data_age(at: PartitionNow, limit: float | None, now: int) -> Found | None:
    seconds = 60.0 if limit is None else limit
    if at.fresh is None or at.paused is not None or now - at.fresh <= seconds * 1_000_000:
        return None
    since = clock(at.fresh)
    return Words(f"dữ liệu dừng ở {since}", f"nothing known to be stored after {since}"), at.fresh


def _dead_letters(at: PartitionNow, limit: float | None, _: int) -> Found | None:
    """`above` is in percent."""
    percent = 100 * at.refused / at.records if at.records >= LEAST_RECORDS else 0
    if percent <= (5.0 if limit is None else limit):
        return None
    said = f"{at.refused}/{at.records} bản tin bị loại", f"{at.refused} of {at.records} records are dead letters"
    return Words(*said), None


def _paused(at: PartitionNow, _: float | None, __: int) -> Found | None:
    """Why in full is told by `nhip doctor`, in English."""
    if at.paused is None:
        return None
    why = "chủ đề Kafka đã được tạo lại" if at.recreated else "quá nhiều bản tin bị loại"
    return Words(f"tạm dừng: {why}", f"paused: {at.paused}"), at.paused_at


def _loss(at: PartitionNow, _: float | None, __: int) -> Found | None:
    """Records that Kafka had deleted before they were read."""
    said = "Kafka đã xóa bản tin trước khi được đọc", "Kafka deleted records before they were read: nhip.loss"
    return (Words(*said), at.lost) if at.lost is not None else None


def _channels(rule: Rule, scene: Scene) -> Iterator[Finding]:
    """Each channel that does not deliver; routing goes round it."""
    for channel in scene.dead_channels:
        said = f"không gửi được qua kênh {channel.name} (“{channel.fault}”)", f"{channel.name} fails: {channel.fault}"
        yield Finding(rule, {"of": "channel", CHANNEL: channel.name}, Words(*said), channel.since)


def _disk(rule: Rule, scene: Scene) -> Iterator[Finding]:
    """The database, once it is larger than `above` GiB; Prometheus watches what is left of the disk."""
    limit = rule.parameters.get("above")
    if scene.database_bytes is None or not isinstance(limit, float) or scene.database_bytes <= limit * GIB:
        return
    size = f"{scene.database_bytes / GIB:.1f} GiB"
    said = f"cơ sở dữ liệu {size}, vượt {limit:g} GiB", f"the database has {size}, above {limit:g} GiB"
    yield Finding(rule, {"of": "disk"}, Words(*said))


KINDS: dict[str, Callable[[PartitionNow, float | None, int], Found | None]] = {
    "lag": _lag,
    "data_age": _data_age,
    "dead_letters": _dead_letters,
    "paused": _paused,
    "loss": _loss,
}
"""Of each partition."""

OTHERS: dict[str, Callable[[Rule, Scene], Iterator[Finding]]] = {"channel": _channels, "disk": _disk}
"""Of other things; with KINDS one for each of `streams.catalogue.parameters.PIPELINE`."""
