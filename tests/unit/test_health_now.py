"""What systems are now: the fold, what was observed, the catalogue (DOMAIN §1.3; DESIGN, "Freshness")."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.catalogue import Catalogue, Check, System
from streams.freshness import STALE, Span
from streams.health.beats import Beat
from streams.health.decisions import Health
from streams.health.fold import System as Fold
from streams.health.fold import fold
from streams.health.now import LastPing, State, system_now
from streams.health.reasons import UNSEEN, of_system
from streams.health.uptime import observed, pieces
from streams.scene import Decision, Scene
from streams.words import NO_WORDS, Words
from tests.unit.health_tools import BEGIN, SECOND, beats, folded, maintenance, ping
from tests.unit.language_tools import is_english, is_vietnamese

LAST = LastPing(interval_s=60, grace_s=60)


def at(seconds: float) -> int:
    return BEGIN + round(seconds * SECOND)


def now_of(some: list[Beat], now: float, seen: tuple[float, float] | None = None, known: System | None = None) -> Any:
    """The system after these beats; what was observed lasts up to now unless it is told."""
    lower, upper = seen or (-1000, now)
    names = {one.check for one in some if one.interval}
    return system_now(folded(some).system, dict.fromkeys(names, LAST), known, Span(at(lower), at(upper)), at(now))


def system(id: str = "lgsp", *checks: Check, parent: str | None = None) -> System:
    return System(
        id=id, name=id, name_en=id, watch=("reachability",), checks=checks or (Check(id="web"),), parent=parent
    )


@pytest.mark.parametrize(
    ("now", "state"), [(0, "up"), (60, "up"), (61, "late"), (119.9, "late"), (120, "down"), (10_000, "down")]
)
def test_a_check_is_late_after_its_interval_and_down_after_its_grace(now: float, state: str) -> None:
    assert now_of([ping(0)], now).state == state


@pytest.mark.parametrize(
    ("seen", "now", "state"),
    [
        ((-1000, 119), 121, "late"),  # the canary after the deadline has yet to come
        ((-1000, 119), 119 + STALE // SECOND + 1, "unknown"),  # it does not come: the gateway is away, or Nhịp lags
        ((-1000, 50), 1000, "unknown"),
        ((500, 501), 501, "unknown"),  # back again, but for less than the check's interval and grace
        ((500, 619), 619, "unknown"),
        ((500, 620), 620, "down"),
        ((-1000, 200), 10_000, "down"),  # decided while it could be seen; nothing has been seen since
        ((50, 130), 130, "unknown"),  # observed only after the ping: it may have been missed
        ((50, 170), 170, "down"),
    ],
)
def test_silence_is_judged_by_what_was_observed(seen: tuple[float, float], now: float, state: str) -> None:
    assert now_of([ping(0)], now, seen).state == state


def test_without_any_canary_nothing_is_down_by_silence() -> None:
    found = system_now(folded([ping(0)]).system, {"web": LAST}, None, None, at(10_000))
    assert (found.state, found.reason) == ("unknown", of_system([("web", UNSEEN)]))


def test_down_by_failures_stays_down_while_it_is_late() -> None:
    some = [ping(0), ping(60, "fail"), ping(120, "fail"), ping(180, "fail")]
    assert [now_of(some, now).state for now in (180, 250)] == ["down", "down"]
    found = now_of(some, 250)
    assert (found.since, found.reason) == (at(60), ("web: lỗi liên tiếp", "web: failures in a row"))


def test_a_reason_tells_since_when_and_what_was_expected() -> None:
    assert now_of([ping(180)], 400).reason == (
        "web: không có tín hiệu từ 24/11 00:00:00, lẽ ra cứ 60 giây một lần và chậm nhất 60 giây",
        "web: no ping since 24/11 00:00:00, expected every 60 s and 60 s of grace",
    )


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (LAST, ("web: lỗi liên tiếp", "web: failures in a row")),
        (LAST._replace(code=503), ("web: lỗi liên tiếp: mã 503", "web: failures in a row: code 503")),
        (
            LAST._replace(code=1, error="disk full"),
            ("web: lỗi liên tiếp: disk full", "web: failures in a row: disk full"),
        ),
    ],
)
def test_a_reason_gives_the_system_s_own_words_as_they_are(last: LastPing, said: tuple[str, str]) -> None:
    some = [ping(0), ping(60, "fail"), ping(120, "fail"), ping(180, "fail")]
    assert system_now(folded(some).system, {"web": last}, None, Span(at(-1), at(180)), at(180)).reason == said


def test_a_check_that_never_pinged_is_new_and_makes_nobody_else_new() -> None:
    known = system("lgsp", Check(id="web"), Check(id="sync"))
    assert now_of([], 0, known=known).state == "new"
    found = now_of([ping(0)], 10, known=known)
    assert (found.state, found.checks["sync"].state) == ("up", "new")


def test_a_system_is_its_worst_required_check() -> None:
    some = [ping(0), *(ping(n, "fail", "sync", number=100 + n) for n in range(3))]
    assert now_of(some, 10).state == "down"
    optional = system("lgsp", Check(id="web"), Check(id="sync", required=False))
    found = now_of(some, 10, known=optional)
    assert (found.state, found.checks["sync"].state) == ("up", "down")


def test_a_paused_check_is_set_aside() -> None:
    some = [ping(0), *(ping(n, "fail", "sync", number=100 + n) for n in range(3))]
    paused = system("lgsp", Check(id="web"), Check(id="sync", paused=True))
    assert now_of(some, 10, known=paused).state == "up"
    alone = system("lgsp", Check(id="web", paused=True))
    assert (now_of([ping(0)], 500, known=alone).state, now_of([], 500, known=alone).state) == ("paused", "paused")


def test_planned_work_excuses_what_it_names() -> None:
    some = [*(ping(n, "fail") for n in range(3)), ping(0, check="sync")]
    assert now_of([*some, maintenance(5, "started")], 10).state == "maintenance"
    found = now_of([*some, maintenance(5, "started", "web")], 10)
    assert (found.state, found.checks["web"].state) == ("up", "maintenance")
    assert now_of([*some, maintenance(5, "started"), maintenance(6, "ended")], 10).state == "down"


@given(beats(), st.integers(0, 1000), st.integers(1, 50_000))
def test_what_is_down_now_is_down_in_the_figures(some: list[Beat], since: int, upto: int) -> None:
    """The ticker and uptime tell the same of a silence: where the one says down, the other counts it."""
    known, span = folded(some), Span(at(-1000 + since), some[-1].time + upto * SECOND)
    lasting, work = known.system.open_intervals()
    now = span.upper
    pings = {name: LastPing((check.until - check.last) // SECOND, 0) for name, check in known.system.checks.items()}
    found = system_now(known.system, pings, None, span, now)
    counted = observed(pieces(known.observed | set(lasting), known.maintained | set(work), now - 1, now), [span])
    assert (found.state is State.DOWN) == (counted.down == 1)


def decided(
    folds: Mapping[str, list[Beat]], now: float, *known: System, probe: str | None = None
) -> dict[str, Decision]:
    """Every decision of a moment, by kind and id; all pings come from one probe if one is named."""
    scene = Scene(
        at(now),
        Span(at(-1000), at(now)),
        Catalogue(systems=known),
        {id: folded(some).system for id, some in folds.items()},
        {id: {one.check: LAST._replace(probe=probe) for one in some} for id, some in folds.items()},
    )
    return {f"{one.kind} {one.id}": one for one in Health()(scene)}


def states(found: Iterable[Decision]) -> dict[str, str]:
    return {one.id: one.state for one in found if one.kind == "system"}


def test_what_stands_on_a_system_that_is_down_is_unreachable_and_measured_on() -> None:
    known = [system("centre"), system("lgsp", parent="centre"), system("portal", parent="lgsp"), system("mail")]
    silent, fine = [ping(0)], [ping(100)]
    found = decided({"centre": silent, "lgsp": silent, "portal": silent, "mail": silent}, 130, *known)
    assert states(found.values()) == {
        "centre": "down",
        "lgsp": "unreachable",
        "portal": "unreachable",
        "mail": "down",
    }
    assert found["system portal"].data["measured"] == "down"
    assert found["system portal"].reason.en.startswith("centre is down; web: no ping since")
    assert found["system portal"].reason.vi.startswith("centre ngừng hoạt động; web: không có tín hiệu từ")
    found = decided({"centre": silent, "lgsp": fine, "portal": silent}, 130, *known[:3])
    assert states(found.values()) == {"centre": "down", "lgsp": "up", "portal": "unreachable"}, (
        "what answers is reachable"
    )


def test_a_probe_that_falls_silent_is_one_finding() -> None:
    found = decided({"lgsp": [ping(0)], "mail": [ping(5)]}, 200, probe="district-1")
    assert states(found.values()) == {"lgsp": "unknown", "mail": "unknown"}
    one = found["probe district-1"]
    assert (one.state, one.since, one.data["checks"]) == ("down", at(125), ["lgsp/web", "mail/web"])
    assert found["system mail"].reason == (
        "web: điểm đo district-1 im lặng",
        "web: its probe district-1 is silent",
    )


def test_a_check_looked_at_in_its_last_moment_is_looked_at_again_for_its_probe() -> None:
    """At the deadline itself it is down, but not yet silent: that was once remembered as its last word."""
    remembering, folds = Health(), {id: folded([ping(0)]).system for id in ("lgsp", "mail")}
    pings = {id: {"web": LAST._replace(probe="district-1")} for id in folds}
    for seconds, probes in ((120, []), (121, ["district-1"])):
        scene = Scene(at(seconds), Span(at(-1000), at(seconds)), Catalogue(), folds, pings)
        assert [one.id for one in remembering(scene) if one.kind == "probe"] == probes


def test_a_probe_that_still_says_something_leaves_the_silent_system_down() -> None:
    found = decided({"lgsp": [ping(0)], "mail": [ping(150)]}, 200, probe="district-1")
    assert states(found.values()) == {"lgsp": "down", "mail": "up"}
    assert "probe district-1" not in found


def test_the_catalogue_s_systems_are_told_before_their_first_ping() -> None:
    found = decided({}, 0, system("lgsp"))
    assert (found["system lgsp"].state, found["system lgsp"].since) == ("new", None)


_HAPPENS = st.tuples(
    st.sampled_from(["centre", "portal", "mail", "nobody"]),
    st.sampled_from(["ok", "ok", "fail", "degraded", "maintenance_started", "maintenance_ended"]),
    st.sampled_from([0, 1, 30, 61, 61, 121, -5]),
    st.sampled_from(["seen", "seen", "seen", "unseen", "anew"]),
)


@given(st.lists(_HAPPENS, max_size=40), st.sampled_from([None, "p1"]))
def test_a_decider_that_remembers_says_what_one_says_that_does_not(
    steps: list[tuple[str, str, int, str]], probe: str | None
) -> None:
    """Whatever comes, however time goes, and whatever of it is observed."""
    remembering = Health()
    known = Catalogue(systems=(system("centre"), system("portal", parent="centre"), system("mail")))
    folds: dict[str, Fold] = {}
    pings: dict[str, dict[str, LastPing]] = {}
    seconds, lower, upper = 0, -1000, 0
    for number, (id, status, passed, seen) in enumerate(steps, 1):
        seconds += passed
        if id != "nobody":
            planned = status.startswith("maintenance")
            word = status.removeprefix("maintenance_")
            beat = maintenance(seconds, word, number=number) if planned else ping(seconds, status, number=number)
            folds[id] = fold(folds.get(id, Fold()), [beat]).system
            pings[id] = {name: LAST._replace(probe=probe) for name in folds[id].checks}
        lower = seconds if seen == "anew" else lower
        upper = max(lower, upper) if seen == "unseen" else max(lower, upper, seconds)
        scene = Scene(at(seconds), Span(at(lower), at(upper)), known, dict(folds), dict(pings))
        said = list(remembering(scene))
        assert said == list(Health()(scene))
        assert all(_says_the_same_in_both_languages(one.reason) for one in said)


def _says_the_same_in_both_languages(reason: Words) -> bool:
    return reason == NO_WORDS or (is_vietnamese(reason.vi) and is_english(reason.en))
