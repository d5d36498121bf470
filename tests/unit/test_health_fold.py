"""Checks and systems (DOMAIN §1.3): what their pings say, by a fold and by the definitions over the whole list."""

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams import catalogue
from streams.contracts import HEALTH
from streams.days import microseconds
from streams.health import fold as fold_module
from streams.health.beats import Beat, beat
from streams.health.checks import Interval
from streams.health.fold import FOREVER, System, fold
from streams.health.terms import Terms, book, needed
from tests.unit.event_tools import at, event
from tests.unit.health_tools import BEGIN, CLOSE, FLAPPING, SECOND, beats, folded, maintenance, ping


def intervals(*states: tuple[str, int, int], check: str = "web") -> set[Interval]:
    """Intervals by their seconds after BEGIN."""
    cover = 120 * SECOND
    return {
        Interval(check, BEGIN + lower * SECOND, BEGIN + upper * SECOND, state, cover if state == "silent" else 0)
        for state, lower, upper in states
    }


def spoken(one: Beat) -> int:
    """For how long a ping speaks."""
    return (one.interval or 0) + (one.grace or 0)


def by_definition(pings: list[Beat]) -> set[Interval]:
    """A check's intervals: silences, and between them from the first of three failures down, from the first of two
    successes up again. Written over runs of successes and failures."""
    sessions: list[list[Beat]] = []
    for one in pings:
        if not sessions or one.time > sessions[-1][-1].time + spoken(sessions[-1][-1]):
            sessions.append([])
        sessions[-1].append(one)
    found = set()
    for session, following in itertools.zip_longest(sessions, sessions[1:]):
        marks, last = _marks(session), session[-1]
        end = last.time + spoken(last)
        if following is not None:
            found.add(Interval(last.check, end, following[0].time, "silent", spoken(last)))
        for (begin, state), (until, _) in itertools.pairwise([*marks, (end, "")]):
            found |= {Interval(session[0].check, begin, until, state)} if until > begin else set()
    return found


def _marks(session: list[Beat]) -> list[tuple[int, str]]:
    """From when on a check is in which state, within one session."""
    marks: list[tuple[int, str]] = []
    for failing, group in itertools.groupby(session, key=lambda one: one.status == "fail"):
        run = list(group)
        down = bool(marks) and marks[-1][1] == "down"
        if failing:
            marks += [(run[0].time, "down")] if len(run) >= 3 and not down else []
            continue
        levels = [(one.time, "up" if one.status == "ok" else "degraded") for one in run]
        if down:
            levels = [(run[0].time, levels[1][1]), *levels[2:]] if len(run) >= 2 else []
        for time, level in levels:
            if not marks or marks[-1][1] != level:
                marks.append((time, level))
    return marks


@settings(max_examples=300)
@given(beats(FLAPPING) | beats(FLAPPING, CLOSE))
def test_a_check_is_what_the_definitions_say(pings: list[Beat]) -> None:
    assert folded(pings).observed == by_definition(pings)


@given(beats())
def test_each_check_lives_for_itself(some: list[Beat]) -> None:
    whole = folded(some).observed
    for check in {one.check for one in some}:
        own = [one for one in some if one.check == check and one.status in ("ok", "degraded", "fail")]
        assert {interval for interval in whole if interval.check == check} == by_definition(own)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ("ok", intervals(("up", 0, 120))),
        ("ok ok", intervals(("up", 0, 180))),
        ("ok fail fail ok", intervals(("up", 0, 300))),
        ("ok fail fail fail", intervals(("up", 0, 60), ("down", 60, 300))),
        ("fail fail fail", intervals(("down", 0, 240))),
        ("fail fail", set()),
        ("fail fail ok ok", intervals(("up", 120, 300))),
        ("fail fail fail ok fail", intervals(("down", 0, 360))),
        ("fail fail fail ok ok", intervals(("down", 0, 180), ("up", 180, 360))),
        ("ok degraded ok", intervals(("up", 0, 60), ("degraded", 60, 120), ("up", 120, 240))),
        ("ok start fail start fail fail", intervals(("up", 0, 120), ("down", 120, 420))),
    ],
)
def test_down_after_three_failures_up_after_two_successes_each_from_its_first(
    statuses: str, expected: set[Interval]
) -> None:
    assert folded(ping(60 * n, status) for n, status in enumerate(statuses.split())).observed == expected


