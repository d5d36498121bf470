"""Nobody is woken for nothing: ordinary traffic pages nobody, an outage pages once (tests/quiet_week.py)."""

from datetime import timedelta

from tests.quiet_week import BEGIN, OUTAGE, watch


def test_half_a_day_of_ordinary_traffic_pages_nobody() -> None:
    told = watch(seed=1, end=BEGIN + timedelta(hours=12))
    assert [one for one in told if one.is_page] == []
    assert {one.alert.rule for one in told} >= {"overdue-digest"}, "rules look, and digests are told"


def test_an_outage_of_the_data_centre_is_one_page() -> None:
    told = watch(seed=1, end=BEGIN + OUTAGE[0] + timedelta(hours=1), outage="data-centre")
    pages = [one for one in told if one.is_page]
    assert [(one.alert.rule, one.alert.labels) for one in pages] == [("system-down", {"system": "data-centre"})]
    assert timedelta(0) < pages[0].at - (BEGIN + OUTAGE[0]) < timedelta(minutes=5)
    assert "lgsp" in pages[0].alert.evidence["affected"], "what stands on it is told with it"
