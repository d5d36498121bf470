"""The models of DOMAIN §1: every type is there, nothing in them changes, and what is stored is read back the same."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from streams.contracts import DOSSIERS, HEALTH, REPORTS, STREAMS, Body, Stream, stream_of
from streams.contracts.registry import body_of
from tests.unit.event_tools import at, envelope, event
from tests.unit.json_tools import ANY_JSON, documents

TYPES = {
    REPORTS: """submitted accepted rejected duplicate_linked dispatched returned_by_agency redispatched status_changed
        info_requested info_supplied extended resolved published rated reopened anonymised""",
    DOSSIERS: """upserted status_changed supplement_requested supplement_received fee_requested fee_paid extended
        result_ready returned withdrawn stopped rated""",
    HEALTH: "ping maintenance_started maintenance_ended",
}
FIELDS = {
    REPORTS: """report_id seq channel category description lat lon address area agency priority media status reason note
        due_at duplicate_of rating reporter_ref""",
    DOSSIERS: """dossier_id procedure field agency received_at due_at finished_at returned_at status channel
        applicant_type online_level fee_due paid_online digitised_in digitised_result rating synced_at""",
    HEALTH: """system_id check_id probe status latency_ms code error run_id interval_s grace_s cert_days queue_length
        metrics""",
}
ALL = [(stream, stream.type_prefix + kind) for stream, kinds in TYPES.items() for kind in kinds.split()]


def ids(value: Any) -> str:
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: stream.name)
def test_every_event_type_of_the_domain_has_a_model_and_no_other_has(stream: Stream) -> None:
    assert set(stream.by_type) == {stream.type_prefix + kind for kind in TYPES[stream].split()}
    assert all(stream_of(name) is stream for name in stream.by_type)
    assert stream_of(stream.type_prefix + "exploded") is None


@pytest.mark.parametrize(("stream", "type_"), ALL, ids=ids)
def test_every_event_type_carries_the_fields_of_the_domain(stream: Stream, type_: str) -> None:
    if type_.startswith("vn.nhip.health.maintenance"):
        assert {"system_id", "check_id"} <= set(body_of(stream, type_).model_fields)
    else:
        assert set(FIELDS[stream].split()) <= set(body_of(stream, type_).model_fields)


@pytest.mark.parametrize("stream", [REPORTS, DOSSIERS], ids=lambda stream: stream.name)
def test_event_types_rank_in_the_order_of_the_life_cycle(stream: Stream) -> None:
    ranks = [stream.by_type[stream.type_prefix + kind].rank for kind in TYPES[stream].split()]
    assert ranks == sorted(set(ranks))


def test_no_field_is_made_for_names_phones_or_mail() -> None:
    fields = {name for stream, type_ in ALL for name in body_of(stream, type_).model_fields}
    assert not fields & {"name", "full_name", "phone", "email", "owner", "identity_number", "ChuHoSo", "SoDienThoai"}


def test_events_and_bodies_are_frozen() -> None:
    ping = event(HEALTH, "ping", at("2026-11-23 10:00"), status="ok")
    with pytest.raises(ValidationError, match="frozen"):
        ping.id = "other"  # type: ignore[misc]  # frozen, that is the test
    with pytest.raises(ValidationError, match="frozen"):
        ping.data.status = "fail"  # type: ignore[attr-defined]  # the body of a ping


@pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: stream.name)
def test_a_json_schema_can_be_made_of_every_stream(stream: Stream) -> None:
    schema = json.loads(json.dumps(stream.adapter.json_schema()))
    assert set(schema["discriminator"]["mapping"]) == set(stream.by_type)


def plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A body's schema, without coordinates, which only come in pairs."""
    properties = {name: field for name, field in schema["properties"].items() if name not in ("lat", "lon")}
    return schema | {"properties": properties}


BODIES = list(dict.fromkeys(body_of(stream, type_) for stream, type_ in ALL))
DOCUMENTS = {body: documents(plain(body.model_json_schema())) for body in BODIES}
COORDINATES: st.SearchStrategy[dict[str, float]] = st.just({}) | st.fixed_dictionaries(
    {"lat": st.floats(-90, 90), "lon": st.floats(-180, 180)}
)
UNKNOWN = st.dictionaries(st.text("xyz_", min_size=1), ANY_JSON, max_size=3)


@pytest.mark.parametrize("model", BODIES)
@settings(max_examples=25)
@given(data=st.data())
def test_what_the_schema_allows_is_accepted_and_what_is_stored_is_read_back_the_same(
    model: type[Body], data: st.DataObject
) -> None:
    known = data.draw(DOCUMENTS[model])
    if "lat" in model.model_fields:
        known |= data.draw(COORDINATES)
    unknown = data.draw(UNKNOWN)
    body = model.model_validate_json(json.dumps(known | unknown))
    assert body.unknown_fields == len(unknown)
    assert model.model_validate_json(body.stored()) == model.model_validate_json(json.dumps(known))


@given(st.data())
@settings(max_examples=40)
def test_text_that_is_longer_in_nfc_is_measured_there(data: st.DataObject) -> None:
    """U+0958 becomes two characters: without this, what was stored could not be read back."""
    n = data.draw(st.sampled_from([1, 63, 64, 65, 128, 129]))
    model = body_of(REPORTS, "vn.nhip.report.submitted")
    text = json.dumps({"category": "\u0958" * n})
    if 2 * n <= 128:
        body = model.model_validate_json(text)
        assert model.model_validate_json(body.stored()) == body
    else:
        with pytest.raises(ValidationError) as refused:
            model.model_validate_json(text)
        assert refused.value.errors()[0]["type"] == "string_too_long"


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_the_same_vietnamese_word_is_the_same_bytes_whatever_keyboard_wrote_it(form: Any) -> None:
    word = unicodedata.normalize(form, "Đường Trần Hưng Đạo, phường Vị Thanh: rác tồn đọng")
    body = event(REPORTS, "submitted", at("2026-11-23 10:00"), category=word, description=word).data
    assert isinstance(body, Body)
    assert body.stored() == json.dumps(
        {"category": unicodedata.normalize("NFC", word), "description": unicodedata.normalize("NFC", word)},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def test_a_due_date_without_a_time_is_the_end_of_that_day_and_other_dates_are_its_beginning() -> None:
    body = event(
        DOSSIERS, "status_changed", at("2026-11-23 10:00"),
        status=9, due_at="2026-11-05", finished_at="2026-11-05", received_at="2026-10-20",
    ).data  # fmt: skip
    assert (body.due_at, body.finished_at, body.received_at) == (  # type: ignore[attr-defined]  # the body of a dossier
        at("2026-11-05 23:59:59.999999"),
        at("2026-11-05 00:00"),
        at("2026-10-20 00:00"),
    )


def test_moments_keep_the_offset_they_came_with_only_as_an_instant() -> None:
    first, second = (
        event(DOSSIERS, "extended", at("2026-11-23 10:00"), due_at=due)
        for due in ("2026-11-05T17:00:00+07:00", "2026-11-05T10:00:00Z")
    )
    assert first.data == second.data


def test_extension_attributes_of_cloudevents_are_allowed_and_ignored() -> None:
    made = envelope(
        HEALTH, "ping", at("2026-11-23 10:00"), data={"status": "ok"}, traceparent="00-ab", partitionkey="k"
    )
    parsed = HEALTH.adapter.validate_json(json.dumps(made))
    assert not hasattr(parsed, "traceparent")