def test_silence_beyond_interval_and_grace_is_told_and_begins_anew() -> None:
    silent = [ping(0), ping(60), ping(60 + 121, "fail"), ping(60 + 121 + 60)]
    assert folded(silent).observed == intervals(("up", 0, 180), ("silent", 180, 181), ("up", 241, 361))
    assert folded([ping(0), ping(60), ping(60 + 120)]).observed == intervals(("up", 0, 300))


def test_what_lasts_is_the_state_while_the_last_ping_speaks_and_silence_after_it() -> None:
    checks, work = folded([ping(0), maintenance(30, "started"), ping(60, "fail")]).system.open_intervals()
    silent = Interval("web", BEGIN + 180 * SECOND, FOREVER, "silent", 120 * SECOND)
    assert checks == [*intervals(("up", 0, 180)), silent]
    assert work == [Interval("", BEGIN + 30 * SECOND, FOREVER, "maintenance")]


def test_three_failures_with_a_silence_between_them_are_not_in_a_row() -> None:
    apart = [ping(0), ping(60, "fail"), ping(120, "fail"), ping(500, "fail"), ping(560)]
    assert folded(apart).observed == intervals(("up", 0, 240), ("silent", 240, 500), ("up", 560, 680))


def test_a_start_says_nothing_about_a_check() -> None:
    assert folded([ping(0), ping(60, "start"), ping(150, "fail")]).observed == intervals(
        ("up", 0, 120), ("silent", 120, 150)
    )


def test_planned_work_lasts_from_its_first_announcement_to_its_end_or_for_ever() -> None:
    known = folded([maintenance(0, "started"), maintenance(60, "started"), maintenance(120, "ended"), ping(200)])
    assert known.maintained == intervals(("maintenance", 0, 120), check="")
    known = folded([maintenance(0, "ended"), maintenance(60, "started", "web")])
    assert known.maintained == {Interval("web", BEGIN + 60 * SECOND, FOREVER, "maintenance")}


