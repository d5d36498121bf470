"""What the gateway counts, in a registry of its own."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # 10: beyond the wait for Kafka


class Metrics:
    """Names and meanings; `reason` is that of the problem documents."""

    def __init__(self, bytes_in_flight: Callable[[], float]) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._accepted = Counter(
            "nhip_gateway_events_accepted", "Events that Kafka acknowledged", ["stream"], registry=self.registry
        )
        self._refused = Counter(
            "nhip_gateway_refused", "Events, or whole requests, refused", ["reason"], registry=self.registry
        )
        self._unknown = Counter(
            "nhip_gateway_unknown_fields", "Fields of data that the contract does not know: dropped", ["stream"],
            registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "nhip_gateway_request_seconds",
            "From a POST's headers to its answer",
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._calls = Gauge("nhip_gateway_calls_in_flight", "POSTs under way", registry=self.registry)
        held = Gauge("nhip_gateway_bytes_in_flight", "Bytes of bodies waiting for Kafka", registry=self.registry)
        held.set_function(bytes_in_flight)

    @contextmanager
    def call(self) -> Iterator[None]:
        """Around one POST."""
        with self._seconds.time(), self._calls.track_inprogress():
            yield

    def count(self, accepted: Mapping[str, int], refused: Mapping[str, int], unknown: Mapping[str, int]) -> None:
        """Add a call's events, accepted by stream and refused by reason, and its unknown fields by stream."""
        for stream, number in accepted.items():
            self._accepted.labels(stream).inc(number)
        for reason, number in refused.items():
            self._refused.labels(reason).inc(number)
        for stream, number in unknown.items():
            self._unknown.labels(stream).inc(number)
