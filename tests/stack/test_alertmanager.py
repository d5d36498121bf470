"""Nhịp and a real Alertmanager: alerts appear, are grouped, end, and are there again after it was killed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from psycopg import AsyncConnection

from connectors.alertmanager import alerts
from connectors.alertmanager.alerts import HEARTBEAT, show
from connectors.notify import Bell
from connectors.timescale.outbox import Mail, mail_pool
from streams.days import microseconds
from tests.parts.alertmanager import Alertmanager
from tests.stack.nhip_tools import PATIENCE_SECONDS
from tests.stack.store_tools import House, as_role
from tests.stack.test_alerts import look, system


@asynccontextmanager
async def shown(house: House, url: str) -> AsyncIterator[None]:
    """What `nhip notifier` does beside ticking, once a second instead of every half minute."""
    stop = asyncio.Event()
    async with mail_pool(as_role(house.url, "nhip_writer")) as pool, httpx.AsyncClient() as client:
        showing = asyncio.create_task(show(alerts.Alertmanager(url, client, "http://board/"), Mail(pool), Bell(), stop))
        yield
        stop.set()
        await showing


def now() -> int:
    return microseconds(datetime.now(UTC))


async def active(http: httpx.AsyncClient, path: str = "/api/v2/alerts") -> list[dict[str, Any]]:
    with suppress(httpx.HTTPError):
        found: list[dict[str, Any]] = (await http.get(path)).json()
        return found
    return []


async def until_active(http: httpx.AsyncClient, systems: set[str]) -> list[dict[str, Any]]:
    """Wait until these systems, and no others, are what Alertmanager shows."""
    for _ in range(int(PATIENCE_SECONDS * 5)):
        found = await active(http)
        if {one["labels"]["system"] for one in found if "system" in one["labels"]} == systems:
            return found
        await asyncio.sleep(0.2)
    raise AssertionError(f"waited in vain for {systems}")


async def until_grouped(http: httpx.AsyncClient, name: str, number: int) -> None:
    """Alertmanager takes alerts at once and groups them beside."""
    for _ in range(int(PATIENCE_SECONDS * 5)):
        groups = await active(http, "/api/v2/alerts/groups")
        if {group["labels"]["alertname"]: len(group["alerts"]) for group in groups}.get(name) == number:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"waited in vain for {number} alerts in one group of {name}")


async def test_alerts_appear_are_grouped_outlive_a_crash_and_end(
    plain_house: House,
    alertmanager: Alertmanager,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alerts, "AGAIN_SECONDS", 1.0)
    house = plain_house
    house.execute("INSERT INTO nhip.tick VALUES (true, now() + interval '1 hour', now() + interval '1 hour')")
    async with (
        await AsyncConnection.connect(as_role(house.url, "nhip_writer"), autocommit=True) as ticker,
        httpx.AsyncClient(base_url=alertmanager.address) as http,
        shown(house, alertmanager.address),
    ):
        down = [system("portal", "down"), system("mail", "down")]
        await look(ticker, now(), *down, system("edoc", "unreachable", "portal", measured="down"))
        found = await until_active(http, {"portal", "mail"})
        one = next(one for one in found if one["labels"].get("system") == "portal")
        assert one["labels"]["alertname"] == "system-down"
        assert one["annotations"]["summary"] == "portal: web: failures in a row"
        assert one["generatorURL"] == f"http://board/{one['labels']['nhip_id']}"
        assert datetime.fromisoformat(one["endsAt"]) > datetime.now(UTC)
        await until_grouped(http, "system-down", 2)
        await until_grouped(http, HEARTBEAT, 1)
        alertmanager.crash()
        await until_active(http, {"portal", "mail"})
        await look(ticker, now(), down[0])
        await until_active(http, {"portal"})
        await look(ticker, now())
        await until_active(http, set())
