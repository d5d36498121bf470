"""Figures of systems, from their pings (DOMAIN §2, health)."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from connectors.timescale.catalogue import load
from connectors.timescale.kpi import answer
from streams.catalogue import Catalogue
from streams.catalogue.rules import Person, Shift
from streams.contracts import HEALTH
from streams.days import civil_day, day_start
from streams.indicators.figures import Figure
from streams.indicators.question import Question
from streams.indicators.registry import indicator
from tests.stack.store_tools import NOW, House, as_role, ping

DAY = civil_day(NOW) - timedelta(days=2)
MIDNIGHT = day_start(DAY)
NOON = MIDNIGHT + timedelta(hours=12)
"""Of a day that has ended, so that nothing depends on when the tests run."""


def asked(house: House, name: str, as_of: Any = NOON, group_by: tuple[str, ...] = ()) -> list[Figure]:
    with psycopg.connect(as_role(house.url, "nhip_gateway"), autocommit=True) as connection:  # as GET /v1/kpis does
        question = Question(indicator(name), DAY, DAY + timedelta(1), as_of, group_by)
        return answer(connection, question, NOW)


def shown(house: House, name: str, as_of: Any = NOON) -> tuple[int, int | None, str]:
    (figure,) = asked(house, name, as_of)
    return figure.numerator, figure.denominator, figure.shown


@pytest.fixture
async def morning(house: House) -> House:
    """Six hours of two systems, a ping a minute: one fails for 20 minutes, then for ten; the other never does."""
    failing = {*range(60, 80), *range(200, 210)}
    pings = []
    for n in range(360):
        at = MIDNIGHT + timedelta(minutes=n)
        status = "fail" if n in failing else "ok"
        metrics = {"documents_sent": 10, "documents_electronic": 9}
        pings.append(ping("edoc", n, at, status, latency_ms=float(n), queue_length=n % 50, metrics=metrics))
        pings.append(ping("mail", f"m{n}", at, latency_ms=5.0, cert_days=30 - n // 60))
    await house.take(HEALTH, pings)
    house.assert_true()
    return house


async def test_repair_and_flaps(morning: House) -> None:
    assert shown(morning, "health.mttr") == (30 * 60, 2, "15 phút")
    assert shown(morning, "health.flaps") == (4, None, "4")
    before_the_second = MIDNIGHT + timedelta(minutes=205)
    assert shown(morning, "health.mttr", before_the_second) == (20 * 60, 1, "20 phút")


async def test_acknowledgement_is_counted_from_the_alert_to_the_first_who_took_it(house: House) -> None:
    """Two episodes of one system, of which the first was taken twice; one of another; and one that nobody took."""
    for alert, system in (("a", "edoc"), ("b", "mail"), ("c", "lgsp")):
        house.execute(
            "INSERT INTO nhip.alert (id, rule, labels, severity, state, since, reason_vi, reason_en, evidence, level,"
            " episode, relapses, told, by_hand) VALUES (%s, 'system-down', jsonb_build_object('system', %s::text),"
            " 'critical', 'resolved', now(), '', '', '{}', 0, 1, 0, false, false)", alert, system
        )  # fmt: skip
    steps = [("a", 1, "fired", 0), ("a", 1, "acknowledged", 4), ("a", 1, "acknowledged", 9), ("a", 2, "fired", 60)]
    steps += [("a", 2, "acknowledged", 70), ("b", 1, "fired", 0), ("b", 1, "acknowledged", 2), ("c", 1, "fired", 0)]
    for alert, episode, step, minute in steps:
        at = MIDNIGHT + timedelta(minutes=minute)
        row = "INSERT INTO nhip.alert_step (alert, episode, step, at) VALUES (%s, %s, %s, %s)"
        house.execute(row, alert, episode, step, at)
    assert shown(house, "health.mtta") == (16 * 60, 3, "5 phút")
    assert shown(house, "health.mtta", MIDNIGHT + timedelta(minutes=65)) == (6 * 60, 2, "3 phút")
    assert [figure.group for figure in asked(house, "health.mtta", group_by=("system",))] == ["edoc", "mail"]


async def test_alerts_are_counted_by_episode_and_shift_as_people_heard_of_them(house: House) -> None:
    """One handled by lan, one that ended by itself after a relapse, one suppressed throughout, one digest, one open."""
    said = "INSERT INTO nhip.alert (id, rule, labels, severity, state, since, reason_vi, reason_en, evidence, level,"
    said += (
        " episode, relapses, told, by_hand, passing) VALUES (%s, 'system-down', jsonb_build_object('system', %s::text)"
    )
    said += ", 'critical', 'resolved', now(), '', '', '{}', 0, 1, 0, false, false, %s)"
    for alert in ("handled", "noise", "below", "digest", "open"):
        house.execute(said, alert, alert, alert == "digest")
    lives = {
        "handled": [("fired", 0, None), ("acknowledged", 4, "lan"), ("resolved", 20, None)],
        "noise": [("fired", 0, None), ("resolved", 5, None), ("reopened", 8, None), ("resolved", 10, None)],
        "below": [("fired", 0, None), ("suppressed", 0, None), ("resolved", 30, None)],
        "digest": [("fired", 0, None), ("resolved", 60, None)],
        "open": [("fired", 30, None)],
    }
    for alert, steps in lives.items():
        for step, minute, who in steps:
            row = "INSERT INTO nhip.alert_step (alert, episode, step, at, who) VALUES (%s, 1, %s, %s, %s)"
            house.execute(row, alert, step, MIDNIGHT + timedelta(minutes=minute), who)
    assert shown(house, "health.alerts") == (3, None, "3")
    assert shown(house, "health.alerts_mttr") == (30 * 60, 2, "15 phút")
    assert shown(house, "health.alerts_noise") == (1, 2, "50,00 %")
    assert shown(house, "health.alerts_per_shift")[2] == "N/A", "nobody is on duty before a catalogue says who"
    lan = Person(id="lan", name="Lan", phone="0293 000 0101")
    ioc = Shift(name="ioc", people=("lan",), first=DAY - timedelta(3))
    with psycopg.connect(house.url, autocommit=True) as connection:
        load(connection, Catalogue(people=(lan,), shifts=(ioc,)))
    assert shown(house, "health.alerts_per_shift") == (3, 1, "3,00")
    by_system = asked(house, "health.alerts_per_shift", group_by=("system",))
    assert [figure.group for figure in by_system] == ["handled", "noise", "open"]


async def test_what_pings_count(morning: House) -> None:
    assert shown(morning, "health.error_ratio") == (30, 720, "4,16 %")
    assert shown(morning, "health.documents_electronic") == (3240, 3600, "90,00 %")
    assert shown(morning, "health.queue_length") == (49, None, "49")
    assert shown(morning, "health.cert_days") == (25, None, "25")
    assert shown(morning, "health.error_ratio", MIDNIGHT + timedelta(minutes=60)) == (0, 120, "0,00 %")


async def test_latency_is_within_its_stated_error(morning: House) -> None:
    for name, exact in (("health.latency_p50", 180), ("health.latency_p95", 342)):
        edoc, mail = asked(morning, name, group_by=("system",))
        assert edoc.value == pytest.approx(exact, rel=0.0906 + 0.01)
        assert mail.value == pytest.approx(5, rel=0.0906)
        assert (edoc.denominator, edoc.error) == (360, 0.0905)


async def test_heartbeat_age_is_that_of_the_longest_unheard(morning: House) -> None:
    await morning.take(HEALTH, [ping("mail", "late", MIDNIGHT + timedelta(hours=11))])
    assert shown(morning, "health.heartbeat_age") == (6 * 3600 + 60, None, "6,0 giờ")
    ages = {figure.group: figure.numerator for figure in asked(morning, "health.heartbeat_age", group_by=("system",))}
    assert ages == {"edoc": 6 * 3600 + 60, "mail": 3600}


async def test_of_nothing_nothing_is_told(plain_house: House) -> None:
    for name in ("mtta", "mttr", "error_ratio", "latency_p95", "heartbeat_age", "cert_days", "queue_length"):
        assert shown(plain_house, f"health.{name}")[2] == "N/A", name
