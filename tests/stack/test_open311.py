"""What Open311 shows of reports that are really stored, to a client that nobody here wrote."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
import uvicorn
from georeport import GeoReport

from connectors.gateway.app import make_app
from connectors.gateway.keys import settings_keys
from connectors.gateway.options import GatewayOptions
from connectors.open311.filters import filter_of
from connectors.timescale.catalogue import load
from connectors.timescale.gate import Gate
from streams.catalogue import Catalogue
from streams.contracts import REPORTS
from tests.stack.gateway_tools import KEY, free_port
from tests.stack.store_tools import NOW, House, as_role, report
from tests.unit.gateway_tools import Memory, Ready

CATALOGUE = Catalogue.model_validate_json('{"categories": [{"code": "rac-thai", "title": "Rác thải"}]}')


@asynccontextmanager
async def gateway(url: str) -> AsyncIterator[str]:
    """Where a gateway on this database answers."""
    gate, port = Gate(as_role(url, "nhip_gateway")), free_port()
    options = GatewayOptions("127.0.0.1", port, ("nowhere:9",), "nhip.", b"k" * 32)
    app = make_app(options, settings_keys(KEY, None), Memory(), Ready(), office=gate, while_running=gate)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.05)
    yield f"http://127.0.0.1:{port}/open311/v2"
    server.should_exit = True
    await serving


async def told(house: House) -> None:
    """Three reports: published, only submitted, and hidden."""
    words: dict[str, Any] = {"description": "Đống rác", "address": "Ngõ 12", "media": ["https://a.vn/1"]}
    place = {"lat": 9.784567, "lon": 105.471234}
    events = [report(f"PA-{n}", n, at=NOW - timedelta(hours=n), **place, **words) for n in (1, 2, 3)]
    done = [report("PA-1", 11, "resolved"), report("PA-1", 12, "published")]
    await house.take(REPORTS, [*events, *done, report("PA-3", 31, "status_changed", status="hidden")])
    with psycopg.connect(house.url) as connection:
        load(connection, CATALOGUE)


@pytest.mark.parametrize("output", ["json", "xml"])
async def test_a_client_from_pypi_reads_services_and_requests(plain_house: House, output: str) -> None:
    await told(plain_house)
    async with gateway(plain_house.url) as address:
        client = GeoReport(address, output_format=output)
        services = await asyncio.to_thread(client.get_service_list)
        requests = await asyncio.to_thread(client.get_service_requests)
        one: Any = await asyncio.to_thread(client.get_service_request, "PA-1")
    assert "Rác thải" in str(services)
    assert ("PA-1" in str(requests), "PA-2" in str(requests), "PA-3" in str(requests)) == (True, True, False)
    assert "Ngõ 12" in str(one)


async def test_words_and_exact_place_are_shown_once_public_and_hidden_reports_never(
    plain_house: House,
) -> None:
    await told(plain_house)
    async with Gate(as_role(plain_house.url, "nhip_gateway")) as gate:
        shown = {one.report_id: one for one in await gate.requests_by_id(["PA-1", "PA-2", "PA-3"])}
    assert set(shown) == {"PA-1", "PA-2"}
    public, fresh = shown["PA-1"], shown["PA-2"]
    assert (public.state, public.open, public.lat, public.description, public.media) == (
        "published", False, 9.784567, "Đống rác", "https://a.vn/1",
    )  # fmt: skip
    assert (fresh.state, fresh.open, fresh.lat, fresh.lon) == ("new", True, 9.785, 105.471)
    assert (fresh.description, fresh.address, fresh.media) == (None, None, None)


async def test_filters_and_pages_are_those_of_the_database(plain_house: House) -> None:
    await told(plain_house)

    async def found(**parameters: str) -> list[str]:
        return [one.report_id for one in await gate.requests(filter_of(parameters, NOW + timedelta(minutes=1)))]

    async with Gate(as_role(plain_house.url, "nhip_gateway")) as gate:
        assert await found() == ["PA-1", "PA-2"]
        assert await found(status="open") == ["PA-2"]
        assert await found(status="closed", service_code="rac-thai,khac") == ["PA-1"]
        assert await found(service_code="khac") == []
        assert await found(page_size="1", page="2") == ["PA-2"]
        assert await found(updated_after=(NOW - timedelta(minutes=1)).isoformat()) == ["PA-1"]
        assert await found(end_date=(NOW - timedelta(hours=1, minutes=30)).isoformat()) == ["PA-2"]


async def test_an_anonymised_report_says_nothing_more(plain_house: House) -> None:
    await told(plain_house)
    await plain_house.take(REPORTS, [report("PA-1", 13, "anonymised")])
    async with Gate(as_role(plain_house.url, "nhip_gateway")) as gate:
        (shown,) = await gate.requests_by_id(["PA-1"])
    assert (shown.description, shown.address, shown.media) == (None, None, None)
