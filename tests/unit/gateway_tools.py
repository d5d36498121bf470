"""A gateway without a network: an in-process HTTP client, and a publisher that keeps what it is given in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from connectors.gateway.app import make_app
from connectors.gateway.keys import Keys, settings_keys
from connectors.gateway.options import GatewayOptions, Limits
from connectors.kafka.producer import Outcome, Record

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
KEY, OPERATE_KEY = "publish-" * 8, "operate-" * 8
PSEUDONYM_KEY = b"pseudonym-key-of-these-tests-only"
STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"


@dataclass
class Memory:
    """Keeps records like a topic; `outcome` is what it says instead of keeping them."""

    records: list[Record] = field(default_factory=list)
    outcome: Outcome = None

    async def publish(self, records: Sequence[Record]) -> list[Outcome]:
        if self.outcome is None:
            self.records += records
        return [self.outcome] * len(records)


class Ready:
    def __init__(self, fault: str | None = None) -> None:
        self._fault = fault

    async def fault(self) -> str | None:
        return self._fault


def ping(**changes: Any) -> dict[str, Any]:
    """A health ping; a member that is changed to None is left out."""
    event = {
        "specversion": "1.0",
        "id": "1",
        "source": "monitor",
        "type": "vn.nhip.health.ping",
        "subject": "portal",
        "time": "2026-11-23T10:00:00+07:00",
        "data": {"status": "ok"},
    }
    return {name: value for name, value in (event | changes).items() if value is not None}


def client(
    publisher: Any,
    limits: Limits | None = None,
    readiness: Ready | None = None,
    key: str | None = KEY,
    keys: Keys | None = None,
    jurisdiction: str | None = None,
    clock: Callable[[], datetime] = lambda: NOW,
    **parts: Any,
) -> httpx.AsyncClient:
    """A client of a gateway that writes to `publisher`. An exception inside the gateway fails the test."""
    options = GatewayOptions(
        "127.0.0.1", 1, ("nowhere:9",), "nhip.", PSEUDONYM_KEY, limits=limits or Limits(), jurisdiction=jurisdiction
    )
    known = keys or settings_keys(KEY, OPERATE_KEY)
    app = make_app(options, known, publisher, readiness or Ready(), clock=clock, **parts)
    headers = {"authorization": f"Bearer {key}"} if key else {}
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway", headers=headers)


async def post(http: httpx.AsyncClient, content: Any, media_type: str = STRUCTURED, **headers: str) -> httpx.Response:
    return await http.post("/v1/events", content=content, headers={"content-type": media_type, **headers})
