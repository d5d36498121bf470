"""A fetch becomes valid events on one side and dead letters on the other, each with what storing it needs."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.contracts import HEALTH, REPORTS, Stream
from streams.days import microseconds
from streams.deadletters import Reason, Refusal
from streams.decoding import Decoded, Decoder, WrongTimestamps
from streams.health.beats import Beat
from streams.identity import identity
from tests.unit.batch_tools import STAMP, Record, fetch, ping, row
from tests.unit.event_tools import NOW, at, envelope

BAD = [None, b"", b"{", b"[]", b"\xff\xfe"]
DAY = 86_400_000


def decoded(records: list[Record], stream: Stream = HEALTH, any_timestamps: bool = False) -> Decoded:
    outcome = Decoded()
    Decoder(stream, b"key", row, any_timestamps).decode(records, outcome)
    return outcome


@given(st.lists(st.sampled_from([*BAD, ping("a"), ping("b", x=1, y=2)]), max_size=12), st.integers(0, 2**62))
def test_every_record_is_accepted_or_refused_at_its_own_offset(values: list[bytes | None], first: int) -> None:
    records = [Record(first + 2 * n, value) for n, value in enumerate(values)]
    outcome = decoded(records)
    bad = [record for record in records if record.value in BAD]
    assert [(letter.offset, letter.key, letter.value) for letter in outcome.refused] == [
        (record.offset, record.key, record.value) for record in bad
    ]
    assert [item.offset for item in outcome.accepted] == [r.offset for r in records if r not in bad]
    assert outcome.unknown_fields == 2 * values.count(ping("b", x=1, y=2))


def test_a_ping_is_kept_as_its_beat_its_row_and_its_identity() -> None:
    (item,) = decoded([Record(7, ping("a"))]).accepted
    time, name = microseconds(at("2027-05-23 10:00")), identity("/hau-giang/test", "a")
    assert (item.time, item.identity, item.offset, item.subject) == (time, name, 7, "subject")
    assert item.content == Beat(time, 3, name, "default", "ok")
    assert item.row == f"{time} default ok".encode()
    assert item.appended_at == NOW


def test_a_dead_letter_keeps_the_raw_bytes_of_key_and_value_and_when_they_came() -> None:
    (letter,) = decoded([Record(7, b"\xff\0", key=b"\0key")]).refused
    assert (letter.key, letter.value, letter.appended_at) == (b"\0key", b"\xff\0", NOW)
    (tombstone,) = decoded([Record(7, None, key=None)]).refused
    assert (tombstone.key, tombstone.value, tombstone.refusal.reason) == (None, None, Reason.TOMBSTONE)


def test_the_broker_s_time_judges_each_record_by_itself() -> None:
    """A ping of 23 May: appended then, 401 days later, six minutes before, then again."""
    then = int(at("2027-05-23 10:00").timestamp() * 1000)
    stamps = [then, then + 401 * DAY, then - 360_000, then]
    outcome = decoded([Record(n, ping(str(n)), timestamp=stamp) for n, stamp in enumerate(stamps)])
    assert [item.offset for item in outcome.accepted] == [0, 3]
    assert [(letter.offset, letter.refusal.reason) for letter in outcome.refused] == [
        (1, Reason.OUTSIDE_HORIZON),
        (2, Reason.OUTSIDE_HORIZON),
    ]
    assert [letter.appended_at for letter in outcome.refused] == [
        at("2028-06-27 10:00"),
        at("2027-05-23 09:54"),
    ]


def test_producers_times_are_refused_but_in_embedded_mode() -> None:
    records = [Record(0, ping("a")), Record(1, ping("b"), timestamp=STAMP + 1, timestamp_type=0)]
    with pytest.raises(WrongTimestamps, match="LogAppendTime"):
        decoded(records)
    with pytest.raises(WrongTimestamps):
        Decoder(HEALTH, b"key", row).refuse(fetch_of(records), Refusal(Reason.POISON, "why"))
    assert [item.offset for item in decoded(records, any_timestamps=True).accepted] == [0, 1]


def fetch_of(records: list[Record]) -> Any:
    made = fetch([])
    return type(made)(made.topic, made.partition, 0, len(records), records, len(records))


@settings(max_examples=50)
@given(st.integers(-(2**63), 2**63 - 1))
def test_in_embedded_mode_no_producer_s_time_breaks_anything(stamp: int) -> None:
    (letter,) = decoded([Record(0, b"{", timestamp=stamp, timestamp_type=0)], any_timestamps=True).refused
    assert datetime(1970, 1, 1, tzinfo=UTC) <= letter.appended_at <= datetime(2200, 1, 1, tzinfo=UTC)


@given(st.lists(st.booleans(), max_size=12), st.integers(-1, 13))
def test_what_is_already_applied_is_left_out(good: list[bool], applied: int) -> None:
    records = [Record(n, ping(str(n), x=1) if ok else b"{") for n, ok in enumerate(good)]
    assert decoded(records).since(applied) == decoded([record for record in records if record.offset >= applied])


def test_the_newest_append_time_is_that_of_the_last_record_of_either_side() -> None:
    later = NOW + timedelta(seconds=1)
    good, bad = Record(0, ping("a")), Record(1, b"{", timestamp=STAMP + 1000)
    assert decoded([good, bad]).newest == later
    assert decoded([bad]).newest == later
    assert decoded([good]).newest == NOW
    assert Decoded().newest is None


def test_a_whole_fetch_can_be_refused() -> None:
    refusal = Refusal(Reason.POISON, "why")
    outcome = Decoder(HEALTH, b"key", row).refuse(fetch([ping("a"), b"{"]), refusal)
    assert [(letter.offset, letter.refusal, letter.value) for letter in outcome.refused] == [
        (0, refusal, ping("a")),
        (1, refusal, b"{"),
    ]


def test_the_reference_of_a_reporter_is_nowhere_in_what_is_decoded() -> None:
    data = {"category": "rac", "reporter_ref": "0912 345 678", "phone": "0912 345 678", "note": "x"}
    made = envelope(REPORTS, "submitted", at("2027-05-23 10:00"), data=data)
    outcome = decoded([Record(0, json.dumps(made).encode())], REPORTS)
    (item,) = outcome.accepted
    assert b"0912" not in item.row
    assert item.content.data.reporter_ref.startswith("p1:")
    assert outcome.unknown_fields == 1
