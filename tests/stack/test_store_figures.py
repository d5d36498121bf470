"""Figures from cells are the figures from events, at any moment at which both can answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from connectors.timescale import kpi
from connectors.timescale.kpi import answer, by_day
from nhip.simulator import Kind, disturb, generate, records
from streams.contracts import DOSSIERS, HEALTH, REPORTS, STREAMS
from streams.days import civil_day, day_start
from streams.indicators.figures import Figure
from streams.indicators.question import GROUPS, Question
from streams.indicators.registry import INDICATORS, indicator
from streams.rollup import PAIRS
from tests.stack.store_tools import NOW, House, dossier, ping, report

DAY, HOUR, INSTANT = timedelta(days=1), timedelta(hours=1), timedelta(microseconds=1)
NOON = day_start(civil_day(NOW)) - 12 * HOUR
"""The "now" of these tests: yesterday at noon, so that nothing depends on when they run."""

TOPICS = {stream.topic: stream for stream in STREAMS}


def asked(
    house: House, name: str, days: tuple[int, int], as_of: datetime, now: datetime, group_by: tuple[str, ...] = ()
) -> list[Figure]:
    """An indicator of the days from `days[0]` to `days[1]`, counted from the day of NOON, the last one exclusive."""
    first, past = (civil_day(NOON + n * DAY) for n in days)
    with psycopg.connect(house.url) as connection:
        return answer(connection, Question(indicator(name), first, past, as_of, group_by), now)


def one(house: House, name: str, days: tuple[int, int], as_of: datetime, now: datetime = NOON) -> tuple[Any, ...]:
    (figure,) = asked(house, name, days, as_of, now)
    return figure.numerator, figure.denominator, figure.shown


def comparable(figures: list[Figure]) -> list[tuple[Any, ...]]:
    """A group of which there is nothing to tell may be left out."""
    return [(f.group, f.numerator, f.denominator) for f in figures if f.numerator or f.denominator]


@pytest.fixture
async def days(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Three days and a half of a province, with trouble, up to noon; its subjects are folded once for all questions."""
    events, rate = 1500, 1500 / (3.5 * 86_400)
    start = NOON - 3.5 * DAY
    clean = records(generate(11, start, rate, events), start.timestamp(), rate)
    sent = [record for record in disturb(clean, 11) if record.kind is not Kind.BAD]
    for topic, stream in TOPICS.items():
        await house.take(stream, [record.value for record in sent if record.topic == topic])
    house.assert_true()
    with psycopg.connect(house.url) as connection:
        flows = {stream: list(kpi.flows_before(connection, stream, NOW)) for stream in (REPORTS, DOSSIERS)}
    monkeypatch.setattr(kpi, "flows_before", lambda _, stream, t: (flow for flow in flows[stream] if flow.moment < t))
    return house


