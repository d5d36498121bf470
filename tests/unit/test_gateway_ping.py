"""Pings in the Healthchecks convention: what cron jobs and their clients send, and what they are answered."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.gateway.options import Limits
from connectors.kafka.errors import BrokerUnavailable
from tests.unit.gateway_tools import KEY, NOW, OPERATE_KEY, Memory, client

RUN = "b2e9c3c4-6f0b-4f7e-9c1d-0a5b6c7d8e9f"


def http(topic: Memory, limits: Limits | None = None) -> httpx.AsyncClient:
    return client(topic, limits, key=None)


def data(topic: Memory) -> dict[str, Any]:
    (record,) = topic.records
    return dict(json.loads(record.value)["data"])


@pytest.mark.parametrize("method", ["HEAD", "GET", "POST"])
async def test_a_ping_becomes_an_event_of_the_system(method: str) -> None:
    topic = Memory()
    async with http(topic) as gateway:
        answer = await gateway.request(method, f"/ping/{KEY}/cổng-dvc")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert answer.text == ("" if method == "HEAD" else "OK")
    (record,) = topic.records
    event = json.loads(record.value)
    assert (record.topic, record.key) == ("nhip.health-pings", "cổng-dvc".encode())
    assert len(event.pop("id")) == 36
    assert event == {
        "specversion": "1.0",
        "source": "ping/publish",
        "type": "vn.nhip.health.ping",
        "subject": "cổng-dvc",
        "time": NOW.isoformat(),
        "data": {"status": "ok"},
    }


@pytest.mark.parametrize(
    ("result", "found"),
    [
        ("", {"status": "ok"}),
        ("/start", {"status": "start"}),
        ("/fail", {"status": "fail"}),
        ("/0", {"status": "ok", "code": 0}),
        ("/1", {"status": "fail", "code": 1}),
        ("/255", {"status": "fail", "code": 255}),
        (f"/start?rid={RUN}", {"status": "start", "run_id": RUN}),
        (f"/7?rid={RUN.upper()}&check=backup", {"status": "fail", "code": 7, "run_id": RUN, "check_id": "backup"}),
    ],
)
async def test_the_end_of_the_address_says_how_it_went(result: str, found: dict[str, Any]) -> None:
    topic = Memory()
    async with http(topic) as gateway:
        assert (await gateway.get(f"/ping/{KEY}/backup{result}")).status_code == 200
    assert data(topic) == found


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/lgsp/256", 400, "invalid url format"),
        ("/lgsp/-1", 400, "invalid url format"),
        ("/lgsp/finished", 400, "invalid url format"),
        ("/lgsp?rid=one", 400, "invalid uuid format"),
        (f"/lgsp?rid={RUN.replace('-', '')}", 400, "invalid uuid format"),
        ("/lgsp?check=" + "x" * 129, 400, "data.check_id must have at most 128 characters"),
        ("/" + "x" * 129, 400, "subject must have at most 128 characters"),
    ],
)
async def test_what_is_wrong_with_an_address_is_told_in_their_words(path: str, status: int, text: str) -> None:
    topic = Memory()
    async with http(topic) as gateway:
        answer = await gateway.get(f"/ping/{KEY}{path}")
    assert (answer.status_code, answer.text, topic.records) == (status, text, [])


@pytest.mark.parametrize("key", ["no-such-key", OPERATE_KEY])
async def test_a_key_that_may_not_ping_is_not_found(key: str) -> None:
    async with http(Memory()) as gateway:
        answer = await gateway.get(f"/ping/{key}/lgsp")
    assert (answer.status_code, answer.text) == (404, "not found")


async def test_the_body_is_kept_as_an_excerpt_without_personal_numbers() -> None:
    topic = Memory()
    async with http(topic) as gateway:
        log = b"l\xe1\xbb\x97i\0 gui 0912345678 \xff" + b"x" * 20_000
        answer = await gateway.post(f"/ping/{KEY}/mail/fail", content=log)
    assert (answer.status_code, answer.headers["ping-body-limit"]) == (200, "10000")
    assert data(topic)["log"].startswith("lỗi gui [SĐT] xxx")
    assert len(data(topic)["log"]) <= 10_000


@given(st.binary(max_size=400))
def test_any_body_is_a_log(log: bytes) -> None:
    async def send() -> int:
        async with http(Memory()) as gateway:
            return (await gateway.post(f"/ping/{KEY}/mail", content=log)).status_code

    assert asyncio.run(send()) == 200


async def test_a_body_beyond_all_measure_or_compressed_is_refused() -> None:
    async with http(Memory()) as gateway:
        assert (await gateway.post(f"/ping/{KEY}/mail", content=b"x" * 262_145)).status_code == 413
        compressed = await gateway.post(f"/ping/{KEY}/mail", content=b"x", headers={"content-encoding": "gzip"})
    assert compressed.status_code == 415


async def test_without_kafka_or_with_too_many_pings_the_client_is_told_to_try_again() -> None:
    async with http(Memory(outcome=BrokerUnavailable("10.0.0.1 is away"))) as gateway:
        away = await gateway.get(f"/ping/{KEY}/lgsp")
    async with http(Memory(), Limits(key_rate=0.25)) as gateway:
        answers = [await gateway.get(f"/ping/{KEY}/lgsp") for _ in range(2)]
    assert (away.status_code, away.headers["retry-after"], "10.0.0.1" in away.text) == (503, "1", False)
    assert [answer.status_code for answer in answers] == [200, 429]
    assert "retry-after" in answers[1].headers


async def test_other_methods_are_not_allowed() -> None:
    async with http(Memory()) as gateway:
        assert (await gateway.put(f"/ping/{KEY}/lgsp")).status_code == 405
