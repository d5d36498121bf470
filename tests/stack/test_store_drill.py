"""Each number drills to the subjects and events behind it, and those sum to it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from connectors.timescale import catalogue as catalogues
from connectors.timescale.answers import Answers
from connectors.timescale.drill import Side, behind
from connectors.timescale.kpi import answer
from connectors.timescale.qd766 import decided
from streams.catalogue import Agency, Catalogue
from streams.contracts import DOSSIERS, REPORTS
from streams.days import civil_day, day_start
from streams.errors import WrongUse
from streams.indicators.question import Question
from streams.indicators.registry import INDICATORS, indicator
from tests.stack.store_tools import NOW, House, as_role, dossier, report

DAY = timedelta(days=1)
NOON = day_start(civil_day(NOW)) - 2 * DAY + timedelta(hours=12)
FIRST, PAST = civil_day(NOON), civil_day(NOW)
AGENCIES = ("so-y-te", "so-tttt")


def received(number: int, **data: Any) -> dict[str, Any]:
    at = NOON + timedelta(minutes=number)
    given: dict[str, Any] = {"received_at": at.isoformat(), "due_at": (NOON + 10 * DAY).isoformat()}
    return dossier(f"HS-{number}", number, at=at, agency=AGENCIES[number % 2], **(given | data))


@pytest.fixture
async def filled(plain_house: House) -> House:
    events = [received(n) for n in range(6)]
    events += [dossier(f"HS-{n}", f"{n}-r", "result_ready", NOON + DAY) for n in range(3)]
    events.append(received(6, due_at=(NOON - 5 * DAY).isoformat()))
    await plain_house.take(DOSSIERS, events)
    life = [report("PA-1", 1, at=NOON), report("PA-1", 2, "dispatched", NOON), report("PA-2", 3, at=NOON)]
    await plain_house.take(REPORTS, [*life, report("PA-1", 4, "resolved", NOON + timedelta(hours=2))])
    return plain_house


def asked(name: str, as_of: datetime = NOW, **more: Any) -> Question:
    return Question(indicator(name), FIRST, PAST, as_of, **more)


def listed(house: House, question: Question, side: Side, **more: Any) -> dict[str, int]:
    with psycopg.connect(house.url) as connection:
        found, _ = behind(connection, question, side, NOW, **({"limit": 100} | more))
    return {subject.subject: subject.n for subject in found}


async def test_the_subjects_behind_each_side_sum_to_it(filled: House) -> None:
    with psycopg.connect(filled.url) as connection:
        for name, one in INDICATORS.items():
            if one.stream == "health" or one.quantile is not None or not one.numerator:
                continue
            for where in ({}, {"agency": "so-y-te"}):
                for as_of in (NOW, day_start(FIRST + DAY)):
                    question = asked(name, as_of, where=where)
                    (figure,) = answer(connection, question, NOW)
                    context = name, where, as_of
                    assert sum(listed(filled, question, "numerator").values()) == figure.numerator, context
                    assert sum(listed(filled, question, "denominator").values()) == (figure.denominator or 0), context


async def test_each_subject_comes_with_where_it_stands_and_its_events(filled: House) -> None:
    with psycopg.connect(filled.url) as connection:
        found, following = behind(connection, asked("dossiers.finished"), "numerator", NOW, limit=2)
        assert [subject.subject for subject in found] == ["HS-0", "HS-1"]
        assert following == "HS-1"
        first = found[0]
        assert (first.n, first.state, first.agency, first.ended_at) == (1, "9", "so-y-te", NOON + DAY)
        assert [event["type"].rpartition(".")[2] for event in first.events] == ["upserted", "result_ready"]
        assert first.events[0] == {
            "time": NOON, "type": "vn.nhip.dossier.upserted", "source": "/test", "id": "0"
        }  # fmt: skip
        rest, following = behind(connection, asked("dossiers.finished"), "numerator", NOW, limit=2, after="HS-1")
        assert ([subject.subject for subject in rest], following) == (["HS-2"], None)


async def test_what_contradicts_itself_is_listed_with_the_reason(filled: House) -> None:
    with psycopg.connect(filled.url) as connection:
        ((excluded,), _) = behind(connection, asked("dossiers.on_time"), "excluded", NOW, limit=10)
    assert excluded.subject == "HS-6"
    assert "due_before_received" in excluded.flags
    assert listed(filled, asked("dossiers.on_time", where={"agency": "so-tttt"}), "excluded") == {}


async def test_what_no_verdict_can_be_told_of_is_listed_where_it_is_left_out_and_nowhere_else(filled: House) -> None:
    """Without a due date of upstream's every dossier has a flag: that excludes it from nothing."""
    unheard = received(7), dossier("HS-7", "7-s", "status_changed", NOON + DAY, status=42)
    rated = received(8), dossier("HS-8", "8-r", "rated", NOON + DAY, rating=9)
    await filled.take(DOSSIERS, [*unheard, *rated, dossier("HS-9", 9, at=NOON, received_at=NOON.isoformat())])
    past = (NOON - 5 * DAY).isoformat()
    await filled.take(REPORTS, [report("PA-3", 5, at=NOON, due_at=past), report("PA-3", 6, "resolved", NOON + DAY)])
    assert listed(filled, asked("dossiers.on_time"), "excluded") == {"HS-6": 1, "HS-7": 1}
    assert listed(filled, asked("dossiers.satisfaction"), "excluded") == {"HS-6": 1, "HS-8": 1}
    assert listed(filled, asked("dossiers.stock"), "excluded") == {"HS-6": 1}
    assert listed(filled, asked("reports.on_time"), "excluded") == {"PA-3": 1}
    assert listed(filled, asked("reports.received"), "excluded") == {}


