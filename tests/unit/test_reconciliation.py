"""Reconciliation: what differs between two sides of a dossier, and nothing else."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from streams.dossiers.verdicts import Verdict
from streams.reconciliation import Difference, Standing, compare

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
DAY = timedelta(days=1)
moments = st.one_of(st.none(), st.integers(-30, 30).map(lambda days: NOW + days * DAY))
standings = st.builds(Standing, st.integers(1, 10), moments, moments)


@given(standings)
def test_a_side_does_not_differ_from_itself(side: Standing) -> None:
    assert list(compare("HS-1", side, side, NOW)) == []


@given(standings, standings)
def test_differences_are_the_same_from_both_sides(one: Standing, other: Standing) -> None:
    there = [(d.what, d.portal, d.ours) for d in compare("HS-1", one, other, NOW)]
    back = [(d.what, d.ours, d.portal) for d in compare("HS-1", other, one, NOW)]
    assert there == back


def test_a_dossier_of_one_side_differs_in_existence_alone() -> None:
    side = Standing(4, NOW, None)
    assert list(compare("HS-1", side, None, NOW)) == [Difference("HS-1", "existence", "exists", "missing")]
    assert list(compare("HS-1", None, side, NOW)) == [Difference("HS-1", "existence", "missing", "exists")]


def test_due_dates_are_compared_by_the_day() -> None:
    noon, evening = Standing(4, NOW + DAY, None), Standing(4, NOW + DAY + timedelta(hours=9), None)
    assert list(compare("HS-1", noon, evening, NOW)) == []


def test_each_side_is_judged_by_its_own_dates() -> None:
    late, in_time = Standing(10, NOW - 2 * DAY, NOW - DAY), Standing(10, NOW, NOW - DAY)
    assert (late.verdict(NOW), in_time.verdict(NOW)) == (Verdict.LATE, Verdict.ON_TIME)
    assert Standing(4, NOW - DAY, None).verdict(NOW) is Verdict.OVERDUE
    assert Standing(5, NOW - DAY, None).verdict(NOW) is Verdict.OPEN
    assert Standing(4, NOW - DAY, None, overdue=False).verdict(NOW) is Verdict.OPEN