@settings(max_examples=100)
@given(beats(), st.integers(1, 6), st.data())
def test_folding_batch_after_batch_is_folding_once(some: list[Beat], every: int, data: st.DataObject) -> None:
    """Batches end between moments: a beat of a moment already folded is a late one."""
    times = sorted({one.time for one in some})
    cuts = data.draw(st.sets(st.sampled_from(times)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fold_module, "CHECKPOINT_EVERY", every)
        whole = fold(System(), some)
        system, since = System(), 0
        observed: dict[Any, Interval] = {}
        maintained: dict[Any, Interval] = {}
        checkpoints: dict[int, System] = {}
        for begin, end in itertools.pairwise([0, *sorted(cuts), FOREVER]):
            part = fold(system, [one for one in some if begin <= one.time < end], since)
            system, since = System.from_json(part.system.as_json()), part.beats_since
            observed |= part.observed
            maintained |= part.maintained
            checkpoints |= part.checkpoints
    assert (system, since, checkpoints) == (whole.system, whole.beats_since, whole.checkpoints)
    assert (observed, maintained) == (whole.observed, whole.maintained)


@settings(max_examples=60)
@given(beats(), st.integers(1, 6))
def test_every_so_many_beats_a_checkpoint_is_the_fold_of_all_beats_before_it(some: list[Beat], every: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fold_module, "CHECKPOINT_EVERY", every)
        checkpoints = fold(System(), some).checkpoints
        for before, system in checkpoints.items():
            assert system == fold(System(), [one for one in some if one.time < before]).system
    expected, since = [], 0
    for earlier, one in itertools.pairwise(some):
        since += 1
        if since >= every and one.time > earlier.time:
            expected.append(one.time)
            since = 0
    assert list(checkpoints) == expected


def test_a_fold_leaves_its_beginning_as_it_was() -> None:
    start = folded([ping(0), maintenance(30, "started")]).system
    known = start.copy()
    fold(start, [ping(60, "fail", number=9), maintenance(90, "ended", number=10)])
    assert start == known


def speaks(terms: dict[str, Terms], **data: Any) -> int:
    """Microseconds for which a ping with this body speaks."""
    made = event(HEALTH, "ping", at("2026-11-23 10:00"), status="ok", check_id="web", **data)
    time = microseconds(made.time)
    check = fold(System(), [beat(made, time, "i")], terms=terms).system.checks["web"]
    return (check.until - check.last) // SECOND


@pytest.mark.parametrize(
    ("data", "alone", "in_the_catalogue"),
    [
        ({}, 600, 90),
        ({"interval_s": 60}, 360, 90),
        ({"interval_s": 60, "grace_s": 0}, 60, 60),
        ({"grace_s": 10}, 310, 70),
    ],
)
def test_a_ping_speaks_for_its_interval_and_grace_else_the_catalogue_s_else_five_minutes_each(
    data: dict[str, Any], alone: int, in_the_catalogue: int
) -> None:
    known = book(SYSTEM_OF_TWO)
    assert speaks({}, **data) == alone
    assert speaks(known, **data) == in_the_catalogue


SYSTEM_OF_TWO = catalogue.System(
    id="lgsp",
    name="LGSP",
    name_en="LGSP",
    watch=("errors",),
    checks=(
        catalogue.Check(id="web", interval_s=60, grace_s=30, failure_threshold=2, success_threshold=1),
        catalogue.Check(id="sync", required=False),
    ),
)


def test_after_how_many_pings_a_check_turns_is_the_catalogue_s_to_say() -> None:
    statuses = ["ok", "fail", "fail", "ok"]
    some = [ping(60 * n, status) for n, status in enumerate(statuses)]
    found = set(fold(System(), some, terms=book(SYSTEM_OF_TWO)).observed.values())
    assert found == intervals(("up", 0, 60), ("down", 60, 180), ("up", 180, 300))


def test_a_system_is_made_of_the_checks_it_needs() -> None:
    both = [ping(0), ping(0, "fail", "sync", number=9)]
    assert needed(folded(both).observed, book(SYSTEM_OF_TWO)) == list(intervals(("up", 0, 120)))
    assert book(None) == {}


def test_a_paused_check_makes_its_system_neither_up_nor_down() -> None:
    sync = catalogue.Check(id="sync", paused=True)
    paused = SYSTEM_OF_TWO.model_copy(update={"checks": (SYSTEM_OF_TWO.checks[0], sync)})
    both = [ping(0), ping(0, "fail", "sync", number=9)]
    assert needed(folded(both).observed, book(paused)) == list(intervals(("up", 0, 120)))


def test_planned_work_concerns_the_whole_system_unless_it_names_a_check() -> None:
    def made(kind: str, **data: Any) -> Beat:
        return beat(event(HEALTH, kind, at("2026-11-23 10:00"), **data), BEGIN, "i")

    assert made("maintenance_started") == Beat(BEGIN, 0, "i", "", "maintenance_started")
    assert made("maintenance_ended", check_id="web") == Beat(BEGIN, 1, "i", "web", "maintenance_ended")


def test_beats_of_one_moment_have_one_order() -> None:
    same = [maintenance(0, "started"), maintenance(0, "ended"), ping(0, "start"), ping(0, number=1), ping(0, number=2)]
    for some in itertools.permutations(same):
        assert sorted(some) == same
