"""Alertmanager's API v2 as Prometheus uses it: all active alerts again and again, each with an end in the near future.

What is no longer sent ends by itself, so Nhịp's silence is noticed there; what is over is sent with its end for a
quarter of an hour. Nothing is kept between rounds: a restart of either side is made up for by the next one.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import orjson

from connectors.notify.bell import Bell
from connectors.timescale.outbox import Mail
from streams.agents import Transient

log = logging.getLogger(__name__)

EVERY_SECONDS = 0.5
AGAIN_SECONDS = 30.0
LASTING = timedelta(seconds=4 * AGAIN_SECONDS)
"""How long an alert stands without being sent again: four rounds, as in Prometheus."""

HEARTBEAT = "nhip-heartbeat"
"""Always active while the way from the gateway to the ticker is open: the dead man's switch."""


class Alertmanager:
    """One Alertmanager. `link`: where an alert leads, before its id."""

    def __init__(self, url: str, client: httpx.AsyncClient, link: str | None = None) -> None:
        self._url = f"{url.rstrip('/')}/api/v2/alerts"
        self._client = client
        self._link = link

    async def post(self, rows: Sequence[tuple[Any, ...]], alive: bool, now: datetime) -> None:
        """Send all alerts once. Raises httpx.HTTPError."""
        alerts = [_alert(row, now, self._link) for row in rows]
        if alive:
            labels = {"alertname": HEARTBEAT, "severity": "info"}
            alerts.append({"labels": labels, "startsAt": now, "endsAt": now + LASTING})
        if alerts:
            headers = {"content-type": "application/json"}
            answer = await self._client.post(self._url, content=orjson.dumps(alerts), headers=headers, timeout=10)
            answer.raise_for_status()


async def show(manager: Alertmanager, mail: Mail, bell: Bell, stop: asyncio.Event) -> None:
    """Send what has changed at once, and everything every 30 s, until `stop` is set."""
    sent: object = None
    sent_at = float("-inf")
    while not stop.is_set():
        rings = bell.rings
        try:
            rows, alive = await mail.active(), await mail.alive()
            if (rows, alive) != sent or time.monotonic() - sent_at >= AGAIN_SECONDS:
                await manager.post(rows, alive, datetime.now(UTC))
                sent, sent_at = (rows, alive), time.monotonic()
        except (Transient, httpx.HTTPError) as error:
            log.warning("Alertmanager does not have everything: %s", error or type(error).__name__)
        await bell.wait(rings, EVERY_SECONDS)


def _alert(row: tuple[Any, ...], now: datetime, link: str | None) -> dict[str, Any]:
    id, rule, labels, severity, since, fired_at, resolved_at, vi, en = row
    begin, about = min(since, fired_at or since), " ".join(labels[name] for name in sorted(labels))
    return {
        "labels": {**labels, "alertname": rule, "severity": severity, "nhip_id": id},
        "annotations": {"summary": f"{about}: {en}", "summary_vi": f"{about}: {vi}"},
        "startsAt": begin,
        "endsAt": now + LASTING if resolved_at is None else max(resolved_at, begin + timedelta(milliseconds=1)),
        "generatorURL": f"{link}{id}" if link else "",
    }
