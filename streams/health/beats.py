"""Beats: health events reduced to what the fold needs, in one comparable tuple each."""

from typing import Any, NamedTuple

from streams.contracts import Event
from streams.contracts.health import MaintenanceBody
from streams.plain import PlainEvent

SYSTEM = ""
"""The check id of what concerns the whole system."""


class Beat(NamedTuple):
    """One health event. Beats sort in the total order of events: time, place in the life cycle, identity.

    Times are microseconds since 1970; `interval` and `grace` are what a ping says of its check, microseconds, or None.
    """

    time: int
    rank: int
    identity: str
    check: str
    status: str
    interval: int | None = None
    grace: int | None = None


RANK = {"maintenance_started": 0, "maintenance_ended": 1, "start": 2, "ok": 3, "degraded": 3, "fail": 3}


PLANNED = 1
"""Ranks up to this one are planned work, those above it are pings."""


def beat(event: Event | PlainEvent, time: int, identity: str) -> Beat:
    """The beat of a parsed health event; `time` is its time in microseconds."""
    body: Any = event.data
    if isinstance(body, MaintenanceBody):
        status = event.type.removeprefix("vn.nhip.health.")
        return Beat(time, RANK[status], identity, body.check_id or SYSTEM, status)
    interval, grace = body.interval_s, body.grace_s
    return Beat(
        time, RANK[body.status], identity, body.check_id, body.status,
        None if interval is None else interval * 1_000_000, None if grace is None else grace * 1_000_000,
    )  # fmt: skip
