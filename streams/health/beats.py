"""Beats: health events reduced to what the fold needs, in one comparable tuple each."""

from typing import NamedTuple

from streams.contracts import Event
from streams.contracts.health import PingBody

DEFAULT_INTERVAL_S = 300
DEFAULT_GRACE_S = 300
"""For pings that do not say how often they come."""

SYSTEM = ""
"""The check id of what concerns the whole system."""


class Beat(NamedTuple):
    """One health event. Beats sort in the total order of events: time, place in the life cycle, identity.

    Times are microseconds since 1970; `cover` is how long the beat speaks for its check: interval + grace.
    """

    time: int
    rank: int
    identity: str
    check: str
    status: str
    cover: int


RANK = {"maintenance_started": 0, "maintenance_ended": 1, "start": 2, "ok": 3, "degraded": 3, "fail": 3}


def cover(interval_s: int | None, grace_s: int | None) -> int:
    """Microseconds that one ping speaks for."""
    interval = DEFAULT_INTERVAL_S if interval_s is None else interval_s
    return (interval + (DEFAULT_GRACE_S if grace_s is None else grace_s)) * 1_000_000


def beat(event: Event, time: int, identity: str) -> Beat:
    """The beat of a parsed event; `time` is its time in microseconds."""
    body = event.data
    if isinstance(body, PingBody):
        covered = cover(body.interval_s, body.grace_s)
        return Beat(time, RANK[body.status], identity, body.check_id, body.status, covered)
    status = event.type.removeprefix("vn.nhip.health.")
    return Beat(time, RANK[status], identity, getattr(body, "check_id", None) or SYSTEM, status, 0)
