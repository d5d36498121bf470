"""Canaries and the spans of observed time they make (DESIGN, "Freshness")."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.batch import apply
from streams.contracts import HEALTH, STREAMS
from streams.decoding import Decoded
from streams.freshness import GAP, Span, canary, everywhere, is_canary, spans
from tests.unit.batch_tools import DECODER, Memory, fetch, ping
from tests.unit.event_tools import NOW

CANARY = canary("nhip/gateway/1", NOW, 7)
TIMES = st.lists(st.integers(0, 60).map(lambda n: n * GAP // 3), max_size=30)


def test_a_canary_is_a_cloudevent_that_no_stream_knows() -> None:
    document = json.loads(CANARY)
    assert (document["specversion"], document["id"], document["type"]) == ("1.0", "7", "vn.nhip.canary")
    assert all(document["type"] not in stream.by_type for stream in STREAMS)
    assert is_canary(CANARY)


@pytest.mark.parametrize(
    "value",
    [None, b"", b"vn.nhip.canary", b'["vn.nhip.canary"]', b'{"type": "vn.nhip.canaries"}', ping("vn.nhip.canary")],
)
def test_nothing_else_is_a_canary(value: bytes | None) -> None:
    assert not is_canary(value)


def test_canaries_are_decoded_apart_from_events_and_dead_letters() -> None:
    decoded = Decoded()
    DECODER.decode(fetch([ping("a"), CANARY, b"{}", CANARY]).records, decoded)
    assert ([item.offset for item in decoded.accepted], [letter.offset for letter in decoded.refused]) == ([0], [2])
    assert list(decoded.canaries) == [1, 3]
    assert list(decoded.since(2).canaries) == [3]


async def test_a_fetch_that_straddles_the_position_observes_only_what_lies_beyond_it() -> None:
    store = Memory()
    for one in (fetch([CANARY] * 3), fetch([CANARY] * 5)):
        decoded = Decoded()
        DECODER.decode(one.records, decoded)
        outcome = await apply(one, HEALTH, decoded, store)
        assert outcome is not None
        assert outcome.records == 0
    assert len(store.tables.canaries) == 5


@given(TIMES)
def test_spans_hold_every_canary_and_no_gap(times: list[int]) -> None:
    found = spans(times)
    assert all(any(span.lower <= time <= span.upper for span in found) for time in times)
    assert {edge for span in found for edge in span} <= set(times)
    assert all(after.lower - before.upper > GAP for before, after in itertools.pairwise(found))
    for span in found:
        within = sorted(time for time in times if span.lower <= time <= span.upper)
        assert all(b - a <= GAP for a, b in itertools.pairwise(within))


@given(st.lists(TIMES, max_size=3))
def test_observed_everywhere_is_what_every_partition_has_since_its_first_canary(partitions: list[list[int]]) -> None:
    made = [spans(times) for times in partitions]
    found = everywhere(made)
    begun = [one for one in made if one]
    for t in range(0, 60 * GAP // 3, GAP // 6):
        expected = any(one[0].lower <= t for one in begun) and all(
            t < one[0].lower or any(span.lower <= t < span.upper for span in one) for one in begun
        )
        assert any(span.lower <= t < span.upper for span in found) == expected, t


def test_a_partition_that_is_added_leaves_what_was_observed_before() -> None:
    assert everywhere([[Span(0, 100)], [Span(60, 80)]]) == [Span(0, 80)]
