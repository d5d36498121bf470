"""What publishers send in each mode, and what they are answered."""

import json
from typing import Any

import httpx
import pytest

from connectors.kafka.errors import BrokerUnavailable, MessageRejected
from streams.privacy import pseudonym
from tests.unit.gateway_tools import BATCH, OPERATE_KEY, PSEUDONYM_KEY, STRUCTURED, Memory, Ready, client, ping, post

BINARY = {
    "ce-specversion": "1.0",
    "ce-id": "1",
    "ce-source": "monitor",
    "ce-type": "vn.nhip.health.ping",
    "ce-subject": "portal",
    "ce-time": "2026-11-23T10:00:00+07:00",
}


def stored(topic: Memory) -> list[dict[str, Any]]:
    return [json.loads(record.value) for record in topic.records]


async def send_binary(http: httpx.AsyncClient, body: bytes = b'{"status":"ok"}', **changes: str) -> httpx.Response:
    headers = BINARY | {f"ce-{name}": value for name, value in changes.items()}
    return await http.post("/v1/events", content=body, headers={"content-type": "application/json"} | headers)


async def test_a_structured_event_is_written_as_it_came() -> None:
    topic = Memory()
    async with client(topic) as http:
        answer = await post(http, json.dumps(ping(dataschema="kept")), STRUCTURED + "; charset=UTF-8")
    assert (answer.status_code, answer.json()) == (
        202,
        {"accepted": 1, "events": [{"id": "1", "source": "monitor", "status": 202}]},
    )
    assert stored(topic) == [ping(dataschema="kept")]
    assert (topic.records[0].topic, topic.records[0].key) == ("nhip.health-pings", b"portal")


async def test_a_binary_event_becomes_the_same_structured_one() -> None:
    topic = Memory()
    async with client(topic) as http:
        answer = await send_binary(http)
    assert answer.status_code == 202
    assert stored(topic) == [ping(datacontenttype="application/json")]


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("c%E1%BB%95ng%20m%E1%BB%99t", "cổng một"),
        ('"hai \\"ba\\""', 'hai "ba"'),
        ("100%25", "100%"),
        ("50%", "50%"),
        ("cổng", "cổng"),
    ],
)
async def test_header_values_are_unquoted_and_percent_decoded_once(header: str, subject: str) -> None:
    topic = Memory()
    async with client(topic) as http:
        content_type = (b"content-type", b"application/json")
        headers = [(k.encode(), v.encode()) for k, v in (BINARY | {"ce-subject": header}).items()]
        await http.post("/v1/events", content=b'{"status":"ok"}', headers=[content_type, *headers])
    assert [event["subject"] for event in stored(topic)] == [subject]


async def test_binary_data_cannot_reach_into_the_attributes() -> None:
    topic = Memory()
    async with client(topic) as http:
        answer = await send_binary(http, b'{"status":"ok"},"subject":"other"')
        assert (answer.status_code, answer.json()["path"]) == (422, "$.data")
        answer = await send_binary(http, data='{"status":"fail"}')
    assert answer.status_code == 202
    assert stored(topic)[0]["data"] == {"status": "ok"}


async def test_a_header_that_comes_twice_is_no_attribute() -> None:
    async with client(Memory()) as http:
        headers = [("content-type", "application/json"), *BINARY.items(), ("ce-id", "2")]
        answer = await http.post("/v1/events", content=b'{"status":"ok"}', headers=headers)
    assert (answer.status_code, answer.json()["path"]) == (422, "$.id")


async def test_a_batch_answers_per_event_in_order() -> None:
    topic = Memory()
    async with client(topic) as http:
        answer = await post(http, json.dumps([ping(), ping(id="2", type="no.such"), ping(id="3")]), BATCH)
    assert answer.status_code == 207
    body = answer.json()
    assert (body["accepted"], [entry["status"] for entry in body["events"]]) == (2, [202, 422, 202])
    assert [entry["index"] for entry in body["events"]] == [0, 1, 2]
    assert body["events"][1]["problem"]["path"] == "$.type"
    assert [event["id"] for event in stored(topic)] == ["1", "3"]


