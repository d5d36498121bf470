"""What workers, notifiers and probers count for Prometheus, in one place."""

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from connectors.kafka.standing import Standing
from connectors.probing.sending import Sender
from streams.batch import Outcome
from streams.fetch import Fetch
from streams.pipeline import fresh_to
from streams.probing.sight import Sight
from streams.scene import Scene


class _Lag(Collector):
    """Asked when Prometheus asks: nothing is kept for partitions that have moved to another worker."""

    def __init__(self, standings: Callable[[], list[Standing]]) -> None:
        self._standings = standings

    def collect(self) -> Iterable[GaugeMetricFamily]:
        lag = GaugeMetricFamily("nhip_worker_lag_records", "Records not yet applied", labels=["topic", "partition"])
        held = GaugeMetricFamily(
            "nhip_worker_partition_held", "1 while paused or refused", labels=["topic", "partition"]
        )
        for at in self._standings():
            labels = [at.topic, str(at.partition)]
            held.add_metric(labels, at.position is None)
            if at.position is not None:
                lag.add_metric(labels, max(at.end - at.position, 0))
        return [lag, held]


class WorkerMetrics:
    """Counters of one worker process."""

    def __init__(self, standings: Callable[[], list[Standing]]) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(_Lag(standings))
        self._records = Counter(
            "nhip_worker_records", "Records applied, by outcome", ["topic", "outcome"], registry=self.registry
        )
        self._batches = Counter("nhip_worker_batches", "Fetches applied", ["topic"], registry=self.registry)
        self._last = Gauge(
            "nhip_worker_last_batch_timestamp_seconds",
            "When a fetch was last applied",
            ["topic"],
            registry=self.registry,
        )

    def observe(self, fetch: Fetch, outcome: Outcome) -> None:
        """Count one applied fetch."""
        self._batches.labels(fetch.topic).inc()
        self._last.labels(fetch.topic).set_to_current_time()
        for name, number in (
            ("stored", outcome.stored),
            ("duplicate", outcome.duplicates),
            ("dead_letter", len(outcome.refused)),
        ):
            self._records.labels(fetch.topic, name).inc(number)


class NotifierMetrics:
    """Counters of one notifier process, and whether it is ready: connected, active or waiting for its turn."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.fault: str | None = "not connected yet"
        self._active = Gauge("nhip_notifier_active", "1 while this process is the ticker", registry=self.registry)
        self._seconds = Histogram(
            "nhip_notifier_tick_seconds",
            "From looking to having written",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5),
            registry=self.registry,
        )
        self._observed = Gauge(
            "nhip_notifier_observed_timestamp_seconds",
            "Up to when every partition of the health stream has been seen; silence after it is not judged",
            registry=self.registry,
        )

        self._age = Gauge(
            "nhip_notifier_data_age_seconds",
            "Since when not all of a stream is known to be stored",
            ["stream"],
            registry=self.registry,
        )
        self._losses = Gauge(
            "nhip_notifier_partitions_with_loss",
            "Partitions of which Kafka deleted records in the past hour before they were read",
            registry=self.registry,
        )
        self._dead = Gauge("nhip_notifier_dead_channels", "Channels that do not deliver", registry=self.registry)

    def connected(self) -> None:
        self.fault = None

    def lost(self, fault: str) -> None:
        self.fault = fault
        self._active.set(0)

    def observe(self, scene: Scene, seconds: float) -> None:
        """Count one tick."""
        self._active.set(1)
        self._seconds.observe(seconds)
        if scene.observed is not None:
            self._observed.set(scene.observed.upper / 1_000_000)
        for stream in {partition.stream for partition in scene.partitions}:
            fresh = fresh_to(scene.partitions, stream)
            self._age.labels(stream).set((scene.now - fresh) / 1_000_000 if fresh is not None else float("nan"))
        self._losses.set(sum(partition.lost is not None for partition in scene.partitions))
        self._dead.set(len(scene.dead_channels))


class ProbeMetrics:
    """Counters of one prober."""

    def __init__(self, sender: Sender) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._looks = Counter(
            "nhip_probe_looks", "Looks at targets, by what was seen", ["status"], registry=self.registry
        )
        self._seconds = Histogram("nhip_probe_look_seconds", "How long looks that ended took", registry=self.registry)
        self._checks = Gauge("nhip_probe_checks", "Checks that are looked at", registry=self.registry)
        self.registry.register(_Sent(sender))

    def checks(self, number: int) -> None:
        self._checks.set(number)

    def observe(self, sight: Sight) -> None:
        """Count one look."""
        self._looks.labels(sight.status).inc()
        if sight.latency_ms is not None:
            self._seconds.observe(sight.latency_ms / 1000)


class _Sent(Collector):
    """What became of pings, asked when Prometheus asks."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def collect(self) -> Iterable[Metric]:
        pings = CounterMetricFamily("nhip_probe_pings", "Pings, by what became of them", labels=["outcome"])
        pings.add_metric(["sent"], self._sender.sent)
        pings.add_metric(["refused"], self._sender.refused)
        pings.add_metric(["dropped"], self._sender.dropped)
        return [pings, GaugeMetricFamily("nhip_probe_waiting", "Pings that wait to be sent", self._sender.waiting)]
