"""What the wallboard counts, in a registry of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector


class Metrics:
    """Names and meanings."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._viewers = Gauge("nhip_wallboard_viewers", "Pages that listen to the feed", registry=self.registry)
        self._failed = Counter("nhip_wallboard_reads_failed", "Readings that failed", registry=self.registry)
        self._seconds = Histogram("nhip_wallboard_read_seconds", "One reading", registry=self.registry)

    @contextmanager
    def viewer(self) -> Iterator[None]:
        """Around one viewer's feed."""
        with self._viewers.track_inprogress():
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Around one reading."""
        with self._failed.count_exceptions(), self._seconds.time():
            yield
