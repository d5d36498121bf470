"""Figures of dossiers, out of events: the published ones, and periods that are asked about again."""

from collections import Counter
from datetime import date
from typing import Any

from streams.flows import cells
from tests.unit.dossier_tools import life, of, snapshot
from tests.unit.fold_tools import figure


def test_the_domains_october_stays_october_when_it_is_asked_about_in_december() -> None:
    """Received 20/10, due 5/11, finished 8/11: in time on 31/10, late in November."""
    october, november = (date(2026, 10, 1), date(2026, 11, 1)), (date(2026, 11, 1), date(2026, 12, 1))
    begun = life(snapshot("2026-10-20 08:00", due_at="2026-11-05"))
    ended = begun + life(("result_ready", "2026-11-08 09:00", {}))
    for known in (begun, ended):
        found = cells(of(known))
        on_time = figure("dossiers.on_time", found, *october)
        assert (on_time.numerator, on_time.denominator, on_time.shown) == (1, 1, "100,00 %")
    found = cells(of(ended))
    on_time = figure("dossiers.on_time", found, *november)
    assert (on_time.numerator, on_time.denominator, on_time.shown) == (0, 1, "0,00 %")
    assert figure("dossiers.received", found, *october).numerator == 1
    assert figure("dossiers.received", found, *november).numerator == 0
    december = figure("dossiers.on_time", found, date(2026, 12, 1), date(2027, 1, 1))
    assert (december.denominator, december.shown) == (0, "N/A")


def test_the_published_figures_come_out_exactly() -> None:
    """Account 003: 237 630 of 238 539 on time; 4 810 of 27 873 filed online where that was offered."""

    def counted(n: int, finished: str, **data: Any) -> Counter[Any]:
        events = life(snapshot("2026-10-20 08:00", due_at="2026-11-05", **data), ("result_ready", finished, {}))
        return Counter({cell: n * count for cell, count in cells(of(events)).items()})

    found = counted(4_810, "2026-11-04 08:00", online_level=4, channel="online")
    found.update(counted(27_873 - 4_810, "2026-11-04 08:00", online_level=3, channel="counter"))
    found.update(counted(237_630 - 27_873, "2026-11-05 16:00", online_level=2, channel="online"))
    found.update(counted(238_539 - 237_630, "2026-11-06 08:00"))
    year = date(2026, 1, 1), date(2027, 1, 1)
    shown = {
        name: (answer.numerator, answer.denominator, answer.shown)
        for name in ("dossiers.received", "dossiers.on_time", "dossiers.online_eligible")
        for answer in [figure(name, found, *year)]
    }
    assert shown == {
        "dossiers.received": (238_539, None, "238.539"),
        "dossiers.on_time": (237_630, 238_539, "99,61 %"),
        "dossiers.online_eligible": (4_810, 27_873, "17,25 %"),
    }


def test_an_october_end_stays_in_october_and_is_taken_back_on_the_day_that_work_begins_again() -> None:
    reopened = life(
        snapshot("2026-10-20 08:00", due_at="2026-11-05"),
        ("result_ready", "2026-10-25 08:00", {}),
        ("status_changed", "2026-11-03 08:00", {"status": 4}),
    )
    found = cells(of(reopened))
    october = figure("dossiers.on_time", found, date(2026, 10, 1), date(2026, 11, 1))
    assert (october.numerator, october.denominator) == (1, 1)
    both = figure("dossiers.on_time", found, date(2026, 10, 1), date(2026, 12, 1))
    assert (both.numerator, both.denominator) == (0, 1)
