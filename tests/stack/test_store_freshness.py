"""Observed time: canaries in the store, and what they make of a system's silence."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import psycopg
import pytest

from connectors.timescale.catalogue import in_force, load
from connectors.timescale.kpi import answer
from connectors.timescale.observed import read
from connectors.timescale.rebuild import rebuild
from connectors.timescale.recount import histories
from streams.catalogue import Catalogue, Check, System
from streams.contracts import HEALTH
from streams.days import civil_day, day_start, microseconds
from streams.freshness import GAP_SECONDS, Span, canary, everywhere, spans
from streams.health.uptime import Observed, pieces
from streams.health.uptime import observed as observed_time
from streams.indicators.figures import Question
from streams.indicators.health_uptime import UPTIME
from tests.stack.store_tools import NOW, House, Kept, maintenance, ping

MIDNIGHT = day_start(civil_day(NOW) - timedelta(days=2))
"""Of a day that has ended, so that nothing depends on when the tests run."""


def at(seconds: float) -> datetime:
    return MIDNIGHT + timedelta(seconds=seconds)


def span(lower: float, upper: float) -> Span:
    return Span(microseconds(at(lower)), microseconds(at(upper)))


async def watch(house: House, seconds: Iterable[float], partition: int = 0, batch: int = 1000) -> None:
    """Canaries appended at these seconds of the day, and applied."""
    await house.assign(HEALTH, partition)
    kept = house.kept[HEALTH.topic, partition]
    first = len(kept)
    for n in seconds:
        kept.append(Kept(len(kept), canary("test", at(n), len(kept)), timestamp=int(at(n).timestamp() * 1000)))
    for begin in range(first, len(kept), batch):
        await house.handle(house.fetch(HEALTH, begin, min(begin + batch, len(kept)), partition))


def observed(house: House) -> list[Span]:
    """What was observed, as Python reads it and as SQL does."""
    with psycopg.connect(house.url) as connection:
        found = read(connection, "health")
        assert connection.execute("SELECT lower, upper FROM nhip.observed('health') ORDER BY 1").fetchall() == found
    return found


def uptime(house: House, days: int = 1) -> tuple[int, int]:
    """Seconds up, and up and down, of the day, as cells tell it and as events do."""
    day = civil_day(MIDNIGHT)
    now = day_start(day + timedelta(days))
    with psycopg.connect(house.url) as connection:
        question = Question(UPTIME, day, day + timedelta(days), now)
        (stored,) = answer(connection, question, NOW)
        (from_events,) = answer(
            connection, Question(UPTIME, day, day + timedelta(days), now - timedelta(microseconds=1)), NOW
        )
    assert abs(stored.numerator - from_events.numerator) <= 1
    return stored.numerator, stored.denominator or 0


def rolling(house: House, since: datetime) -> dict[str, Observed]:
    """What each system was from a moment up to now: what the boards' function tells is what its intervals say."""
    with psycopg.connect(house.url) as connection:
        ((now,),) = connection.execute("SELECT now()").fetchall()
        told = connection.execute("SELECT * FROM board.uptime_since(%s)", [since]).fetchall()
        spans = read(connection, "health")
        systems = list(histories(connection, now, since))
    begins = {one.system: max(microseconds(since), one.first) for one in systems}
    said = {
        one.system: observed_time(pieces(one.needed, one.maintenance, begins[one.system], microseconds(now)), spans)
        for one in systems
    }
    assert {system: Observed(*times) for system, *times, _ in told} == said
    assert {system: due for system, *_, due in told} == {s: microseconds(now) - begin for s, begin in begins.items()}
    return said


async def test_canaries_are_neither_events_nor_dead_letters(house: House) -> None:
    await house.take(HEALTH, [ping("lgsp", 1, at(0))], at=at(0))
    await watch(house, range(1, 100), batch=7)
    assert house.position(HEALTH) == 100
    counts = "SELECT records, stored, duplicates, dead_letters, canaries, appended_at FROM nhip.partition"
    assert house.rows(counts) == [(1, 1, 0, 0, 99, at(0))]
    assert (house.letters(), sum(outcome.records for outcome in house.outcomes)) == ([], 1)
    house.assert_true()


