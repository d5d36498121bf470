"""The built-in wallboard: a page of headlines and every board, one reader whatever the number of viewers."""

from dashboards.wallboard.app import make_wallboard
from dashboards.wallboard.snapshot import Reading, Snapshot, StreamPulse

__all__ = ["Reading", "Snapshot", "StreamPulse", "make_wallboard"]