def questions() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every indicator by every group; but for those of procedures and of pings, which are read in one way only."""
    for name, one in INDICATORS.items():
        if one.of_procedures is not None or (one.stream == "health" and name != "health.uptime"):
            continue
        for group in (
            (),
            *((dimension,) for dimension in GROUPS[one.stream]),
            *[PAIRS[pair] for pair in PAIRS if pair == one.stream],
        ):
            yield name, group


async def test_cells_and_events_agree_now(days: House) -> None:
    periods = ((-5, 1), (-2, 0), (0, 1), (-1, 30))
    for number, (name, group) in enumerate(questions()):
        for period in periods if not group else periods[number % 4 : number % 4 + 1]:
            from_cells = asked(days, name, period, NOON, NOON, group)
            from_events = asked(days, name, period, NOON, NOON + HOUR, group)
            assert comparable(from_cells) == comparable(from_events), (name, group, period)
    assert one(days, "dossiers.received", (-5, 1), NOON)[0] > 5


async def test_cells_and_events_agree_at_the_ends_of_days(days: House) -> None:
    midnights = [day_start(civil_day(NOON)) - n * DAY for n in range(4)]
    for number, (name, group) in enumerate(questions()):
        for midnight in midnights if not group else midnights[number % 4 : number % 4 + 1]:
            from_cells = asked(days, name, (-5, 5), midnight, NOON, group)
            from_events = asked(days, name, (-5, 5), midnight + INSTANT, NOON, group)
            assert comparable(from_cells) == comparable(from_events), (name, group, midnight)


async def test_a_past_period_keeps_its_figures(house: House) -> None:
    """DOMAIN §2: received, due later, finished after that: in time while it was asked about, and for ever after."""
    received, due = NOON - 5 * DAY, NOON - 2 * DAY
    life = [
        dossier("HS-1", 1, at=received, received_at=received.isoformat(), due_at=due.isoformat()),
        dossier("HS-1", 2, "result_ready", NOON - DAY),
    ]
    await house.take(DOSSIERS, life)
    name = "dossiers.on_time"
    assert one(house, name, (-5, -3), NOON) == (1, 1, "100,00 %")  # in work, and not overdue at the end of the period
    assert one(house, name, (-5, -1), NOON) == (0, 1, "0,00 %")  # in work and overdue
    assert one(house, name, (-5, 0), NOON) == (0, 1, "0,00 %")  # finished late
    assert one(house, name, (0, 1), NOON) == (0, 0, "N/A")  # over and done with
    assert one(house, name, (-5, 1), due) == (1, 1, "100,00 %")
    assert one(house, name, (-5, 1), due + INSTANT) == (0, 1, "0,00 %")


async def test_what_is_due_later_today_is_not_overdue_yet(house: House) -> None:
    received = (NOON - 3 * DAY).isoformat()
    dues = {"early": NOON - 2 * HOUR, "late": NOON + 6 * HOUR, "tomorrow": NOON + DAY, "evening": None}
    for number, (name, due) in enumerate(dues.items()):
        day = due.isoformat() if due else civil_day(NOON).isoformat()  # a date means its end
        await house.take(DOSSIERS, [dossier(name, number, at=NOON - 3 * DAY, received_at=received, due_at=day)])
    for now, in_time in ((NOON, 3), (NOON + 7 * HOUR, 2), (NOON + 12 * HOUR, 1), (NOON + 25 * HOUR, 0)):
        for period in ((0, 1), (-3, 2)):
            if now <= day_start(civil_day(NOON + period[1] * DAY)):
                expected = (in_time, 4)
                assert one(house, "dossiers.on_time", period, now, now)[:2] == expected, (now, period)
                assert one(house, "dossiers.on_time", period, now, now + DAY)[:2] == expected, (now, period)


async def test_uptime_of_a_day(house: House) -> None:
    """DOMAIN §2: over 24 h, maintenance 2 h, down 3 h of which 1 h inside it: 20/22 = 90,90 %."""
    midnight = day_start(civil_day(NOON)) - DAY
    hourly = {"interval_s": 3600, "grace_s": 0}
    pings = [
        ping("lgsp", n, midnight + n * HOUR / 4, "fail" if 40 <= n < 52 else "ok", **hourly) for n in range(4 * 24 + 1)
    ]
    planned = [
        {**pings[0], "id": word, "type": f"vn.nhip.health.maintenance_{word}", "data": {}, "time": at.isoformat()}
        for word, at in (("started", midnight + 9 * HOUR), ("ended", midnight + 11 * HOUR))
    ]
    await house.take(HEALTH, [*pings, *planned])
    assert one(house, "health.uptime", (-1, 0), NOON) == (20 * 3600, 22 * 3600, "90,90 %")


async def test_reports_of_a_day_by_day(house: House) -> None:
    for number in range(6):
        at = NOON - number % 3 * DAY
        await house.take(REPORTS, [report(f"PA-{number}", number, at=at)])
    with psycopg.connect(house.url) as connection:
        first, past = civil_day(NOON - 3 * DAY), civil_day(NOON + DAY)
        question = Question(indicator("reports.received"), first, past, NOON)
        assert [figure.numerator for figure in by_day(connection, question, NOON)] == [0, 2, 2, 2]