async def test_spans_grow_and_their_number_does_not(house: House) -> None:
    await watch(house, range(1, 100), batch=3)
    assert observed(house) == [span(1, 99)]
    await watch(house, [99 + GAP_SECONDS, 99 + 2 * GAP_SECONDS, 100 + 3 * GAP_SECONDS, 101 + 3 * GAP_SECONDS])
    assert observed(house) == [span(1, 99 + 2 * GAP_SECONDS), span(100 + 3 * GAP_SECONDS, 101 + 3 * GAP_SECONDS)]
    assert house.rows("SELECT count(*) FROM nhip.observed_time") == [(2,)]


async def test_a_fetch_that_comes_again_observes_nothing_more(plain_house: House) -> None:
    await watch(plain_house, range(10))
    fetch = plain_house.fetch(HEALTH, 0, 10)
    await plain_house.handle(fetch)
    assert plain_house.rows("SELECT canaries FROM nhip.partition") == [(10,)]
    assert observed(plain_house) == [span(0, 9)]


async def test_only_what_every_partition_saw_is_observed(plain_house: House) -> None:
    await watch(plain_house, range(100))
    await watch(plain_house, [*range(20, 50), *range(60, 90)], partition=1)
    assert observed(plain_house) == [span(0, 49), span(60, 89)], "a partition counts from its first canary on"


async def test_a_silence_counts_as_far_as_it_was_observed(house: House) -> None:
    """Pings each minute through the day but for three hours, of which canaries came through in the second."""
    hour = 3600
    pings = [ping("lgsp", n, at(60 * n)) for n in range(24 * 60 + 1) if not 10 * hour < 60 * n < 13 * hour]
    await house.take(HEALTH, pings)
    assert uptime(house) == (21 * hour + 120, 21 * hour + 120)
    await watch(house, range(11 * hour, 12 * hour + 1))
    down = hour - 120  # the check had its interval and grace of what was observed
    assert uptime(house) == (21 * hour + 120, 21 * hour + 120 + down)
    house.assert_true()


async def test_a_silence_that_lasts_counts_too(house: House) -> None:
    await house.take(HEALTH, [ping("lgsp", n, at(60 * n)) for n in range(61)])
    await watch(house, range(3600, 7201), batch=500)
    assert uptime(house) == (3600 + 120, 7200)
    house.assert_true()


async def test_a_ping_that_comes_late_takes_the_outage_back(house: House) -> None:
    pings = [ping("lgsp", n, at(60 * n)) for n in range(24 * 60 + 1)]
    await watch(house, range(0, 86_400, 5))
    await house.take(HEALTH, [one for n, one in enumerate(pings) if not 100 < n < 200])
    assert uptime(house) == (86_400 - 98 * 60, 86_400)
    await house.take(HEALTH, pings[101:200])
    assert uptime(house) == (86_400, 86_400)
    house.assert_true()


async def test_a_silent_check_takes_its_system_down_and_maintenance_excuses_it(house: House) -> None:
    await watch(house, range(0, 86_401, 5))
    web = [ping("lgsp", f"w{n}", at(60 * n), check_id="web") for n in range(24 * 60 + 1)]
    sync = [ping("lgsp", f"s{n}", at(60 * n), check_id="sync") for n in range(24 * 60 + 1) if not 600 < n < 720]
    work = [maintenance("lgsp", "a", "started", at(660 * 60)), maintenance("lgsp", "b", "ended", at(720 * 60))]
    await house.take(HEALTH, [*web, *sync, *work])
    assert uptime(house) == (22 * 3600 + 120, 23 * 3600)
    house.assert_true()
    (lgsp,) = rolling(house, at(650 * 60)).values()
    assert lgsp.maintenance == 3600 * 1_000_000
    assert lgsp.down == 10 * 60 * 1_000_000, "an hour of the outage was planned work, the rest lies before the moment"


