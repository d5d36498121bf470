"""What comes is an event, or is refused with a reason and the JSON path of its first fault (issue 3, bad input)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.contracts import DOSSIERS, HEALTH, REPORTS, Event, Stream
from streams.deadletters import Reason, Refusal
from streams.parsing import parse
from tests.unit.event_tools import at, envelope

NOW = at("2026-11-23 10:00")
GOOD: dict[Stream, tuple[str, dict[str, Any]]] = {
    REPORTS: ("submitted", {"category": "rac-thai"}),
    DOSSIERS: ("upserted", {"procedure": "1.001", "agency": "so-y-te", "status": 2}),
    HEALTH: ("ping", {"status": "ok"}),
}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def made(stream: Stream, body: dict[str, Any] | None = None, /, **attributes: Any) -> bytes:
    """A good event of a stream, but for the changes."""
    kind, good = GOOD[stream]
    given = {"data": good | (body or {})} | attributes
    return json.dumps(envelope(stream, kind, given.pop("time", NOW), **given)).encode()


def reports(body: dict[str, Any] | None = None, /, **attributes: Any) -> tuple[Stream, bytes]:
    return REPORTS, made(REPORTS, body, **attributes)


def dossiers(body: dict[str, Any] | None = None, /, **attributes: Any) -> tuple[Stream, bytes]:
    return DOSSIERS, made(DOSSIERS, body, **attributes)


def pings(body: dict[str, Any] | None = None, /, **attributes: Any) -> tuple[Stream, bytes]:
    return HEALTH, made(HEALTH, body, **attributes)


def with_number(text: bytes, **data: Any) -> tuple[Stream, bytes]:
    """A ping in which the number 77 is written in another way."""
    return HEALTH, made(HEALTH, data).replace(b"77", text)


@pytest.mark.parametrize("stream", GOOD, ids=lambda stream: stream.name)
def test_a_good_event_is_parsed(stream: Stream) -> None:
    event = parse(stream, made(stream), NOW)
    assert isinstance(event, Event)
    assert (event.type, event.time) == (stream.type_prefix + GOOD[stream][0], NOW)


BAD = {
    "tombstone": ((HEALTH, None), "tombstone", "$"),
    "nothing at all": ((HEALTH, b""), "not_json", "$"),
    "not JSON": ((REPORTS, b"{not json}"), "not_json", "$"),
    "cut off": ((REPORTS, made(REPORTS)[:-1]), "not_json", "$"),
    "two documents": ((REPORTS, made(REPORTS) + b"{}"), "not_json", "$"),
    "not UTF-8": ((HEALTH, made(HEALTH).replace(b"ok", b"\xff\xfe")), "not_json", "$"),
    "100 000 levels of nesting": (with_number(b"[" * 100_000 + b"]" * 100_000, x=77), "not_json", "$"),
    "a lone surrogate": (reports({"description": "\ud83d"}), "not_json", "$"),
    "a lone surrogate in an unknown field": (reports({"x": "\ud83d"}), "not_json", "$"),
    "NaN in an unknown field": (with_number(b"NaN", x=77), "not_json", "$"),
    "infinity in an unknown attribute": (
        (HEALTH, made(HEALTH, x=77).replace(b"77", b"-Infinity")), "not_json", "$"
    ),
    "null": ((HEALTH, b"null"), "not_cloudevents", "$"),
    "an array": ((HEALTH, b"[1]"), "not_cloudevents", "$"),
    "no CloudEvent": ((HEALTH, b"{}"), "not_cloudevents", "$.type"),
    "an older CloudEvent": (pings(specversion="0.3"), "not_cloudevents", "$.specversion"),
    "no subject": (dossiers(subject=None), "not_cloudevents", "$.subject"),
    "an empty subject": (dossiers(subject=""), "not_cloudevents", "$.subject"),
    "NUL in the subject": (dossiers(subject="a\0b"), "not_cloudevents", "$.subject"),
    "no id": (pings(id=None), "not_cloudevents", "$.id"),
    "an id of 65 characters": (pings(id="i" * 65), "not_cloudevents", "$.id"),
    "an id of 1 MB": (pings(id="i" * 1_000_000), "not_cloudevents", "$.id"),
    "a source of 129 characters": (pings(source="s" * 129), "not_cloudevents", "$.source"),
    "a time that is no time": (pings(time="today"), "not_cloudevents", "$.time"),
    "a time without offset": (pings(time="2026-11-23T10:00:00"), "not_cloudevents", "$.time"),
    "a time as a number": (pings(time="1763892000"), "not_cloudevents", "$.time"),
    "a time in other digits": (pings(time="٢٠٢٦-11-23T10:00:00Z"), "not_cloudevents", "$.time"),
    "year 1": (dossiers(time="0001-01-01T00:00:00+14:00"), "outside_horizon", "$.time"),
    "year 9999": (dossiers(time="9999-12-31T23:59:59-14:00"), "outside_horizon", "$.time"),
    "an unknown type": (reports(type="vn.nhip.report.exploded"), "unknown_type", "$.type"),
    "a type of another stream": (reports(type="vn.nhip.health.ping"), "unknown_type", "$.type"),
    "no data": (pings(None, data=None), "invalid_data", "$.data"),
    "data is text": (pings(None, data="x"), "invalid_data", "$.data"),
    "NaN": (with_number(b"NaN", latency_ms=77), "invalid_data", "$.data.latency_ms"),
    "infinity": (with_number(b"-Infinity", latency_ms=77), "invalid_data", "$.data.latency_ms"),
    "overflow": (with_number(b"1e999", latency_ms=77), "invalid_data", "$.data.latency_ms"),
    "NaN among the metrics": (with_number(b"NaN", metrics={"a": 77}), "invalid_data", "$.data.metrics.a"),
    "65 metrics": (pings({"metrics": {str(n): n for n in range(65)}}), "invalid_data", "$.data.metrics"),
    "a metric named like a type": (
        pings({"metrics": {"vn.nhip.health.ping": "x"}}), "invalid_data", '$.data.metrics["vn.nhip.health.ping"]'
    ),
    "NUL in text": (reports({"description": "a\0b"}), "invalid_data", "$.data.description"),
    "latitude 91": (reports({"lat": 91, "lon": 105}), "invalid_data", "$.data.lat"),
    "a number as text": (pings({"code": "200"}), "invalid_data", "$.data.code"),
    "a fraction of a status": (dossiers({"status": 2.5}), "invalid_data", "$.data.status"),
    "a status that no column holds": (dossiers({"status": 2**15}), "invalid_data", "$.data.status"),
    "an agency of 129 characters": (dossiers({"agency": "a" * 129}), "invalid_data", "$.data.agency"),
    "a due date in year 2201": (dossiers({"due_at": "2201-01-01"}), "invalid_data", "$.data.due_at"),
    "a due date that is none": (dossiers({"due_at": "2026-02-30"}), "invalid_data", "$.data.due_at"),
    "a moment without offset": (dossiers({"received_at": "2026-11-23T10:00:00"}), "invalid_data", "$.data.received_at"),
    "a snapshot of no procedure": (dossiers({"procedure": None}), "invalid_data", "$.data.procedure"),
    "data names another subject": (pings({"system_id": "mail"}), "subject_mismatch", "$.data.system_id"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_its_reason_and_path(name: str) -> None:
    (stream, value), reason, path = BAD[name]
    refusal = parse(stream, value, NOW)
    assert isinstance(refusal, Refusal)
    assert (refusal.reason, refusal.path) == (reason, path)
    assert 0 < len(refusal.detail) < 300


@given(st.binary(max_size=300), st.sampled_from(list(GOOD)))
def test_no_bytes_break_the_parser(value: bytes, stream: Stream) -> None:
    assert isinstance(parse(stream, value, NOW), Refusal)


@given(st.data(), st.sampled_from(list(GOOD)))
def test_a_good_event_with_a_byte_changed_is_an_event_or_refused(data: st.DataObject, stream: Stream) -> None:
    value = bytearray(made(stream, id="1"))
    value[data.draw(st.integers(0, len(value) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(parse(stream, bytes(value), NOW), Event | Refusal)


@pytest.mark.parametrize(
    ("stream", "time", "refused"),
    [
        (HEALTH, NOW + 5 * MINUTE, False),
        (HEALTH, NOW + 5 * MINUTE + timedelta(microseconds=1), True),
        (HEALTH, NOW - 400 * DAY, False),
        (HEALTH, NOW - 400 * DAY - timedelta(microseconds=1), True),
        (REPORTS, NOW - 15 * 365 * DAY, False),
        (DOSSIERS, NOW - 15 * 365 * DAY, False),
        (REPORTS, NOW - 15 * 367 * DAY, True),
        (DOSSIERS, NOW - 15 * 367 * DAY, True),
    ],
)
def test_the_horizon_is_five_minutes_ahead_and_400_days_or_15_years_back(
    stream: Stream, time: Any, refused: bool
) -> None:
    answer = parse(stream, made(stream, time=time), NOW)
    assert isinstance(answer, Refusal) == refused
    assert not isinstance(answer, Refusal) or answer.reason is Reason.OUTSIDE_HORIZON


def test_the_subject_may_be_repeated_in_data_or_left_out() -> None:
    repeated = parse(HEALTH, made(HEALTH, {"system_id": "subject"}), NOW)
    left_out = parse(HEALTH, made(HEALTH), NOW)
    assert isinstance(repeated, Event)
    assert isinstance(left_out, Event)


def test_the_words_nan_and_infinity_may_stand_in_text() -> None:
    assert isinstance(parse(REPORTS, made(REPORTS, {"description": "NaN, -Infinity"}), NOW), Event)


def test_a_status_or_rating_that_the_contract_does_not_know_is_for_the_life_cycle_to_judge() -> None:
    assert isinstance(parse(DOSSIERS, made(DOSSIERS, {"status": 42, "rating": 9}), NOW), Event)
