"""Beats that come late: whatever the order and the batches, what is known is what one sorted fold finds."""

import itertools
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.days import microseconds, moment
from streams.health import fold as fold_module
from streams.health.beats import Beat
from streams.health.checks import Interval
from streams.health.fold import FOREVER, System, fold
from streams.health.refold import Refold
from streams.health.uptime import Day, Piece, by_day, tail
from tests.unit.health_tables import Tables
from tests.unit.health_tools import BEGIN, CLOSE, FLAPPING, SECOND, beats, folded, maintenance, ping


def assert_as_folded_at_once(tables: Tables) -> None:
    """State, intervals, days and checkpoints are those of one sorted fold of all beats."""
    everything = sorted(tables.beats)
    known = folded(everything)
    assert tables.state is not None
    first, last, state, ends, _ = tables.state
    assert System.from_json(state) == known.system
    assert (first, last) == (moment(everything[0].time), moment(everything[-1].time))
    assert [Piece(**piece) for piece in ends] == tail(*known.system.open_intervals(), everything[-1].time)
    stored = {
        (planned, Interval(check, microseconds(lower), microseconds(upper), state, cover))
        for (planned, check, lower), (upper, state, cover) in tables.intervals.items()
    }
    assert stored == {(False, i) for i in known.observed} | {(True, i) for i in known.maintained}
    lasting = known.observed | set(known.system.open_intervals()[0])
    days = by_day(lasting, known.maintained, everything[0].time, everything[-1].time, everything[-1].time)
    stored_days = {
        day: Day(up, down, planned, tuple(Piece(**piece) for piece in json.loads(silent or "[]")))
        for day, (up, down, planned, silent) in tables.days.items()
    }
    assert {day: seen for day, seen in stored_days.items() if any(seen)} == {
        day: seen for day, seen in days.items() if any(seen)
    }
    for before, checkpoint in tables.checkpoints.items():
        earlier = [one for one in everything if moment(one.time) < before]
        assert System.from_json(checkpoint) == fold(System(), earlier).system


def assert_checkpoints_are_near(tables: Tables, every: int) -> None:
    """No stretch between checkpoints is longer than it has to be, and the state counts those beats since the last."""
    assert tables.state is not None
    at = [0, *(microseconds(before) for before in sorted(tables.checkpoints)), FOREVER]
    for begin, end in itertools.pairwise(at):
        stretch = [one.time for one in tables.beats if begin <= one.time < end]
        assert len([time for time in stretch if time < max(stretch)]) < every
    assert tables.state[4] == len([one for one in tables.beats if one.time >= at[-2]])


@st.composite
def arrivals(draw: st.DrawFn, some: st.SearchStrategy[list[Beat]]) -> list[list[Beat]]:
    """Batches of beats, of which some come later than others that followed them."""
    beats = draw(some)
    delays = draw(st.lists(st.sampled_from([0, 0, 0, 0, 1, 2, 4, 40]), min_size=len(beats), max_size=len(beats)))
    order = [beats[n] for n in sorted(range(len(beats)), key=lambda n: n + delays[n])]
    batches = []
    while order:
        size = draw(st.integers(1, 8))
        batches.append(order[:size])
        order = order[size:]
    return batches


@settings(max_examples=250)
@given(arrivals(beats(least=10) | beats(FLAPPING, CLOSE, 10)), st.integers(1, 4))
async def test_any_order_of_arrival_leaves_what_one_sorted_fold_finds(batches: list[list[Beat]], every: int) -> None:
    tables = Tables()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fold_module, "CHECKPOINT_EVERY", every)
        for batch in batches:
            await tables.take(batch)
            assert_as_folded_at_once(tables)
            assert_checkpoints_are_near(tables, every)


async def test_a_fold_that_meets_what_was_known_stops_there() -> None:
    tables = Tables()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fold_module, "CHECKPOINT_EVERY", 5)
        await tables.take([ping(60 * n, number=n + 1) for n in range(100)])
        read: list[int] = []
        whole = tables._read_beats

        def counted(*which: Any) -> list[Any]:
            read.append(len(whole(*which)))
            return whole(*which)

        patch.setattr(tables, "_read_beats", counted)
        await tables.take([ping(3030, number=200)])
    assert_as_folded_at_once(tables)
    assert sum(read) <= 11, "two stretches between checkpoints, and the late beat"


def test_a_refold_keeps_what_reaches_beyond_the_point_where_it_stops() -> None:
    again = Refold.start(System())
    again.stretch([ping(0), ping(60, "fail"), ping(70, check="sync"), maintenance(80, "started")])
    assert again.still_open() == {
        (False, "web", BEGIN),
        (False, "web", BEGIN + 60 * SECOND),
        (False, "sync", BEGIN + 70 * SECOND),
        (False, "web", BEGIN + 180 * SECOND),
        (False, "sync", BEGIN + 190 * SECOND),
        (True, "", BEGIN + 80 * SECOND),
    }
    again.leave_out({(False, "web", BEGIN), (True, "", BEGIN + 80 * SECOND)})
    assert (set(again.observed), again.maintained) == ({("sync", BEGIN + 70 * SECOND)}, {})
    assert again.agrees(folded([ping(0), ping(60, "fail"), ping(70, check="sync"), maintenance(80, "started")]).system)
    assert not again.agrees(System())
