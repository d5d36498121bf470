"""The built-in wallboard: one page, one query a second whatever the number of viewers."""

from dashboards.wallboard.app import make_wallboard
from dashboards.wallboard.snapshot import Reading, Snapshot, StreamPulse

__all__ = ["Reading", "Snapshot", "StreamPulse", "make_wallboard"]
