"""What the gateway is told by those who start it."""

from dataclasses import dataclass, field

from connectors.kafka.security import Security

KIB = 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the gateway takes at once. Beyond it callers hear 413, 429 or 503, and nothing is buffered."""

    event_bytes: int = 256 * KIB
    batch_bytes: int = 1024 * KIB
    batch_events: int = 500
    body_seconds: float = 20.0  # for a slow client to send its body
    key_rate: float = 50_000.0  # events a second of one key, counted against a burst of two seconds
    key_calls: int = 512  # of one key at the same time
    bytes_in_flight: int = 64 * 1024 * KIB  # of all callers
    publish_seconds: float = 5.0  # for Kafka to acknowledge
    stop_seconds: int = 20  # for calls in flight at SIGTERM


@dataclass(frozen=True, slots=True)
class GatewayOptions:
    """Where the gateway listens, which Kafka it writes to, and what keys the pseudonyms."""

    host: str
    port: int
    brokers: tuple[str, ...]
    topic_prefix: str
    pseudonym_key: bytes = field(repr=False)
    security: Security = field(default_factory=Security)
    idempotent: bool = True
    jurisdiction: str | None = None  # Open311's `jurisdiction_id`; None: whatever is given
    link_key: bytes | None = field(default=None, repr=False)  # signs one-time links; None: there are none
    limits: Limits = field(default_factory=Limits)
