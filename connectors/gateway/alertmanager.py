"""`POST /v1/alertmanager`: what a Prometheus Alertmanager notices, as health pings (its webhook, version 4:
prometheus.io/docs/alerting/latest/configuration/#webhook_config).

A label names the system, `system` unless `?system=LABEL` says otherwise; `?check=LABEL` tells checks apart by a label,
else everything is the check `alertmanager`. A notification speaks for all alerts of its group: group by these labels.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from connectors.gateway.messages import Asked, Told
from connectors.gateway.problems import Problem, RequestRefused
from streams.contracts.types import EventTime
from streams.faults import json_path

CHECK = "alertmanager"
SILENCE_SECONDS = 31_536_000
"""Alertmanager says when something begins and when it ends; that it is silent between says nothing."""

_SEVERE = "critical"
_LESSER = frozenset({"warning", "info", "none"})


class Alert(BaseModel):
    """One alert of a notification; `ended_at` means something once it is resolved."""

    status: Literal["firing", "resolved"]
    labels: dict[str, str] = {}
    annotations: dict[str, str] = {}
    began_at: Annotated[EventTime, Field(alias="startsAt")]
    ended_at: Annotated[EventTime, Field(alias="endsAt")]


class Notification(BaseModel):
    """A notification: of one group, all its alerts."""

    version: Literal["4"]
    alerts: list[Alert]


async def translate(asked: Asked) -> Sequence[Told]:
    """One ping for each system and check that the notification speaks of: failing while any alert of it fires."""
    try:
        notification = Notification.model_validate(asked.document)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        raise RequestRefused(Problem("invalid_data", fault["msg"], json_path(fault["loc"]))) from None
    system, check = asked.parameters.get("system", "system"), asked.parameters.get("check")
    found: dict[tuple[str, str], list[Alert]] = defaultdict(list)
    without = []
    for place, alert in enumerate(notification.alerts):
        if named := alert.labels.get(system):
            found[named, alert.labels.get(check, CHECK) if check else CHECK].append(alert)
        else:
            without.append(_without(alert, place, system))
    return [*(_told(*which, alerts, asked.key.name) for which, alerts in found.items()), *without]


def answered(_well: bool) -> dict[str, Any]:
    """Alertmanager reads the status alone: it tries again after a 5xx."""
    return {}


def _without(alert: Alert, place: int, label: str) -> Told:
    detail = f"the alert has no label {label!r} that names a system: add it to the rule, or say ?system=LABEL"
    return Told(alert.labels.get("alertname"), problem=Problem("invalid_data", detail, f"$.alerts[{place}].labels"))


def _told(system: str, check: str, alerts: Sequence[Alert], key: str) -> Told:
    firing = [alert for alert in alerts if alert.status == "firing"]
    at = max(alert.began_at for alert in firing) if firing else max(alert.ended_at for alert in alerts)
    data: dict[str, Any] = {"check_id": check, "status": _status(firing), "interval_s": SILENCE_SECONDS}
    if firing:
        data["error"] = "; ".join(dict.fromkeys(map(_words, firing)))[:2000]
    return Told(system, [_ping(system, data, at, key)])


def _ping(system: str, data: Mapping[str, Any], at: datetime, key: str) -> dict[str, Any]:
    """Its id comes from what it says: a notification that is sent again, as Alertmanager does, is the same event."""
    said = f"{system}\0{data['check_id']}\0{data['status']}\0{at.isoformat()}\0{data.get('error')}"
    return {
        "specversion": "1.0",
        "id": hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
        "source": f"alertmanager/{key}",
        "type": "vn.nhip.health.ping",
        "subject": system,
        "time": at.isoformat(),
        "data": dict(data),
    }


def _status(firing: Iterable[Alert]) -> str:
    """None fires: ok. Warnings alone: degraded. Else it fails, also where nobody has said how severe it is."""
    severities = {alert.labels.get("severity", _SEVERE) for alert in firing}
    if not severities:
        return "ok"
    return "degraded" if severities <= _LESSER else "fail"


def _words(alert: Alert) -> str:
    said = (alert.annotations.get("summary"), alert.annotations.get("description"), alert.labels.get("alertname"))
    return next((text for text in said if text), "an alert without a name").replace("\0", "")
