"""The QĐ 766 index: its configuration adds up, gives points at its thresholds, and lists what events cannot tell."""

import re
from datetime import date, datetime
from fractions import Fraction
from importlib import resources

import pytest

from streams.catalogue import Catalogue, Procedure
from streams.indicators.qd766 import Formulas, Index, formulas, index, shown
from streams.indicators.qd766_parts import listed
from streams.indicators.registry import INDICATORS, indicator
from tests.unit.event_tools import at

TEXT = (resources.files("streams.indicators") / "qd766.toml").read_text(encoding="utf-8")
NOW = at("2026-11-24 08:00")


@pytest.fixture(scope="module")
def decided() -> Formulas:
    return formulas(TEXT)


def points(found: Index, component: str) -> str:
    (score,) = (score for score in found.scores if score.component.id == component)
    return shown(score.points)


def test_the_groups_are_18_20_22_22_and_18_points_and_every_component_names_its_source(decided: Formulas) -> None:
    assert [group.points for group in decided.group] == [18, 20, 22, 22, 18]
    assert all(component.source.startswith("[766]") for group in decided.group for component in group.component)


def test_every_share_it_takes_is_an_indicator_there_is(decided: Formulas) -> None:
    assert set(decided.indicators()) <= set(INDICATORS)
    assert {"dossiers.on_time_766", "dossiers.satisfaction_766", "reports.satisfaction_766"} <= set(
        decided.indicators()
    )


def test_a_share_gives_points_in_proportion_up_to_its_threshold(decided: Formulas) -> None:
    """80 for procedures, 50 for dossiers filed online, 90 for satisfaction (DOMAIN §2)."""
    shares = {
        "dossiers.on_time_766": (237_630, 238_539),
        "dossiers.online": (25, 100),
        "dossiers.procedures_offered_online": (80, 100),
        "dossiers.satisfaction_766": (89, 100),
    }
    found = index(decided, shares)
    assert [points(found, name) for name in ("on_time", "filed", "offered", "dossier_satisfaction")] == [
        "19,92", "3,00", "2,00", "5,93",
    ]  # fmt: skip
    beyond = index(decided, {"dossiers.online": (51, 100), "dossiers.satisfaction_766": (-1, 10)})
    assert (points(beyond, "filed"), points(beyond, "dossier_satisfaction")) == ("6,00", "0,00")


def test_what_events_cannot_tell_is_listed_and_left_out_of_the_sum_and_of_its_whole(decided: Formulas) -> None:
    everything = index(decided, dict.fromkeys(decided.indicators(), (1, 1)))
    missing = [score for score in everything.scores if score.points is None]
    assert [score.component.id for score in missing] == [
        "announced_on_time", "published_on_time", "published_in_full", "reused", "shared", "population_procedures",
        "population_dossiers", "certified_copies",
    ]  # fmt: skip
    assert all(score.reason for score in missing)
    assert (everything.points, everything.of) == (Fraction(76), 76)


def test_nothing_to_take_a_share_of_is_not_applicable_but_where_nothing_had_to_be_done(decided: Formulas) -> None:
    nothing = index(decided, dict.fromkeys(decided.indicators(), (0, 0)))
    assert (points(nothing, "on_time"), points(nothing, "feedback_on_time")) == ("N/A", "6,00")
    assert (nothing.points, nothing.of) == (Fraction(12), 12)


@pytest.mark.parametrize(
    ("found", "put", "fault"),
    [
        ("points = 20", "points = 19", "on_time"),
        ('missing = "certified copies are not in any event"', "", "certified_copies"),
        ("threshold = 90", "threshold = 101", "threshold"),
        ("empty_is_full = true", "empty_is_ful = true", "empty_is_ful"),
        ("points = 18", "points = 17", "transparency"),
    ],
)
def test_formulas_that_do_not_add_up_say_where(found: str, put: str, fault: str) -> None:
    expected = "progress" if fault == "on_time" else fault
    with pytest.raises(ValueError, match=re.escape(expected)):
        formulas(TEXT.replace(found, put, 1))


