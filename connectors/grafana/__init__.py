"""Grafana's HTTP API, by grafana-client: grafana-api ended in 2020, and grafana-client continues it."""

from connectors.grafana.errors import understood
from connectors.grafana.push import Grafana
from connectors.grafana.source import Source, source
from connectors.grafana.step import Step

__all__ = ["Grafana", "Source", "Step", "source", "understood"]
