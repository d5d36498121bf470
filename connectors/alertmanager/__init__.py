"""Prometheus Alertmanager."""

from connectors.alertmanager.alerts import Alertmanager, show

__all__ = ["Alertmanager", "show"]
