"""Health pings of the province's systems (DOMAIN §1.3)."""

from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from streams.contracts.envelope import Body, Event
from streams.contracts.types import Identifier, Text

Seconds = Annotated[int, Field(ge=1, le=31_536_000)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]


class PingBody(Body):
    """What a check saw. Times in seconds or, where the name says so, milliseconds and days."""

    free_text: ClassVar[tuple[str, ...]] = ("error", "log")

    system_id: Identifier | None = None
    check_id: Identifier = "default"
    probe: Identifier | None = None
    status: Literal["ok", "degraded", "fail", "start"]
    latency_ms: Annotated[float, Field(ge=0, le=86_400_000)] | None = None
    code: Annotated[int, Field(ge=-(2**31), le=2**31 - 1)] | None = None
    error: Text | None = None
    log: Text | None = None
    run_id: Identifier | None = None
    interval_s: Seconds | None = None
    grace_s: Annotated[int, Field(ge=0, le=31_536_000)] | None = None
    cert_days: Annotated[int, Field(ge=-36_500, le=36_500)] | None = None
    queue_length: Count | None = None
    metrics: Annotated[dict[Identifier, float], Field(max_length=64)] | None = None


class MaintenanceBody(Body):
    """The system whose planned work begins or ends."""

    free_text: ClassVar[tuple[str, ...]] = ("note",)

    system_id: Identifier | None = None
    check_id: Identifier | None = None
    note: Text | None = None


class HealthEvent(Event):
    horizon: ClassVar[timedelta] = timedelta(days=400)


class Ping(HealthEvent):
    type: Literal["vn.nhip.health.ping"]
    data: PingBody


class MaintenanceStarted(HealthEvent):
    type: Literal["vn.nhip.health.maintenance_started"]
    data: MaintenanceBody


class MaintenanceEnded(HealthEvent):
    type: Literal["vn.nhip.health.maintenance_ended"]
    data: MaintenanceBody


HEALTH_EVENTS = (Ping, MaintenanceStarted, MaintenanceEnded)
