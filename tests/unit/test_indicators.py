"""Indicators: how their numbers are read from cells, rounded and shown (DOMAIN §2)."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.contracts import STREAMS
from streams.errors import WrongUse
from streams.flows import Cell
from streams.indicators.figures import Figure, Part, figures
from streams.indicators.health_uptime import UPTIME
from streams.indicators.question import GROUPS, Question
from streams.indicators.registry import INDICATORS, indicator
from streams.indicators.rounding import count, duration, percent
from streams.indicators.terms import Indicator, Read, Term, cohort, counts_in, flow, level

PROCESSED, RECEIVED = INDICATORS["reports.processed"], INDICATORS["reports.received"]
FIRST, PAST = date(2026, 10, 1), date(2026, 11, 1)
AS_OF = datetime(2026, 10, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (237_630, 238_539, "99,61 %"),
        (4_810, 27_873, "17,25 %"),
        (4_810, 238_539, "2,01 %"),
        (21_140, 195_948, "10,78 %"),
        (1_344, 1_722, "78,04 %"),
        (45, 70, "64,28 %"),
        (63, 70, "90,00 %"),
        (40, 45, "88,88 %"),
        (20, 22, "90,90 %"),
        (1, 1, "100,00 %"),
        (0, 7, "0,00 %"),
        (9_999_999, 10_000_000, "99,99 %"),
        (0, 0, "N/A"),
        (5, 0, "N/A"),
        (-1, 200, "-0,50 %"),
        (-1, 200_000, "0,00 %"),
        (-1, -1, "N/A"),
    ],
)
def test_percentages_have_a_decimal_comma_and_two_places_truncated(
    numerator: int, denominator: int, shown: str
) -> None:
    assert percent(numerator, denominator) == shown


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(237_630, 238_539, "99,62 %"), (40, 45, "88,89 %"), (1, 8, "12,50 %"), (12_345, 1_000_000, "1,23 %"),
     (12_350, 1_000_000, "1,24 %"), (999_999, 1_000_000, "100,00 %"), (0, 0, "N/A"), (-12_350, 1_000_000, "-1,24 %")],
)  # fmt: skip
def test_half_up_is_a_setting(numerator: int, denominator: int, shown: str) -> None:
    assert percent(numerator, denominator, "half_up") == shown


@pytest.mark.parametrize(
    ("seconds", "vi", "en"),
    [
        (0, "0 giây", "0 s"),
        (119.4, "119 giây", "119 s"),
        (120, "2 phút", "2 min"),
        (7199, "120 phút", "120 min"),
        (18_720, "5,2 giờ", "5,2 h"),
        (302_400, "3,5 ngày", "3,5 d"),
    ],
)
def test_a_duration_has_the_largest_unit_of_which_there_are_two(seconds: float, vi: str, en: str) -> None:
    assert (duration(seconds), duration(seconds, "en")) == (vi, en)


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12), st.sampled_from(["truncate", "half_up"]))
def test_rounding_is_that_of_exact_decimals(numerator: int, denominator: int, rounding: Any) -> None:
    """Held against the decimal module with more digits than any of these has."""
    with localcontext() as context:
        context.prec = 60
        exact = 100 * Decimal(numerator) / denominator
        expected = exact.quantize(Decimal("0.01"), ROUND_DOWN if rounding == "truncate" else ROUND_HALF_UP)
    sign = "-" if expected < 0 else ""
    assert percent(numerator, denominator, rounding) == f"{sign}{abs(expected)} %".replace(".", ",")


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (999, "999"), (238_539, "238.539"), (1_366_349, "1.366.349")])
def test_counts_are_grouped_by_points(number: int, shown: str) -> None:
    assert count(number) == shown


def test_the_registry_names_every_indicator_of_issue_3_and_each_explains_itself() -> None:
    assert set(INDICATORS) >= {
        "reports.received", "reports.processed", "dossiers.received", "dossiers.on_time", "dossiers.online_eligible",
        "health.uptime",
    }  # fmt: skip
    for name, one in INDICATORS.items():
        assert name == one.name
        assert re.fullmatch(r"(reports|dossiers|health)\.[a-z][a-z0-9_]+", name)
        assert all((one.title_vi, one.title_en, one.definition, one.definition_vi, one.source))
        assert one.stream in GROUPS
        assert one.stream in {stream.name for stream in STREAMS}
        assert all(term.measure.startswith(one.stream) for term in (*one.numerator, *(one.denominator or ())))
        assert indicator(name) is one


def test_an_unknown_indicator_is_wrong_use_and_names_near_ones_or_those_there_are() -> None:
    with pytest.raises(WrongUse, match=r"'reports\.recieved'.*did you mean.*reports\.received"):
        indicator("reports.recieved")
    with pytest.raises(WrongUse, match=r"'xyz'.*reports\.received"):
        indicator("xyz")


DAYS = st.integers(-5, 40).map(lambda n: FIRST + timedelta(days=n))


@given(DAYS, st.none() | DAYS, DAYS, DAYS, st.sampled_from(list(Read)))
def test_a_cell_counts_by_its_day_or_its_cohort(
    day: date, received: date | None, first: date, past: date, read: Read
) -> None:
    cell = Cell("m", ("a", "k"), received, day)
    expected = {
        Read.FLOW: received is None and first <= day < past,
        Read.LEVEL: received is None and day < past,
        Read.COHORT: received is not None and day < past and first <= received < past,
    }
    assert counts_in(Term("m", read), cell, first, past) == expected[read]
    assert not counts_in(Term("other", read), cell, first, past)


def test_terms_are_written_by_how_they_are_read() -> None:
    assert (flow("m"), level("m", -1), cohort("m")) == (
        Term("m", Read.FLOW, 1),
        Term("m", Read.LEVEL, -1),
        Term("m", Read.COHORT, 1),
    )


def asked(what: Indicator, parts: list[Part], **question: Any) -> list[Figure]:
    return figures(Question(what, FIRST, PAST, AS_OF, **question), parts, 1.5)


PARTS = [
    Part({"agency": "so-y-te", "category": "rac"}, 1, 2),
    Part({"agency": "so-y-te", "category": "den"}, 3, 4),
    Part({"agency": "ubnd", "category": "rac"}, 5, 5),
]


def test_without_a_group_there_is_one_figure_of_everything() -> None:
    (figure,) = asked(PROCESSED, PARTS)
    assert (figure.group, figure.numerator, figure.denominator, figure.shown) == (None, 9, 11, "81,81 %")
    assert figure.value == pytest.approx(100 * 9 / 11)
    assert (figure.as_of, figure.data_age_s, figure.rounding) == (AS_OF, 1.5, "truncate")


@pytest.mark.parametrize(
    ("group_by", "sums"),
    [("agency", {"so-y-te": (4, 6), "ubnd": (5, 5)}), ("category", {"rac": (6, 7), "den": (3, 4)})],
)
def test_groups_add_up_to_the_whole(group_by: str, sums: dict[str, tuple[int, int]]) -> None:
    found = asked(PROCESSED, PARTS, group_by=(group_by,))
    assert {f.group: (f.numerator, f.denominator) for f in found} == sums
    assert [f.group for f in found] == sorted(sums)
    (whole,) = asked(PROCESSED, PARTS)
    assert sum(f.numerator for f in found) == whole.numerator


def test_of_nothing_there_is_one_figure_without_a_group_and_none_with_one() -> None:
    (ratio,) = asked(PROCESSED, [])
    assert (ratio.numerator, ratio.denominator, ratio.value, ratio.shown) == (0, 0, None, "N/A")
    (number,) = asked(RECEIVED, [])
    assert (number.numerator, number.denominator, number.value, number.shown) == (0, None, 0, "0")
    assert asked(PROCESSED, [], group_by=("agency",)) == []


def test_where_more_work_was_taken_back_than_done_no_percentage_applies() -> None:
    """An end of last month that was taken back in this one, by an agency that has passed the work on."""
    (figure,) = asked(PROCESSED, [Part({}, -1, -1)])
    assert (figure.numerator, figure.denominator, figure.value, figure.shown) == (-1, -1, None, "N/A")


def test_a_count_has_no_denominator() -> None:
    (figure,) = asked(RECEIVED, [Part({}, 1234, None), Part({}, 1, None)])
    assert (figure.numerator, figure.denominator, figure.value, figure.shown) == (1235, None, 1235, "1.235")


@pytest.mark.parametrize("name", list(INDICATORS))
def test_a_group_that_a_stream_does_not_have_is_wrong_use(name: str) -> None:
    for group in ("province", "agency" if name.startswith("health") else "system"):
        with pytest.raises(WrongUse, match=f"{name} can be grouped by day"):
            asked(INDICATORS[name], [], group_by=(group,))


def test_half_up_is_shown_and_said() -> None:
    (figure,) = asked(PROCESSED, PARTS, rounding="half_up")
    assert (figure.shown, figure.rounding) == ("81,82 %", "half_up")


HOUR = 3_600_000_000


@pytest.mark.parametrize(
    ("observed", "due", "shown"),
    [(90, 100, "50,00 %"), (89, 100, "N/A"), (0, 0, "N/A"), (100, 100, "50,00 %")],
)
def test_uptime_is_shown_in_seconds_and_not_under_90_percent_coverage(observed: int, due: int, shown: str) -> None:
    (figure,) = asked(UPTIME, [Part({"system": "portal"}, HOUR, 2 * HOUR, observed, due)])
    assert (figure.numerator, figure.denominator, figure.shown) == (3600, 7200, shown)
    assert figure.coverage == (observed if due else 0.0)
    assert (figure.value is None) == (shown == "N/A")


def test_coverage_is_of_all_systems_together() -> None:
    (figure,) = asked(UPTIME, [Part({}, 1, 1, 100, 100), Part({}, 1, 1, 50, 100)])
    assert (figure.coverage, figure.shown) == (75.0, "N/A")


def test_the_public_form_of_a_figure() -> None:
    (figure,) = asked(PROCESSED, PARTS)
    assert figure.as_json() == {
        "name": "reports.processed", "group": None, "from": FIRST, "to": PAST, "numerator": 9, "denominator": 11,
        "value": figure.value, "shown": "81,81 %", "rounding": "truncate", "as_of": AS_OF, "data_age_s": 1.5,
    }  # fmt: skip
    (uptime,) = asked(UPTIME, [Part({}, 1, 1)])
    assert uptime.as_json()["coverage"] == 100.0
