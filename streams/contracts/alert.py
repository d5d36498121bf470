"""What Nhịp publishes: one CloudEvent for each step of an alert (DOMAIN §5), whoever took it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field

TOPIC = "alerts"
TYPE_PREFIX = "vn.nhip.alert."
SOURCE: Final = "/nhip/alerts"


class Reason(BaseModel):
    """Why it was found, in both languages."""

    vi: str
    en: str


class Alert(BaseModel):
    """The alert as it stood after the step. `id` is the same for the same rule and labels for ever; an alert that comes
    back within ten minutes is the same `episode`, with one more of `relapses`."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
    rule: str
    labels: dict[str, str]
    severity: Literal["info", "warning", "critical"]
    state: Literal["pending", "firing", "acknowledged", "suppressed", "resolved"]
    since: datetime
    reason: Reason
    evidence: dict[str, Any]
    episode: int
    relapses: int
    fired_at: datetime | None = None
    resolved_at: datetime | None = None


class Step(BaseModel):
    """`step`: fired, reopened, worse, suppressed, unsuppressed, acknowledged, silenced, resolved, passed (it began and
    ended before anybody had to know) …; `who`, where it was a person."""

    step: str
    who: str | None = None
    note: str | None = None
    alert: Alert


class AlertEvent(BaseModel):
    """CloudEvents 1.0, keyed by the alert's id. `id` is stable: the same again is a repeat."""

    specversion: Literal["1.0"] = "1.0"
    id: str
    source: Literal["/nhip/alerts"] = SOURCE
    type: Annotated[str, Field(pattern=r"^vn\.nhip\.alert\.[a-z_]+$")]
    subject: str
    time: datetime
    datacontenttype: Literal["application/json"] = "application/json"
    data: Step


def alert_event(id: str, body: Mapping[str, Any]) -> AlertEvent:
    """The event of a step as the outbox has it."""
    return AlertEvent(
        id=id,
        type=TYPE_PREFIX + body["step"],
        subject=body["alert"]["id"],
        time=body["at"],
        data=Step.model_validate(body),
    )