def counted(name: str, known: Catalogue, moment: datetime = NOW, **dossiers: int) -> tuple[int, int | None]:
    of = indicator(f"dossiers.{name}").of_procedures
    assert of is not None
    return of.share(known, moment, dossiers)


def services(*counts: tuple[int, int, bool]) -> Catalogue:
    """Procedures by (how many, level, with online payment)."""
    made, number = [], 0
    for many, level, payable in counts:
        for _ in range(many):
            number += 1
            fields = {"title": "Thủ tục", "field": "y-te", "working_days": 5, "online_payment": payable}
            made.append(Procedure(code=f"{number}", online_level=level, **fields))
    return Catalogue(procedures=tuple(made))


def test_the_published_services_by_level_come_out_of_the_catalogue() -> None:
    """Account 004: 1 933 services, 1 532 of level 1 and 2, 91 of level 3 and 310 of level 4."""
    known = services((1_532, 2, False), (91, 3, False), (310, 4, False))
    names = ("services_informed", "services_partial", "services_full", "services")
    assert [counted(name, known) for name in names] == [(1_532, None), (91, None), (310, None), (1_933, None)]
    assert counted("procedures_offered_online", known) == (401, 1_933)


def test_the_published_procedures_with_online_payment_come_out_of_the_catalogue() -> None:
    """Account 003: 1 344 of 1 722, 78,04 %."""
    assert counted("procedures_payable_online", services((1_344, 3, True), (378, 3, False))) == (1_344, 1_722)


def test_procedures_are_counted_as_they_hold_at_the_moment() -> None:
    def one(code: str, level: int, first: date | None = None, past: date | None = None) -> Procedure:
        return Procedure(
            code=code,
            title="Thủ tục",
            field="y-te",
            working_days=5,
            online_level=level,
            valid_from=first,
            valid_to=past,
        )

    changed = date(2026, 11, 1)
    known = Catalogue(procedures=(one("a", 2, past=changed), one("a", 4, changed), one("b", 3, past=changed)))
    assert counted("procedures_offered_online", known, at("2026-10-31 23:59")) == (1, 2)
    assert counted("procedures_offered_online", known, at("2026-11-01 00:00")) == (1, 1)


def test_procedures_with_dossiers_filed_and_paid_online_are_counted_once_each() -> None:
    fees = {"title": "Thủ tục", "field": "y-te", "working_days": 5}
    known = Catalogue(
        procedures=(
            Procedure(code="a", online_level=4, fee=10, **fees),
            Procedure(code="b", online_level=3, fee=10, **fees),
            Procedure(code="c", online_level=2, **fees),
        )
    )
    assert counted("procedures_filed_online", known, NOW, a=12, b=0, c=3, unassigned=9) == (1, 2)
    assert counted("procedures_paid_online", known, NOW, a=1, b=2, c=3) == (2, 2)


def test_boards_list_the_whole_its_groups_and_what_is_missing_with_the_reason(decided: Formulas) -> None:
    shares = {"dossiers.on_time_766": (9, 10), "dossiers.online": (1, 3)}
    lines = listed(decided, index(decided, shares))
    whole, groups = lines[0], {line["id"]: line for line in lines if line["kind"] == "group"}
    assert [line["place"] for line in lines] == list(range(len(lines)))
    assert (whole["shown"], whole["maximum"], whole["percent"]) == ("22,00", 26, 84), "18 + 6 × 33,33 % ÷ 50 %"
    assert (groups["progress"]["shown"], groups["progress"]["maximum"]) == ("18,00", 20)
    assert (groups["transparency"]["shown"], groups["transparency"]["percent"]) == ("N/A", None)
    components = {line["id"]: line for line in lines if line["kind"] == "component"}
    assert len(components) == sum(len(group.component) for group in decided.group)
    assert (components["filed"]["numerator"], components["filed"]["denominator"]) == (1, 3)
    assert all(line["reason_vi"] != line["reason_en"] for line in components.values() if line["shown"] == "N/A")