async def test_a_moment_within_a_past_day_and_time_itself_have_no_list(filled: House) -> None:
    with pytest.raises(WrongUse, match="end of a day"):
        listed(filled, asked("dossiers.finished", NOON), "numerator")
    with pytest.raises(WrongUse, match="not of subjects"):
        listed(filled, asked("health.uptime"), "numerator")


async def test_a_merger_gives_the_same_totals_as_it_was_and_by_successor(filled: House) -> None:
    merged = Catalogue(
        agencies=(
            Agency(code="so-y-te", name="Sở Y tế", valid_to=FIRST, successor="so-moi"),
            Agency(code="so-tttt", name="Sở TTTT", valid_to=FIRST, successor="so-moi"),
            Agency(code="so-moi", name="Sở mới", valid_from=FIRST),
        )
    )
    with psycopg.connect(filled.url) as connection:
        catalogues.load(connection, merged)
        for name in ("dossiers.received", "dossiers.on_time"):
            as_was = answer(connection, asked(name, group_by=("agency",)), NOW)
            by_successor = answer(connection, asked(name, group_by=("agency",), by_successor=True), NOW)
            assert [figure.group for figure in as_was] == ["so-tttt", "so-y-te"]
            assert [figure.group for figure in by_successor] == ["so-moi"]
            for side in ("numerator", "denominator"):
                totals = [sum(getattr(f, side) or 0 for f in figures) for figures in (as_was, by_successor)]
                assert totals[0] == totals[1] > 0 or (side, name) == ("denominator", "dossiers.received")
                drilled = listed(filled, asked(name, where={"agency": "so-moi"}, by_successor=True), side)
                assert sum(drilled.values()) == totals[1]
        within = asked("dossiers.received", where={"agency": "so-moi"}, group_by=("field",), by_successor=True)
        assert [(f.group, f.numerator) for f in answer(connection, within, NOW)] == [("dat-dai", 6)]


async def test_a_period_before_a_merger_can_be_asked_for_by_the_agencies_of_today(filled: House) -> None:
    old = Agency(code="so-y-te", name="Sở Y tế", valid_to=PAST, successor="so-moi")
    new = Agency(code="so-moi", name="Sở mới", valid_from=PAST)
    question = replace(asked("dossiers.received", group_by=("agency",), by_successor=True), past=FIRST + DAY)
    with psycopg.connect(filled.url) as connection:
        catalogues.load(connection, Catalogue(agencies=(old, new)))
        assert [figure.group for figure in answer(connection, question, NOW)] == ["so-moi", "so-tttt"]
        before = replace(question, as_of=day_start(FIRST + DAY))
        assert [figure.group for figure in answer(connection, before, NOW)] == ["so-tttt", "so-y-te"]


async def test_the_gateway_reads_the_same_as_its_own_role(filled: House) -> None:
    answers = Answers(as_role(filled.url, "nhip_gateway"))
    try:
        question = asked("dossiers.on_time", group_by=("agency",), by_successor=True)
        with psycopg.connect(filled.url) as connection:
            expected = answer(connection, question, NOW)
        found = answers.figures(question, NOW, each_day=False)
        assert [(f["group"], f["numerator"], f["denominator"]) for f in found] == [
            (f.group, f.numerator, f.denominator) for f in expected
        ]
        subjects, following = answers.behind(asked("dossiers.finished"), "numerator", NOW, 2, "")
        assert ([subject["subject"] for subject in subjects], following) == (["HS-0", "HS-1"], "HS-1")
        today = replace(asked("dossiers.received"), past=PAST + DAY)  # not over yet: as it stands now
        assert answers.figures(today, NOW, each_day=False)[0]["numerator"] == 6
        with pytest.raises(WrongUse, match="end of a day"):
            answers.figures(asked("dossiers.received", NOON), NOW, each_day=False)
        whole, *components = answers.index(FIRST, PAST, NOW, NOW)
        assert whole["name"] == "qd766"
        assert len(components) == sum(len(group.component) for group in decided(None).group)
    finally:
        answers.close()