@pytest.mark.parametrize("seed", range(3))
async def test_any_batches_of_pings_and_canaries_in_any_partitions(plain_house: House, seed: int) -> None:
    """SQL, a fold in batches and one over everything agree, and what is observed is what the canaries say."""
    random = Random(seed)
    seen: dict[int, list[float]] = {0: [], 1: []}
    now = 0.0
    while now < 2 * 86_400:
        step = random.choice([600, 4_000])
        for partition in seen:
            if random.random() < 0.8:
                times = [now + n for n in range(0, step, 4)]
                seen[partition] += times
                await watch(plain_house, times, partition)
        events: list[dict[str, Any]] = []
        for system, check in (("lgsp", "web"), ("lgsp", "sync"), ("mail", "smtp")):
            if random.random() < 0.7:
                status = random.choice(["ok", "ok", "fail"])
                events += [
                    ping(system, f"{check}{now}{n}", at(now + n), status, check_id=check) for n in range(0, step, 60)
                ]
        random.shuffle(events)
        for partition in (0, 1):
            await plain_house.take(HEALTH, events[partition::2], partition, at=at(now + step))
        now += step
    assert observed(plain_house) == everywhere([spans(microseconds(at(n)) for n in times) for times in seen.values()])
    plain_house.assert_true()
    uptime(plain_house)
    uptime(plain_house, 2)
    for _ in range(20):
        rolling(plain_house, at(random.uniform(-3600, now)))


@pytest.fixture
def terms(plain_house: House) -> Iterator[None]:
    """A catalogue in which lgsp turns after two failures and pings each ten minutes, and does not need `sync`."""
    web = Check(id="web", interval_s=600, grace_s=0, failure_threshold=2, success_threshold=1)
    lgsp = System(
        id="lgsp", name="LGSP", name_en="LGSP", watch=("errors",), checks=(web, Check(id="sync", required=False))
    )
    with psycopg.connect(plain_house.url) as connection:
        load(connection, Catalogue(systems=(lgsp,)))
    yield
    with psycopg.connect(plain_house.url) as connection:
        load(connection, Catalogue.default())


async def test_a_system_is_judged_by_the_catalogue_s_terms(plain_house: House, terms: None) -> None:
    plain = {"interval_s": None, "grace_s": None}
    web = [ping("lgsp", n, at(600 * n), "fail" if n in (10, 11) else "ok", check_id="web", **plain) for n in range(145)]
    sync = [ping("lgsp", f"s{n}", at(60 * n), "fail", check_id="sync", **plain) for n in range(5)]
    await plain_house.take(HEALTH, [*web, *sync])
    assert uptime(plain_house) == (86_400 - 1200, 86_400)
    plain_house.assert_true()
    (lgsp,) = rolling(plain_house, at(6_600)).values()
    assert lgsp.down == 600 * 1_000_000, "the second half of the outage, and nothing of the check it does not need"


async def test_uptime_of_a_moment_today_is_that_of_the_rest_of_the_day(plain_house: House) -> None:
    begin = NOW - timedelta(seconds=90)
    await plain_house.take(HEALTH, [ping("lgsp", n, begin + timedelta(seconds=n)) for n in range(90)])
    (lgsp,) = rolling(plain_house, begin + timedelta(seconds=30)).values()
    assert lgsp.up >= 59 * 1_000_000, "and it is spoken for a while after its last ping"
    assert lgsp.down == 0


async def test_rebuilding_gives_a_system_the_terms_of_the_catalogue_in_force(plain_house: House, terms: None) -> None:
    with psycopg.connect(plain_house.url) as connection:
        before = in_force(connection)
        load(connection, Catalogue.default())
    statuses = {10: "fail", 11: "fail"}
    web = [ping("lgsp", n, at(60 * n), statuses.get(n, "ok"), check_id="web") for n in range(24 * 60 + 1)]
    await plain_house.take(HEALTH, web)
    with psycopg.connect(plain_house.url) as connection:
        load(connection, before)
    await plain_house.take(HEALTH, [ping("lgsp", "one more", at(86_460), check_id="web")])
    assert uptime(plain_house) == (86_400, 86_400), "what is known is kept until it is rebuilt"
    plain_house.assert_true()
    await rebuild(plain_house.pool, lambda stream, done: None)
    assert uptime(plain_house) == (86_400 - 120, 86_400)
    plain_house.assert_true()
