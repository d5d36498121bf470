"""What every process says at /metrics, by Prometheus's own checker: names, units, help."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from prometheus_client import CollectorRegistry, generate_latest

from connectors.gateway.metrics import Metrics as GatewayMetrics
from connectors.kafka.standing import Standing
from connectors.probing.sending import Sender
from dashboards.wallboard.metrics import Metrics as WallboardMetrics
from nhip.metrics import NotifierMetrics, ProbeMetrics, WorkerMetrics
from streams.probing.sight import Sight


def gateway() -> CollectorRegistry:
    metrics = GatewayMetrics(lambda: 0)
    metrics.count({"reports": 1}, {"invalid_data": 1}, {"reports": 2})
    return metrics.registry


def worker() -> CollectorRegistry:
    return WorkerMetrics(lambda: [Standing("nhip.health-pings", 0, 1, 2, None)]).registry


def notifier() -> CollectorRegistry:
    return NotifierMetrics().registry


def probe() -> CollectorRegistry:
    metrics = ProbeMetrics(Sender(httpx.AsyncClient()))
    metrics.observe(Sight("ok", 12.5))
    return metrics.registry


def wallboard() -> CollectorRegistry:
    return WallboardMetrics().registry


@pytest.mark.parametrize("process", [gateway, worker, notifier, probe, wallboard])
def test_prometheus_has_nothing_to_say_against_the_metrics_of(
    process: Callable[[], CollectorRegistry], promtool: Path
) -> None:
    text = generate_latest(process())
    done = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