@pytest.mark.parametrize(
    ("events", "status", "accepted"),
    [([], 202, 0), ([ping()], 202, 1), ([ping(subject=None)], 422, 0), ([5, ping()], 207, 1)],
)
async def test_the_overall_status_is_the_one_all_events_share(events: list[Any], status: int, accepted: int) -> None:
    async with client(Memory()) as http:
        answer = await post(http, json.dumps(events), BATCH)
    assert (answer.status_code, answer.json()["accepted"]) == (status, accepted)


async def test_a_problem_is_told_as_rfc_9457_in_the_readers_language() -> None:
    async with client(Memory()) as http:
        event = json.dumps(ping(time="2026-11-23T10:00:00"))
        english = await post(http, event)
        vietnamese = await post(http, event, **{"accept-language": "vi-VN,vi;q=0.9,en;q=0.8"})
    assert english.headers["content-type"] == "application/problem+json"
    assert english.json()["instance"].startswith("urn:uuid:")
    assert {name: value for name, value in english.json().items() if name != "instance"} == {
        "type": "urn:nhip:problem:not_cloudevents",
        "title": "Not a CloudEvent",
        "status": 422,
        "detail": "time must be RFC 3339 with an offset, for example 2026-11-23T10:00:00+07:00",
        "reason": "not_cloudevents",
        "remedy": "Correct the attribute named in path: CloudEvents 1.0, see /docs.",
        "path": "$.time",
    }
    assert vietnamese.json()["title"] == "Không phải CloudEvent"


async def test_of_duplicate_keys_the_last_counts_and_only_it_travels_on() -> None:
    topic = Memory()
    async with client(topic) as http:
        await post(http, json.dumps(ping())[:-1] + ', "id": "2"}')
    assert topic.records[0].value.count(b'"id"') == 1
    assert stored(topic)[0]["id"] == "2"


async def test_a_reporter_is_known_by_pseudonym_only_behind_the_door() -> None:
    topic = Memory()
    data = {"category": "rác", "reporter_ref": "0912345678"}
    async with client(topic) as http:
        for reference in ("0912345678", pseudonym("0912345678", PSEUDONYM_KEY)):
            event = ping(type="vn.nhip.report.submitted", data=data | {"reporter_ref": reference})
            assert (await post(http, json.dumps(event))).status_code == 202
    assert b"0912345678" not in b"".join(record.value for record in topic.records)
    assert {event["data"]["reporter_ref"] for event in stored(topic)} == {pseudonym("0912345678", PSEUDONYM_KEY)}


async def test_what_the_contract_does_not_know_stays_outside() -> None:
    topic = Memory()
    data = {"status": "ok", "owner": "Nguyễn Văn A", "error": "gọi 0912345678", "metrics": {"sent": 1.0}}
    async with client(topic) as http:
        assert (await post(http, json.dumps(ping(data=data, operatorphone="0912345678")))).status_code == 202
        metrics = (await http.get("/metrics")).text
    assert stored(topic) == [ping(data={"status": "ok", "error": "gọi [SĐT]", "metrics": {"sent": 1.0}})]
    assert 'nhip_gateway_unknown_fields_total{stream="health"} 1.0' in metrics


async def test_the_trace_goes_along() -> None:
    topic = Memory()
    trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    async with client(topic) as http:
        await post(http, json.dumps(ping()), traceparent=trace)
        await post(http, json.dumps(ping()), traceparent="not a trace")
    structured = ("content-type", b"application/cloudevents+json; charset=UTF-8")
    assert [list(record.headers) for record in topic.records] == [
        [structured, ("traceparent", trace.encode())],
        [structured],
    ]


