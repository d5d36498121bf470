"""The demo's parts, from PyPI wheels: PostgreSQL and a Kafka-compatible broker that live and die with us."""

from connectors.embedded.broker import broker
from connectors.embedded.child import Child
from connectors.embedded.postgres import postgres
from connectors.embedded.scratch import scratch

__all__ = ["Child", "broker", "postgres", "scratch"]
