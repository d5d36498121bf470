"""What a viewer of the wallboard chose, out of the page's address."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.grafana.dossiers import DOSSIERS
from dashboards.grafana.files import BOARDS
from dashboards.grafana.reports import REPORTS
from dashboards.wallboard.chosen import MOST, PERIODS, chosen
from dashboards.wallboard.screen import BARS, Screen, width
from streams.errors import WrongUse

BOARD = REPORTS.render("vi")
NOW = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)  # 10:30 in the province


def variables(*asked: tuple[str, str]) -> dict[str, str]:
    return chosen(BOARD, asked).variables(BOARD)


def test_what_nobody_chose_is_what_the_board_stands_at() -> None:
    assert variables() == {"agency": "NULL", "area": "NULL"}
    dossiers = DOSSIERS.render("vi")
    assert chosen(dossiers, []).variables(dossiers)["indicator"] == "'dossiers.stock'"


def test_several_values_of_one_variable_are_all_meant_in_whatever_order() -> None:
    one, other = ("var-agency", "so-tttt"), ("var-agency", "so-yte")
    assert variables(one, other) == variables(other, one) == {"agency": "'so-tttt','so-yte'", "area": "NULL"}


def test_what_another_board_knows_is_left_out() -> None:
    assert variables(("var-indicator", "dossiers.stock"), ("lang", "en")) == variables()
    dossiers = DOSSIERS.render("vi")
    asked = [("var-indicator", "health.uptime")]
    assert chosen(dossiers, asked) == chosen(dossiers, [])


@given(st.text(alphabet="a'\\\"; -$", min_size=1, max_size=30))
def test_a_value_never_leaves_its_literal(value: str) -> None:
    literal = variables(("var-agency", value))["agency"]
    assert literal[0] == literal[-1] == "'"
    assert literal[1:-1].replace("''", "") == value.replace("'", "")
    assert literal[1:-1].replace("''", "'") == value


@pytest.mark.parametrize("value", ["a" * 200, "a\x00b", "a\nb"])
def test_what_no_code_can_be_is_refused(value: str) -> None:
    with pytest.raises(WrongUse, match="var-agency takes"):
        variables(("var-agency", value))


def test_too_many_values_are_refused() -> None:
    with pytest.raises(WrongUse, match="at most"):
        variables(*(("var-agency", f"a{number}") for number in range(MOST + 1)))


def span(period: str, since: str = "now/d") -> tuple[str, str]:
    lower, upper = chosen(BOARD, [("period", period)] if period else []).span(since, NOW)
    hours = timedelta(hours=7)
    return f"{lower.astimezone(UTC) + hours:%m-%d %H:%M}", f"{upper.astimezone(UTC) + hours:%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("period", "lower", "upper"),
    [
        ("", "11-24 00:00", "11-24 10:30"),
        ("today", "11-24 00:00", "11-24 10:30"),
        ("7d", "11-18 00:00", "11-24 10:30"),
        ("month", "11-01 00:00", "11-24 10:30"),
        ("last-month", "10-01 00:00", "11-01 00:00"),
        ("quarter", "10-01 00:00", "11-24 10:30"),
        ("2026-Q3", "07-01 00:00", "10-01 00:00"),
        ("2026-10-05..2026-10-06", "10-05 00:00", "10-07 00:00"),
        ("2027-01", "01-01 00:00", "01-01 00:00"),
    ],
)
def test_a_period_is_civil_days_of_the_province_and_ends_now_at_the_latest(period: str, lower: str, upper: str) -> None:
    assert span(period) == (lower, upper)


def test_a_board_may_look_back_hours() -> None:
    assert span("", "now-6h") == ("11-24 04:30", "11-24 10:30")


def test_a_period_that_nobody_understands_is_refused_with_those_there_are() -> None:
    with pytest.raises(WrongUse, match="a month 2026-10"):
        chosen(BOARD, [("period", "yesteryear")])


@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=3 * 366)))
def test_a_chart_has_no_more_bars_than_there_is_room_for(long: timedelta) -> None:
    bars = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
    found = width(long, "5m")
    assert long / (int(found[:-1]) * bars[found[-1]]) <= BARS


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
def test_every_panel_of_every_board_asks_for_every_period(board: object) -> None:
    screen = Screen(board, "vi")  # type: ignore[arg-type]  # one of BOARDS
    for period in ("", *PERIODS):
        questions = list(screen.questions(chosen(screen.board, [("period", period)]), NOW))
        assert [question.panel for question in questions] == [
            panel["id"] for panel in screen.board["panels"] if panel["type"] != "text"
        ]
        assert not any("$" in question.sql.replace("$1", "") for question in questions)
