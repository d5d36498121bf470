"""Real clients, the gateway as a process, and a real Kafka."""

import asyncio
import itertools
import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_structured, to_binary, to_structured
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from connectors.kafka.security import Security
from connectors.kafka.topics import ensure_topics
from streams.contracts import STREAMS
from streams.freshness import is_canary
from tests.parts.kafka import Kafka
from tests.stack.gateway_tools import KEY, Gateway, answering, everything, free_port, records, running
from tests.stack.kafka_proxy import proxied
from tests.stack.kafka_tools import until

FORMAT = JSONFormat()
STRUCTURED = {"content-type": "application/cloudevents+json"}
BATCH = "application/cloudevents-batch+json"


@pytest.fixture
async def gateway(kafka: Kafka, topic_prefix: str) -> AsyncIterator[Gateway]:
    await ensure_topics([kafka.bootstrap], Security(), topic_prefix, partitions=3, replication=1)
    async with running(kafka.bootstrap, topic_prefix) as process:
        await answering(process, "/readyz")
        yield process


def event(number: int = 1) -> CloudEvent:
    attributes = {
        "id": f"tin-{number}",
        "source": "ứng dụng 1022",
        "type": "vn.nhip.report.submitted",
        "subject": f"PA-{number}",
        "time": datetime.now(UTC),
        "datacontenttype": "application/json",
    }
    data = {"category": "rác thải", "description": 'Đống rác "cũ" ở ngõ 12\n100%', "lat": 9.7845, "lon": 105.47}
    return CloudEvent(attributes, data)


def plain(number: int) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FORMAT.write(event(number)))
    return document


async def send(gateway: Gateway, message: HTTPMessage) -> httpx.Response:
    async with gateway.client() as http:
        return await http.post("/v1/events", content=message.body, headers=message.headers)


@pytest.mark.parametrize("mode", ["structured", "binary", "batch"])
async def test_an_event_of_the_cloudevents_sdk_arrives(
    gateway: Gateway, kafka: Kafka, topic_prefix: str, mode: str
) -> None:
    sent = event()
    message = {
        "structured": lambda: to_structured(sent, FORMAT),
        "binary": lambda: to_binary(sent, FORMAT),
        "batch": lambda: HTTPMessage({"content-type": BATCH}, b"[" + FORMAT.write(sent) + b"]"),
    }[mode]()
    answer = await send(gateway, message)
    assert (answer.status_code, answer.json()["accepted"]) == (202, 1)
    (record,) = await records(kafka.bootstrap, f"{topic_prefix}field-reports")
    arrived = from_structured(
        HTTPMessage({name: value.decode() for name, value in record.headers}, record.value), FORMAT
    )
    assert (arrived.get_attributes(), arrived.get_data()) == (sent.get_attributes(), sent.get_data())
    assert record.key == b"PA-1"
    assert record.timestamp_type == 1  # the broker's


async def test_a_trace_goes_on_through_kafka(gateway: Gateway, kafka: Kafka, topic_prefix: str) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    headers = {"content-type": "application/cloudevents+json", "traceparent": trace}
    async with gateway.client() as http:
        assert (await http.post("/v1/events", content=FORMAT.write(event()), headers=headers)).status_code == 202
    (record,) = await records(kafka.bootstrap, f"{topic_prefix}field-reports")
    assert dict(record.headers)["traceparent"] == trace.encode()


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
async def test_an_event_of_plain_curl_arrives(gateway: Gateway, kafka: Kafka, topic_prefix: str) -> None:
    document = json.dumps(plain(1), ensure_ascii=False)
    command = ["curl", "-sS", "-w", "%{http_code}", f"{gateway.url}/v1/events", "-d", document]
    command += ["-H", f"Authorization: Bearer {KEY}", "-H", "Content-Type: application/cloudevents+json"]
    answer = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True)
    assert answer.stdout.endswith("202")
    (record,) = await records(kafka.bootstrap, f"{topic_prefix}field-reports")
    assert json.loads(record.value) == json.loads(document)


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
async def test_a_ping_at_the_end_of_a_job_arrives(gateway: Gateway, kafka: Kafka, topic_prefix: str) -> None:
    job = f"(echo sao lưu; exit 3) | curl -fsS --retry 5 --data-binary @- {gateway.url}/ping/{KEY}/backup/3"
    answer = await asyncio.to_thread(subprocess.run, job, shell=True, capture_output=True, text=True, check=True)
    assert answer.stdout == "OK"
    (record,) = await records(kafka.bootstrap, f"{topic_prefix}health-pings")
    assert json.loads(record.value)["data"] == {"status": "fail", "code": 3, "log": "sao lưu\n"}


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
async def test_curl_hears_413_whatever_it_would_send(gateway: Gateway) -> None:
    command = ["curl", "-sS", "-w", "%{http_code}", f"{gateway.url}/v1/events", "--data-binary", "@-"]
    command += ["-H", f"Authorization: Bearer {KEY}", "-H", "Content-Type: application/cloudevents+json"]
    command += ["-H", "Transfer-Encoding: chunked"]
    answer = await asyncio.to_thread(subprocess.run, command, input=b" " * 3_000_000, capture_output=True, check=True)
    assert answer.stdout.endswith(b"413")


