"""`nhip keys`, and the gateway's own view of the database."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from connectors.gateway.keys import FixedKeys, settings_keys
from connectors.gateway.stored_keys import StoredKeys
from connectors.timescale.gate import Gate
from connectors.timescale.setup import set_up
from nhip.commands.keys import command
from streams.agents import Transient
from streams.contracts import HEALTH, REPORTS
from streams.errors import NhipError, WrongUse
from tests.parts.kafka import Kafka
from tests.stack.gateway_tools import free_port
from tests.stack.nhip_tools import get, installation, until, working
from tests.stack.store_tools import House, as_role, encoded, ping, report

Nhip = Callable[..., str]


@pytest.fixture
def nhip_keys(plain_house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Nhip:
    """Run `nhip keys …`: what it printed."""
    monkeypatch.setenv("NHIP_OWNER_DATABASE_URL", plain_house.url)

    def run(*words: str) -> str:
        command.main(list(words), standalone_mode=False)
        return capsys.readouterr().out

    return run


@pytest.fixture
async def gate(plain_house: House) -> AsyncIterator[Gate]:
    async with Gate(as_role(plain_house.url, "nhip_gateway")) as gate:
        yield gate


@pytest.fixture
def keys(gate: Gate) -> StoredKeys:
    return StoredKeys(settings_keys("a" * 32, None), gate, lambda: datetime.now(UTC))


async def test_a_key_lets_in_until_it_is_revoked(nhip_keys: Nhip, keys: StoredKeys) -> None:
    made = nhip_keys("create", "app-1022", "--scope", "publish:reports", "--agency", "so-xd", "--days", "30").strip()
    await keys.read()
    found = await keys.find(made)
    assert found is not None
    assert (found.name, found.scopes, found.agencies) == ("app-1022", {"publish:reports"}, {"so-xd"})
    await keys.read()
    (listed,) = json.loads(nhip_keys("list", "--json"))
    assert listed["used_at"] is not None
    assert made not in json.dumps(listed)
    assert "app-1022 revoked" in nhip_keys("revoke", "app-1022")
    await keys.read()
    assert await keys.find(made) is None


async def test_after_a_rotation_both_secrets_let_in_until_the_overlap_ends(nhip_keys: Nhip, keys: StoredKeys) -> None:
    first = json.loads(nhip_keys("create", "kiosk", "--scope", "publish", "--json"))["key"]
    second = nhip_keys("rotate", "kiosk").strip()
    await keys.read()
    assert [await keys.find(key) is not None for key in (first, second)] == [True, True]
    third = nhip_keys("rotate", "kiosk", "--overlap", "0").strip()
    await keys.read()
    assert [await keys.find(key) is not None for key in (first, second, third)] == [False, False, True]


async def test_of_a_key_the_database_holds_nothing_but_its_hash(nhip_keys: Nhip, plain_house: House) -> None:
    made = nhip_keys("create", "app", "--scope", "read").strip()
    assert made.startswith("nhip_")
    assert len(made) == 48
    assert made not in str(plain_house.rows("SELECT k::text FROM nhip.api_key k"))


def test_names_are_told_apart_for_ever(nhip_keys: Nhip) -> None:
    nhip_keys("create", "app", "--scope", "read")
    nhip_keys("revoke", "app")
    with pytest.raises(NhipError, match="already"):
        nhip_keys("create", "app", "--scope", "read")
    for words in (("revoke", "app"), ("rotate", "none")):
        with pytest.raises(NhipError, match="no live key"):
            nhip_keys(*words)
    for name in ("publish", "Ứng dụng", "-x", "x" * 65):
        with pytest.raises(WrongUse, match="cannot name a key"):
            nhip_keys("create", "--scope", "read", "--", name)


async def test_what_became_of_an_event_is_found_by_source_and_id(plain_house: House, gate: Gate) -> None:
    told = report("PA-1", 1, description="cũ")
    bad = report("PA-2", 2, lat=91.0, lon=0.0)
    await plain_house.take(REPORTS, [told, told, told | {"data": {"category": "khac"}}, bad, b"neither"])
    now = datetime.now(UTC)  # without a time, the last minutes are looked through
    await plain_house.take(HEALTH, [ping("lgsp", 3, now)], at=now)

    async def reasons(event_id: str, at: datetime | None = None) -> list[str | None]:
        return [trace.reason for trace in await gate.event("/test", event_id, at)]

    assert await reasons("1") == [None, "conflict"]
    assert await reasons("2") == ["invalid_data"]
    assert await reasons("3") == [None]
    assert await reasons("3", now) == [None]
    assert await reasons("3", now.replace(year=2025)) == []
    assert await reasons("4") == []


async def test_a_database_that_is_away_is_told_as_passing() -> None:
    async with Gate(f"postgresql://nhip_gateway@127.0.0.1:{free_port()}/nhip") as away:
        keys = StoredKeys(FixedKeys([]), away, lambda: datetime.now(UTC))
        with pytest.raises(Transient):
            await keys.read()


async def test_keys_are_found_once_a_database_is_set_up_under_a_running_gateway(embedded_database: str) -> None:
    """As in the demo, where the gateway starts first."""
    async with Gate(as_role(embedded_database, "nhip_gateway")) as early:
        keys = StoredKeys(FixedKeys([]), early, lambda: datetime.now(UTC))
        with pytest.raises(Transient):
            await keys.read()
        set_up(embedded_database, {})
        await keys.read()


def test_a_publisher_with_a_key_of_its_own_hears_what_became_of_its_event(
    kafka: Kafka, database: str, topic_prefix: str, tmp_path: Path
) -> None:
    """The whole way: `nhip keys`, the gateway, Kafka, a worker, and back."""
    installed, port = installation(kafka.bootstrap, database, topic_prefix), free_port()
    assert installed.run("setup", NHIP_KAFKA_PARTITIONS="1").returncode == 0
    key = installed.answer("keys", "create", "app", "--scope", "publish:reports")["key"]
    asked = {"source": "/test", "id": "1"}
    gateway = installed.start(tmp_path / "gateway.log", "gateway", NHIP_GATEWAY_PORT=str(port))
    address, headers = f"http://127.0.0.1:{port}", {"authorization": f"Bearer {key}"}
    try:
        until(lambda: get(f"{address}/readyz")[0] == 200, gateway)
        with httpx.Client(base_url=address, headers=headers) as http:
            media_type = {"content-type": "application/cloudevents+json"}
            until(lambda: http.get("/v1/events", params=asked).status_code == 200, gateway)
            assert http.get("/v1/events", params=asked).json()["status"] == "not_seen"
            assert http.post("/v1/events", content=encoded(report("PA-1", 1)), headers=media_type).status_code == 202
            assert http.post("/v1/events", content=encoded(ping("lgsp", 2)), headers=media_type).status_code == 403
            with working(installed, tmp_path / "worker.log"):
                until(lambda: http.get("/v1/events", params=asked).json()["status"] == "stored")
    finally:
        gateway.terminate()
        assert gateway.wait(120) == 0
