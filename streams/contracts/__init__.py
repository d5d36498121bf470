"""The event contract (DOMAIN §1): frozen pydantic models for every event type, in a CloudEvents envelope."""

from streams.contracts.envelope import Body, Event
from streams.contracts.registry import DOSSIERS, HEALTH, REPORTS, STREAMS, Stream, stream_of

__all__ = ["DOSSIERS", "HEALTH", "REPORTS", "STREAMS", "Body", "Event", "Stream", "stream_of"]