@pytest.mark.parametrize(
    ("authorization", "status", "challenge"),
    [
        (None, 401, 'Bearer realm="nhip"'),
        ("Basic YTpi", 401, 'Bearer realm="nhip"'),
        ("Bearer " + "x" * 64, 401, 'Bearer realm="nhip", error="invalid_token"'),
        ("Bearer khóa", 401, 'Bearer realm="nhip", error="invalid_token"'),
        ("Bearer " + OPERATE_KEY, 403, 'Bearer realm="nhip", error="insufficient_scope", scope="publish"'),
    ],
)
async def test_without_a_key_for_it_nothing_is_read(authorization: str | None, status: int, challenge: str) -> None:
    topic = Memory()
    async with client(topic, key=None) as http:
        headers = {"authorization": authorization.encode()} if authorization else {}
        answer = await http.post("/v1/events", content=json.dumps(ping()), headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (status, challenge)
    assert answer.headers["content-type"] == "application/problem+json"
    assert topic.records == []


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/json"},
        {"content-type": "text/xml", "ce-specversion": "1.0"},
        {"content-type": "application/cloudevents+xml", "ce-specversion": "1.0"},
        {"content-type": "application/cloudevents+json", "content-encoding": "gzip"},
        {},
    ],
)
async def test_other_content_is_told_what_is_taken(headers: dict[str, str]) -> None:
    async with client(Memory()) as http:
        answer = await http.post("/v1/events", content=json.dumps(ping()), headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (415, "unsupported_media_type")


async def test_without_kafkas_word_nothing_is_accepted() -> None:
    topic = Memory(outcome=BrokerUnavailable("no answer from 10.0.0.1"))
    async with client(topic) as http:
        single = await post(http, json.dumps(ping()))
        batch = await post(http, json.dumps([ping(), ping(subject=None)]), BATCH)
    assert (single.status_code, single.headers["retry-after"]) == (503, "1")
    assert "10.0.0.1" not in single.text
    assert (batch.status_code, batch.headers["retry-after"]) == (207, "1")
    assert [entry["status"] for entry in batch.json()["events"]] == [503, 422]


async def test_what_kafka_never_takes_is_not_to_be_sent_again() -> None:
    async with client(Memory(outcome=MessageRejected("too large"))) as http:
        answer = await post(http, json.dumps(ping()))
    assert (answer.status_code, answer.json()["reason"]) == (422, "refused_by_kafka")


async def test_probes_and_documents_answer_without_a_key() -> None:
    async with client(Memory(), readiness=Ready("Kafka cannot be reached"), key=None) as http:
        await post(http, json.dumps(ping()))
        assert (await http.get("/healthz")).status_code == 200
        ready = await http.get("/readyz")
        assert (ready.status_code, ready.text) == (503, "Kafka cannot be reached\n")
        assert 'nhip_gateway_refused_total{reason="unauthenticated"} 1.0' in (await http.get("/metrics")).text
        docs = await http.get("/docs")
        assert "https://" not in docs.text
        document = (await http.get("/openapi.json")).json()
    assert "ReportSubmitted" in document["components"]["schemas"]
    assert set(document["paths"]["/v1/events"]["post"]["responses"]) >= {
        "202",
        "207",
        "401",
        "413",
        "422",
        "429",
        "503",
    }


@pytest.mark.parametrize(("method", "path", "status"), [("DELETE", "/v1/events", 405), ("GET", "/nowhere", 404)])
async def test_wrong_doors_answer_with_problems_too(method: str, path: str, status: int) -> None:
    async with client(Memory()) as http:
        answer = await http.request(method, path)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("flag", ["dry_run", "dry_run=true", "dry_run=1"])
async def test_a_dry_run_says_what_would_happen_and_keeps_nothing(flag: str) -> None:
    topic = Memory()
    async with client(topic) as http:
        events = json.dumps([ping(), ping(id="2", time="2020-01-01T00:00:00Z")])
        answer = await http.post(f"/v1/events?{flag}", content=events, headers={"content-type": BATCH})
        metrics = (await http.get("/metrics")).text
    body = answer.json()
    assert (answer.status_code, body["dry_run"], body["accepted"], topic.records) == (207, True, 1, [])
    assert body["events"][1]["problem"]["reason"] == "outside_horizon"
    assert "nhip_gateway_events_accepted_total{" not in metrics


async def test_dry_run_false_is_none() -> None:
    topic = Memory()
    async with client(topic) as http:
        await http.post("/v1/events?dry_run=false", content=json.dumps(ping()), headers={"content-type": STRUCTURED})
    assert len(topic.records) == 1