async def test_a_202_means_that_the_event_can_be_read(gateway: Gateway, kafka: Kafka, topic_prefix: str) -> None:
    async with gateway.client() as http:

        async def post(number: int) -> httpx.Response:
            body = [plain(number * 10 + place) for place in range(10)]
            return await http.post("/v1/events", content=json.dumps(body), headers={"content-type": BATCH})

        answers = await asyncio.gather(*map(post, range(50)))
    assert {answer.status_code for answer in answers} == {202}
    arrived = [
        json.loads(record.value)["id"] for record in await records(kafka.bootstrap, f"{topic_prefix}field-reports")
    ]
    assert sorted(arrived) == sorted(f"tin-{number}" for number in range(500))


async def test_202_waits_for_the_brokers_word(kafka: Kafka, topic_prefix: str) -> None:
    """The record is in the log while the broker's answer is held back: writing is not yet accepting."""
    await ensure_topics([kafka.bootstrap], Security(), topic_prefix, partitions=1, replication=1)
    async with proxied(kafka.bootstrap) as proxy, running(proxy.bootstrap, topic_prefix) as gateway:
        await answering(gateway, "/readyz")
        assert (await send(gateway, to_structured(event(1), FORMAT))).status_code == 202
        proxy.hold()
        post = asyncio.create_task(send(gateway, to_structured(event(2), FORMAT)))
        await asyncio.sleep(1)
        assert not post.done()
        proxy.release()
        assert (await post).status_code == 202


async def test_a_broker_that_falls_silent_or_away_is_answered_and_found_again(kafka: Kafka, topic_prefix: str) -> None:
    await ensure_topics([kafka.bootstrap], Security(), topic_prefix, partitions=1, replication=1)
    async with proxied(kafka.bootstrap) as proxy, running(proxy.bootstrap, topic_prefix) as gateway:
        await answering(gateway, "/readyz")
        assert (await send(gateway, to_structured(event(1), FORMAT))).status_code == 202
        proxy.hold()
        silent = await send(gateway, to_structured(event(2), FORMAT))
        await proxy.cut()
        away = await send(gateway, to_structured(event(3), FORMAT))
        proxy.release()
        await proxy.open()
        found = await until_accepted(gateway)
    assert (silent.status_code, silent.headers["retry-after"]) == (503, "1")
    assert (away.status_code, away.headers["retry-after"]) == (503, "1")
    arrived = [
        json.loads(record.value)["id"] for record in await records(kafka.bootstrap, f"{topic_prefix}field-reports")
    ]
    assert {"tin-1", found} <= set(arrived)


async def until_accepted(gateway: Gateway) -> str:
    """The id of the first event that is accepted again."""
    async with asyncio.timeout(60):
        number = 100
        while (await send(gateway, to_structured(event(number), FORMAT))).status_code != 202:
            number += 1
    return f"tin-{number}"


async def test_without_kafka_callers_are_told_when_to_come_back() -> None:
    async with running(f"127.0.0.1:{free_port()}", "nowhere-") as gateway, gateway.client() as http:
        answer = await send(gateway, to_structured(event(), FORMAT))
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        ready = await http.get("/readyz")
        assert (ready.status_code, "NHIP_KAFKA_BROKERS" in ready.text) == (503, True)
        assert gateway.end() == 0


async def test_without_topics_it_says_how_to_make_them(kafka: Kafka, topic_prefix: str) -> None:
    async with running(kafka.bootstrap, topic_prefix) as gateway, gateway.client() as http:
        ready = await http.get("/readyz")
        assert (ready.status_code, f"{topic_prefix}dossiers" in ready.text, "nhip setup" in ready.text) == (
            503,
            True,
            True,
        )
        answer = await send(gateway, to_structured(event(), FORMAT))
        assert answer.status_code == 503


async def test_sigterm_finishes_what_is_under_way(gateway: Gateway, kafka: Kafka, topic_prefix: str) -> None:
    accepted: list[int] = []

    async def publish(http: httpx.AsyncClient, start: int) -> None:
        for number in range(start, start + 1000):
            try:
                answer = await http.post("/v1/events", json=plain(number), headers=STRUCTURED)
            except httpx.TransportError:
                return  # the door is closed
            assert answer.status_code == 202
            accepted.append(number)

    async with gateway.client() as http:
        publishers = [asyncio.create_task(publish(http, start * 1000)) for start in range(8)]
        await until(lambda: len(accepted) > 10)
        assert await asyncio.to_thread(gateway.end) == 0
        await asyncio.gather(*publishers)
    arrived = {
        json.loads(record.value)["id"] for record in await records(kafka.bootstrap, f"{topic_prefix}field-reports")
    }
    assert {f"tin-{number}" for number in accepted} <= arrived


async def test_a_canary_a_second_goes_into_every_partition(gateway: Gateway, kafka: Kafka, topic_prefix: str) -> None:
    for stream in STREAMS:
        async with asyncio.timeout(120):
            while True:
                found = await everything(kafka.bootstrap, topic_prefix + stream.topic)
                if all([record.partition for record in found].count(partition) >= 3 for partition in range(3)):
                    break
        assert all(is_canary(record.value) for record in found)
        for partition in range(3):
            written = [json.loads(record.value)["time"] for record in found if record.partition == partition]
            times = [datetime.fromisoformat(time) for time in written]
            assert all(after - before >= timedelta(seconds=0.9) for before, after in itertools.pairwise(times))
