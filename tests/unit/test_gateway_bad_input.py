"""Whatever comes, one event is refused with its path, the events beside it are kept, and nothing breaks."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.gateway.documents import Broken, elements
from connectors.gateway.options import Limits
from tests.unit.gateway_tools import BATCH, Memory, client, ping, post


def raw(**changes: Any) -> bytes:
    return json.dumps(ping(**changes)).encode()


def with_latency(text: bytes) -> bytes:
    return raw(data={"status": "ok", "latency_ms": 77}).replace(b"77", text)


def report(**data: Any) -> bytes:
    return raw(type="vn.nhip.report.submitted", data={"category": "c"} | data)


BAD = {
    "not JSON": (b"{not json}", "$"),
    "nothing": (b"null", "$"),
    "a string": (b'"event"', "$"),
    "an array": (b"[1]", "$"),
    "no CloudEvent": (b"{}", "$.type"),
    "an older CloudEvent": (raw(specversion="0.3"), "$.specversion"),
    "unknown type": (raw(type="vn.nhip.health.pong"), "$.type"),
    "type is a number": (raw(type=5), "$.type"),
    "type is an object": (raw(type={}), "$.type"),
    "wrong type in data": (raw(data={"status": "ok", "code": "200"}), "$.data.code"),
    "data is text": (raw(data="text"), "$.data"),
    "no data": (raw(data=None), "$.data"),
    "NaN": (with_latency(b"NaN"), "$.data.latency_ms"),
    "infinity": (with_latency(b"-Infinity"), "$.data.latency_ms"),
    "overflow": (with_latency(b"1e999"), "$.data.latency_ms"),
    "NaN where nobody looks": (raw(extra=77).replace(b"77", b"NaN"), "$"),
    "missing subject": (raw(subject=None), "$.subject"),
    "empty subject": (raw(subject=""), "$.subject"),
    "NUL in the subject": (raw(subject="a\0b"), "$.subject"),
    "NUL in text": (report(description="a\0b"), "$.data.description"),
    "lone surrogate": (raw(subject="\ud800"), "$"),
    "bad UTF-8": (raw(subject="SUBJECT").replace(b"SUBJECT", b"\xff\xfe"), "$"),
    "100 000 levels": (raw(data={"x": 77}).replace(b"77", b'{"a":' * 100_000 + b"1" + b"}" * 100_000), "$"),
    "deeper than pydantic reads": (raw(extra=77).replace(b"77", b"[" * 230 + b"]" * 230), "$"),
    "deeper than orjson writes": (raw(extra=77).replace(b"77", b"[" * 500 + b"]" * 500), "$"),
    "long id": (raw(id="i" * 10_000), "$.id"),
    "year 1": (raw(time="0001-01-01T00:00:00Z"), "$.time"),
    "year 1, east of Greenwich": (raw(time="0001-01-01T00:00:00+14:00"), "$.time"),
    "year 9999": (raw(time="9999-12-31T23:59:59Z"), "$.time"),
    "year 9999, west of Greenwich": (raw(time="9999-12-31T23:59:59-14:00"), "$.time"),
    "no offset": (raw(time="2026-11-23T10:00:00"), "$.time"),
    "latitude 91": (report(lat=91, lon=106), "$.data.lat"),
    "two names for one thing": (raw(data={"status": "ok", "system_id": "mail"}), "$.data.system_id"),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_event_is_refused_with_its_path(name: str) -> None:
    content, path = BAD[name]
    topic = Memory()
    async with client(topic, Limits(event_bytes=1024 * 1024)) as http:
        answer = await post(http, content)
    assert (answer.status_code, answer.json()["path"]) == (422, path)
    assert topic.records == []


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_event_in_a_batch_takes_none_with_it(name: str) -> None:
    content, path = BAD[name]
    topic = Memory()
    async with client(topic) as http:
        answer = await post(http, b"[" + raw(id="before") + b" ,\n" + content + b"," + raw(id="after") + b"]\n", BATCH)
    assert answer.status_code == 207
    assert [entry["status"] for entry in answer.json()["events"]] == [202, 422, 202]
    assert answer.json()["events"][1]["problem"]["path"] == path
    assert [json.loads(record.value)["id"] for record in topic.records] == ["before", "after"]


@pytest.mark.parametrize("body", [b"", b"{}", b"[", b"[1,2", b"[1]]", b"[NaN]}", b"]", b'["', b"[\xff"])
async def test_what_is_no_array_is_no_batch(body: bytes) -> None:
    async with client(Memory()) as http:
        answer = await post(http, body, BATCH)
    assert (answer.status_code, answer.json()["path"]) == (422, "$")


async def test_an_id_of_a_megabyte_is_too_large_alone_and_not_repeated_to_its_sender() -> None:
    topic = Memory()
    async with client(topic) as http:
        alone = await post(http, raw(id="i" * 1_000_000))
        batch = await post(http, b"[" + raw(id="i" * 1_000_000) + b"," + raw() + b"]", BATCH)
    assert alone.status_code == 413
    assert [entry["status"] for entry in batch.json()["events"]] == [413, 202]
    assert len(batch.content) < 2000


@settings(max_examples=200)
@given(st.binary(max_size=200), st.sampled_from(["structured", "batch", "binary"]))
async def test_no_bytes_break_the_gateway(body: bytes, mode: str) -> None:
    media_type = {"structured": "application/cloudevents+json", "batch": BATCH, "binary": "application/json"}[mode]
    async with client(Memory()) as http:
        answer = await post(http, body, media_type, **{"ce-specversion": "1.0"})
    assert answer.status_code in (202, 207, 422)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(_JSON, max_size=5), st.booleans())
def test_an_array_with_one_broken_element_is_cut_where_a_parser_would(array: list[Any], spaced: bool) -> None:
    text = json.dumps([*array, 77], ensure_ascii=False, indent=1 if spaced else None)
    raw_array = text.encode("utf-8", "replace")
    *whole, broken = elements(raw_array[:-1].rstrip().removesuffix(b"77") + b"NaN]") or []
    assert whole == json.loads(raw_array)[:-1]
    assert isinstance(broken, Broken)


@pytest.mark.parametrize("filling", [b'"', b'\\"', b'"\\', b"[", b"[,", b"{},"])
def test_cutting_takes_time_in_proportion(filling: bytes) -> None:
    elements(b"[" + filling * (1024 * 1024 // len(filling)) + b"NaN]")


async def test_what_stands_twice_in_a_plain_ping_does_not_travel() -> None:
    """A parser that takes the last of two keys would else carry the first one past the masking."""
    topic = Memory()
    twice = json.dumps(ping()).replace(
        '"data"', '"source": "0912345678", "source": "app", "data": {"log": "x"}, "data"'
    )
    async with client(topic) as http:
        assert (await post(http, twice)).status_code == 202
        assert (await post(http, f"[{twice}]", BATCH)).status_code == 202
    assert len(topic.records) == 2
    for record in topic.records:
        assert b"0912345678" not in record.value
        assert json.loads(record.value)["source"] == "app"


async def test_a_plain_ping_is_held_to_the_horizon_and_the_size_of_events() -> None:
    async with client(Memory(), Limits(event_bytes=500)) as http:
        old = await post(http, json.dumps([ping(time="2020-01-01T00:00:00Z")]), BATCH)
        large = await post(http, json.dumps([ping(tracestate="x" * 600), ping()]), BATCH)
    assert (old.status_code, old.json()["events"][0]["problem"]["reason"]) == (422, "outside_horizon")
    assert [(event["status"], event["id"]) for event in large.json()["events"]] == [(413, "1"), (202, "1")]
