"""The same identity again: duplicates are counted, conflicts become one dead letter with both hashes."""

import re
from datetime import timedelta

import pytest

from streams.contracts import DOSSIERS, HEALTH, REPORTS, Stream
from tests.stack.store_tools import NOW, House, dossier, encoded, ping, report

EVENTS = {REPORTS: report("PA-1", 1), DOSSIERS: dossier("HS-1", 1), HEALTH: ping("lgsp", 1, latency_ms=5.0)}
CHANGED = {
    REPORTS: report("PA-1", 1, note="nội dung khác"),
    DOSSIERS: dossier("HS-1", 1, status=4),
    HEALTH: ping("lgsp", 1, latency_ms=6.0),
}

each_stream = pytest.mark.parametrize("stream", [REPORTS, DOSSIERS, HEALTH], ids=lambda stream: stream.name)


def stored(house: House, stream: Stream) -> int:
    tables = {REPORTS: "nhip.report_event", DOSSIERS: "nhip.dossier_event", HEALTH: "nhip.health_event"}
    return int(house.rows(f"SELECT count(*) FROM {tables[stream]}")[0][0])  # type: ignore[arg-type]  # SQL of this file


@each_stream
async def test_duplicates_within_a_batch_across_batches_and_across_partitions(house: House, stream: Stream) -> None:
    event = EVENTS[stream]
    within = await house.take(stream, [event] * 3)
    later = await house.take(stream, [event, event | {"traceparent": "other transport"}])
    elsewhere = await house.take(stream, [event], partition=1)
    assert [(o.stored, o.duplicates, o.refused) for o in (within, later, elsewhere)] == [
        (1, 2, []),
        (0, 2, []),
        (0, 1, []),
    ]
    assert stored(house, stream) == 1
    house.assert_true()


@each_stream
async def test_a_conflict_is_one_dead_letter_with_both_hashes_and_raw_bytes(house: House, stream: Stream) -> None:
    first, second = encoded(EVENTS[stream]), encoded(CHANGED[stream])
    outcome = await house.take(stream, [first, second, first])
    assert (outcome.stored, outcome.duplicates, outcome.conflicts) == (1, 1, 1)
    letters = house.rows('SELECT "offset", reason, detail, source, event_id, key, value FROM nhip.dead_letter')
    ((offset, reason, detail, source, event_id, key, value),) = letters
    assert (offset, reason, source, event_id, key, value) == (1, "conflict", "/test", "1", b"key", second)
    hashes = re.findall(r"\b[0-9a-f]{32}\b", detail)
    assert len(set(hashes)) == 2
    house.assert_true()


@each_stream
async def test_the_first_stands_across_batches_and_partitions(house: House, stream: Stream) -> None:
    await house.take(stream, [EVENTS[stream]])
    later = await house.take(stream, [CHANGED[stream]])
    elsewhere = await house.take(stream, [CHANGED[stream], EVENTS[stream]], partition=1)
    assert [(o.stored, o.duplicates, o.conflicts) for o in (later, elsewhere)] == [(0, 0, 1), (0, 1, 1)]
    assert house.letters() == [("conflict", encoded(CHANGED[stream]))] * 2
    house.assert_true()


async def test_what_the_contract_does_not_know_makes_no_conflict(house: House) -> None:
    """Unknown fields are not stored, and an absent field may as well be null."""
    plain = [EVENTS[stream] for stream in (REPORTS, DOSSIERS, HEALTH)]
    for stream, event in zip((REPORTS, DOSSIERS, HEALTH), plain, strict=True):
        more = event | {"data": event["data"] | {"colour": "blue", "note" if stream is not HEALTH else "error": None}}
        outcome = await house.take(stream, [event, more])
        assert (outcome.duplicates, outcome.conflicts, outcome.unknown_fields) == (1, 0, 1)


async def test_a_ping_of_another_time_is_another_ping(house: House) -> None:
    outcome = await house.take(HEALTH, [ping("lgsp", 1), ping("lgsp", 1, NOW - timedelta(minutes=1))])
    assert (outcome.stored, outcome.conflicts) == (2, 0)


async def test_another_source_is_another_event(house: House) -> None:
    outcome = await house.take(REPORTS, [report("PA-1", 1), report("PA-1", 1) | {"source": "/other"}])
    assert (outcome.stored, outcome.duplicates) == (2, 0)
