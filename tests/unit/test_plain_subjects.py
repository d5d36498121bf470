"""A plain event of a dossier or report is read by another parser than its model, and means the same."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from streams.contracts import DOSSIERS, REPORTS, Event, Stream
from streams.contracts.registry import body_of
from streams.days import microseconds
from streams.parsing import validate
from streams.plain_subjects import PlainDossierBody, PlainReportBody, PlainSubject, plain_subjects, read_back, stored
from streams.privacy import scrub
from tests.unit.event_tools import NOW, envelope
from tests.unit.json_tools import documents

KEY = b"k" * 32
SEPARATORS = (",", ":")
KINDS = [(stream, name) for stream in (DOSSIERS, REPORTS) for name in stream.by_type]


def made(stream: Stream, kind: str, data: dict[str, Any], **attributes: Any) -> bytes:
    event = envelope(stream, kind, attributes.pop("time", NOW), data=data, **attributes)
    return json.dumps(event, ensure_ascii=False, separators=SEPARATORS).encode()


def plain_subject(stream: Stream, value: bytes | None) -> PlainSubject | None:
    (event,) = plain_subjects(stream, [value], KEY)
    return event


def means_the_same(stream: Stream, value: bytes) -> bool:
    """Hold an event, if it is plain, against its model: each attribute, each field, what is stored and read back."""
    plain = plain_subject(stream, value)
    if plain is None:
        return False
    found = validate(stream, value)
    assert isinstance(found, Event), found
    model, names = scrub(found, KEY), ("id", "source", "type", "subject", "time")
    assert [getattr(plain, name) for name in names] == [getattr(model, name) for name in names]
    assert microseconds(plain.time) == microseconds(model.time)
    assert not model.data.unknown_fields
    assert asdict(plain.data) == model.data.model_dump()
    assert orjson.loads(stored(plain.data)) == orjson.loads(model.data.stored())
    assert read_back(stream, plain.type, stored(plain.data)) == plain.data
    return True


MOMENTS = st.sampled_from([
    "2026-11-06", "2026-11-06T08:00:00+07:00", "2026-11-06T08:00:00.585Z", "2026-11-06t08:00:00z",
    "2026-11-06T08:00:00", "2026-11-06T08:00:00-07:60", "1900-01-01T06:00:00+07:00",
    "2026-11-06T08:00+07:00", "2026-11-06T08:00:00+0700", "2026-11-06T08:00:00.1234567+07:00", "1899-12-31",
    "2200-01-01T07:00:00+07:00", "2026-02-30", "20261106", "2026-W45-5", "2026-11-06 08:00:00+07:00", "9999-12-31",
    "2026-11-06T24:00:00Z", "2026-11-06T08:00:00-00:00", "2026-11-06T08:00:00+23:59", 1_700_000_000, None, "",
])  # fmt: skip
WORDS = st.sampled_from([
    "a", "Đất đai", "Đất đai".encode().decode(), "e\u0301", "gọi 0912 345 678", "12", "a\x7f", "\0", "\\", '"', "",
    None,
    "x" * 128, "x" * 129, "ắ" * 128, "\u0958" * 100, '"due_at":"2026-11-06"', 7, True,
])  # fmt: skip
NUMBERS = st.sampled_from([
    -1, 0, 1, 4, 4.0, 5, 42, 32_767, 32_768, 10**15, 10**15 + 1, 2**53 + 1, 90, 90.5, -180.0, 1e-7, True, False, None,
    "4",
])  # fmt: skip
FIELDS: dict[Stream, dict[str, st.SearchStrategy[Any]]] = {
    DOSSIERS: dict.fromkeys(PlainDossierBody.__struct_fields__, WORDS | NUMBERS | MOMENTS)
    | dict.fromkeys(["received_at", "due_at", "finished_at", "returned_at", "synced_at"], MOMENTS),
    REPORTS: dict.fromkeys(PlainReportBody.__struct_fields__, WORDS | NUMBERS)
    | {"due_at": MOMENTS, "media": st.lists(WORDS, max_size=3), "lat": NUMBERS, "lon": NUMBERS},
}
ATTRIBUTES = st.sampled_from(["dataschema", "traceparent", "x", "due_at", "id", "source"])
EXTRAS = st.dictionaries(ATTRIBUTES, WORDS, max_size=1)


@settings(max_examples=400)
@given(st.sampled_from(KINDS), st.data(), EXTRAS)
def test_an_event_that_is_plain_means_what_its_model_means(
    kind: tuple[Stream, str], data: st.DataObject, extras: dict[str, Any]
) -> None:
    stream, name = kind
    document = data.draw(documents(body_of(stream, name).model_json_schema(mode="validation")))
    document |= data.draw(st.dictionaries(st.sampled_from([*FIELDS[stream], "x"]), WORDS, max_size=1))
    changed = data.draw(st.lists(st.sampled_from(sorted(FIELDS[stream])), max_size=2))
    document |= {field: data.draw(FIELDS[stream][field]) for field in changed}
    means_the_same(stream, made(stream, "", document, type=name, **extras))


@given(st.sampled_from([DOSSIERS, REPORTS]), st.data())
def test_so_does_one_with_a_byte_changed(stream: Stream, data: st.DataObject) -> None:
    kind, body = GOOD[stream]
    value = bytearray(made(stream, kind, body, id="1"))
    value[data.draw(st.integers(0, len(value) - 1))] = data.draw(st.integers(0, 255))
    means_the_same(stream, bytes(value))


GOOD: dict[Stream, tuple[str, dict[str, Any]]] = {
    DOSSIERS: ("upserted", {
        "dossier_id": "subject", "procedure": "1.001", "field": "Đất đai", "agency": "a", "status": 9,
        "received_at": "2026-10-20T08:00:00+07:00", "due_at": "2026-11-05", "finished_at": "2026-11-01T08:00:00.5Z",
        "returned_at": "2026-11-02T08:00:00Z", "channel": "online", "applicant_type": "citizen", "online_level": 4,
        "fee_due": 10_000, "paid_online": 10_000, "digitised_in": True, "digitised_result": False, "rating": 9,
        "synced_at": "2026-11-02T09:00:00Z", "reason": "Thiếu giấy tờ", "note": "",
    }),
    REPORTS: ("submitted", {
        "report_id": "subject", "seq": 0, "channel": "zalo", "category": "rác", "description": "Đèn hỏng", "lat": 9.7,
        "lon": 105, "address": "đường 3 Tháng 2", "area": "x", "agency": "a", "priority": "urgent", "media": [],
        "status": "new", "reason": "", "note": "x", "due_at": "2026-11-05", "duplicate_of": "y", "rating": -1,
        "reporter_ref": "citizen-1",
    }),
}  # fmt: skip


@pytest.mark.parametrize("stream", GOOD, ids=lambda stream: stream.name)
def test_an_event_with_every_field_is_plain(stream: Stream) -> None:
    kind, body = GOOD[stream]
    value = made(stream, kind, body, datacontenttype="application/json")
    assert set(body) == set(body_of(stream, stream.type_prefix + kind).model_fields)
    assert means_the_same(stream, value)


def test_a_reporter_is_known_by_a_pseudonym_alone() -> None:
    event = plain_subject(REPORTS, made(REPORTS, *GOOD[REPORTS]))
    assert event is not None
    assert isinstance(event.data, PlainReportBody)
    assert str(event.data.reporter_ref).startswith("p1:")


SNAPSHOT = GOOD[DOSSIERS][1]
NOT_PLAIN: dict[str, bytes | None] = {
    "a tombstone": None,
    "nothing": b"",
    "what has to be masked": made(DOSSIERS, "upserted", SNAPSHOT | {"note": "gọi 0912 345 678"}),
    "text that is not in NFC": made(DOSSIERS, "upserted", SNAPSHOT | {"field": "e\u0301"}),
    "an unknown field": made(DOSSIERS, "upserted", SNAPSHOT | {"ChuHoSo": "A"}),
    "an unknown type": made(DOSSIERS, "begun", SNAPSHOT),
    "a type without what it requires": made(DOSSIERS, "upserted", SNAPSHOT | {"agency": None}),
    "an escape": made(DOSSIERS, "upserted", SNAPSHOT | {"note": '"due_at":"2026-11-06"'}),
    "another subject": made(DOSSIERS, "upserted", SNAPSHOT | {"dossier_id": "other"}),
    "a year beyond all dossiers": made(DOSSIERS, "upserted", SNAPSHOT | {"due_at": "2200-01-01"}),
}


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_all_else_is_left_to_the_model(name: str) -> None:
    assert plain_subject(DOSSIERS, NOT_PLAIN[name]) is None


@given(st.lists(st.sampled_from([*NOT_PLAIN.values(), made(DOSSIERS, *GOOD[DOSSIERS])])))
def test_neighbours_have_no_say_in_it(values: list[bytes | None]) -> None:
    assert plain_subjects(DOSSIERS, values, KEY) == [plain_subject(DOSSIERS, value) for value in values]
