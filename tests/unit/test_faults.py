"""Refusals say where the fault is and how the value should be, in words a publisher can act on."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from streams.contracts import DOSSIERS, HEALTH, REPORTS, Stream
from streams.deadletters import Refusal
from streams.parsing import parse

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def refusal(stream: Stream, type_: str, data: dict[str, Any], **attributes: Any) -> Refusal:
    envelope = {"specversion": "1.0", "id": "1", "source": "app", "subject": "s", "time": "2026-11-23T10:00:00+07:00"}
    event = envelope | {"type": stream.type_prefix + type_, "data": data} | attributes
    answer = parse(stream, json.dumps(event).encode(), NOW)
    assert isinstance(answer, Refusal)
    return answer


@pytest.mark.parametrize(
    ("stream", "type_", "data", "path", "detail"),
    [
        (REPORTS, "submitted", {"category": "cat", "lat": 91, "lon": 1}, "$.data.lat", "data.lat must be at most 90.0"),
        (REPORTS, "submitted", {"category": ""}, "$.data.category", "data.category must have at least 1 character(s)"),
        (REPORTS, "submitted", {}, "$.data.category", "data.category is required"),
        (
            REPORTS,
            "submitted",
            {"category": "c", "lat": 1},
            "$.data",
            "data is not possible: lat and lon come together",
        ),
        (
            REPORTS,
            "submitted",
            {"category": "c", "media": ["u", 5]},
            "$.data.media[1]",
            "data.media[1] must be a string",
        ),
        (DOSSIERS, "rated", {"rating": 1.5}, "$.data.rating", "data.rating must be a whole number"),
        (
            DOSSIERS,
            "rated",
            {"rating": 1, "paid_online": "x"},
            "$.data.paid_online",
            "data.paid_online must be true or false",
        ),
        (DOSSIERS, "rated", {"rating": 1, "note": "\0"}, "$.data.note", "data.note must not hold the character NUL"),
        (
            DOSSIERS,
            "extended",
            {"due_at": "2026-99-99T00:00:00Z"},
            "$.data.due_at",
            "data.due_at must be RFC 3339 with an offset, for example 2026-11-23T10:00:00+07:00",
        ),
        (HEALTH, "ping", {"status": "up"}, "$.data.status", "data.status must be 'ok', 'degraded', 'fail' or 'start'"),
        (HEALTH, "ping", {"status": "ok", "metrics": {"hồ sơ": "x"}}, r'$.data.metrics["h\u1ed3 s\u01a1"]', None),
        (HEALTH, "ping", {"status": "ok", "metrics": {"a\n": 1}}, r'$.data.metrics["a\n"]', None),
    ],
)
def test_says_where_and_how(stream: Stream, type_: str, data: dict[str, Any], path: str, detail: str | None) -> None:
    answer = refusal(stream, type_, data)
    assert answer.path == path
    assert detail in (None, answer.detail)


@pytest.mark.parametrize(
    "time", ["2026-11-23T10:00:00", "2026-11-23", "yesterday", "2026-13-01T00:00:00Z", "1700000000"]
)
def test_a_time_without_offset_is_told_what_a_time_looks_like(time: str) -> None:
    answer = refusal(HEALTH, "ping", {"status": "ok"}, time=time)
    assert (answer.path, "2026-11-23T10:00:00+07:00" in answer.detail) == ("$.time", True)


def test_a_path_repeats_no_more_of_a_key_than_people_read() -> None:
    answer = refusal(HEALTH, "ping", {"status": "ok", "metrics": {"k" * 100_000: 1}})
    assert len(answer.path) < 100
    assert len(answer.detail) < 200
