"""Figures of dossiers, out of events: the published ones, and periods that are asked about again."""

from collections import Counter
from datetime import date
from typing import Any

from tests.unit.dossier_tools import Step, life, of, snapshot
from tests.unit.fold_tools import cells, figure


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


YEAR = date(2026, 1, 1), date(2027, 1, 1)


def counted(n: int, *later: Step, **data: Any) -> Counter[Any]:
    """The cells of n dossiers that were received in October and due on 5 November."""
    events = life(snapshot("2026-10-20 08:00", due_at="2026-11-05", **data), *later)
    return Counter({cell: n * count for cell, count in cells(of(events)).items()})


def together(*counts: Counter[Any]) -> Counter[Any]:
    """The sum, with what is taken back in it: Counter's own addition would leave that out."""
    found: Counter[Any] = Counter()
    for one in counts:
        found.update(one)
    return found


def ended(time: str) -> Step:
    return "result_ready", time, {}


def shown(found: Counter[Any], name: str, first: date = YEAR[0], past: date = YEAR[1]) -> tuple[int, int | None, str]:
    answer = figure(name, found, first, past)
    return answer.numerator, answer.denominator, answer.shown


def test_the_published_figures_come_out_exactly() -> None:
    """Account 003: 237 630 of 238 539 on time; 4 810 filed online, of 27 873 where that was offered and of them all."""
    found = counted(4_810, ended("2026-11-04 08:00"), online_level=4, channel="online")
    found.update(counted(27_873 - 4_810, ended("2026-11-04 08:00"), online_level=3, channel="counter"))
    found.update(counted(237_630 - 27_873, ended("2026-11-05 16:00"), online_level=2, channel="counter"))
    found.update(counted(238_539 - 237_630, ended("2026-11-06 08:00"), channel="post"))
    assert shown(found, "dossiers.received") == (238_539, None, "238.539")
    assert shown(found, "dossiers.on_time") == (237_630, 238_539, "99,61 %")
    assert shown(found, "dossiers.settled_on_time") == (237_630, 238_539, "99,61 %")
    assert shown(found, "dossiers.online_eligible") == (4_810, 27_873, "17,25 %")
    assert shown(found, "dossiers.online") == (4_810, 238_539, "2,01 %")


def test_account_001s_dossiers_filed_online_come_out_exactly() -> None:
    found = together(counted(21_140, channel="online"), counted(195_948 - 21_140, channel="counter"))
    assert shown(found, "dossiers.online") == (21_140, 195_948, "10,78 %")


def test_of_the_settled_the_early_the_punctual_and_the_late_stand_apart() -> None:
    found = together(
        counted(5, ended("2026-11-04 23:00")),
        counted(3, ended("2026-11-05 00:00")),
        counted(2, ended("2026-11-06 00:00")),
    )
    parts = [shown(found, f"dossiers.{name}")[0] for name in ("finished_early", "finished_on_time", "finished_late")]
    assert (parts, shown(found, "dossiers.finished")[0]) == ([5, 3, 2], 10)
    assert shown(found, "dossiers.settled_on_time") == (8, 10, "80,00 %")


def test_carried_over_and_received_are_settled_and_stock_in_every_period() -> None:
    """The two sides of the form that people sign (DOMAIN §2)."""
    found = together(
        counted(7),
        counted(5, ended("2026-11-04 08:00")),
        counted(2, ended("2026-12-06 08:00")),
        counted(1, ("withdrawn", "2026-11-10 08:00", {})),
    )
    first = date(2026, 10, 1)
    sides = []
    for past in (date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)):
        names = ("carried_over", "received", "finished", "stock")
        sides.append(tuple(shown(found, f"dossiers.{name}", first, past)[0] for name in names))
        first = past
    assert sides == [(0, 15, 0, 15), (15, 0, 6, 9), (9, 0, 2, 7)]


def test_overdue_with_an_apology_is_a_share_of_all_that_is_overdue_settled_or_not() -> None:
    apology: Step = ("extended", "2026-11-05 08:00", {"due_at": "2026-11-20"})
    found = together(
        counted(4, apology),
        counted(3),
        counted(2, apology, ended("2026-11-19 08:00")),
        counted(1, ended("2026-11-19 08:00")),
        counted(50, apology, ended("2026-11-05 09:00")),
    )
    assert shown(found, "dossiers.overdue_apologised") == (6, 10, "60,00 %")


def test_what_is_asked_of_those_received_in_a_period_is_told_as_it_stood_at_its_end() -> None:
    """A fee that is paid in November changes nothing in October's figure."""
    found = together(
        counted(3, ("fee_paid", "2026-11-02 08:00", {"paid_online": True}), fee_due=50_000),
        counted(1, fee_due=50_000, paid_online=True, digitised_in=True),
        counted(6, synced_at="2026-10-21"),
    )
    october = date(2026, 10, 1), date(2026, 11, 1)
    assert shown(found, "dossiers.paid_online", *october) == (1, 4, "25,00 %")
    assert shown(found, "dossiers.paid_online", date(2026, 10, 1), date(2026, 12, 1)) == (4, 4, "100,00 %")
    assert shown(found, "dossiers.paid_online", date(2026, 11, 1), date(2026, 12, 1)) == (0, 0, "N/A")
    assert shown(found, "dossiers.digitised_in", *october) == (1, 10, "10,00 %")
    assert shown(found, "dossiers.synced", *october) == (6, 10, "60,00 %")


def test_results_are_digital_among_those_that_end_with_one() -> None:
    digital: Step = ("result_ready", "2026-11-04 08:00", {"digitised_result": True})
    found = (
        counted(3, digital) + counted(1, ended("2026-11-04 08:00")) + counted(9, ("stopped", "2026-11-04 08:00", {}))
    )
    assert shown(found, "dossiers.digitised_result") == (3, 4, "75,00 %")
    withdrawn = counted(9, ("withdrawn", "2026-11-04 08:00", {"digitised_result": True}))
    assert shown(found + withdrawn, "dossiers.digitised_result") == (3, 4, "75,00 %")


def test_satisfaction_is_of_those_who_rated_and_by_qd_766_of_all() -> None:
    done = ended("2026-11-04 08:00")
    rated = [counted(n, done, ("rated", "2026-11-05 08:00", {"rating": r})) for n, r in ((6, 5), (2, 3), (2, 1))]
    found = together(*rated, counted(8, done), counted(2, ended("2026-11-09 08:00")))
    assert shown(found, "dossiers.rated")[0] == 10
    assert shown(found, "dossiers.satisfaction") == (6, 10, "60,00 %")
    assert shown(found, "dossiers.satisfaction_766") == (16, 20, "80,00 %")


def test_an_unknown_status_is_in_stock_and_in_no_verdict() -> None:
    found = together(
        counted(1, ("status_changed", "2026-10-21 08:00", {"status": 42})), counted(3, ended("2026-11-04 08:00"))
    )
    assert shown(found, "dossiers.on_time") == (3, 3, "100,00 %")
    assert [shown(found, f"dossiers.{name}")[0] for name in ("stock", "unclear", "overdue")] == [1, 1, 0]


def test_levels_are_as_they_stood_at_the_end_of_the_period() -> None:
    asked: Step = ("supplement_requested", "2026-11-04 08:00", {})
    found = together(counted(4), counted(2, asked))
    ends = {"due_soon": date(2026, 11, 5), "overdue": date(2026, 11, 6), "waiting": date(2026, 11, 6)}
    assert {name: shown(found, f"dossiers.{name}", YEAR[0], past)[0] for name, past in ends.items()} == {
        "due_soon": 4, "overdue": 4, "waiting": 2,
    }  # fmt: skip
    assert shown(found, "dossiers.due_soon", YEAR[0], date(2026, 11, 4))[0] == 0
    assert shown(found, "dossiers.due_soon", YEAR[0], date(2026, 11, 6))[0] == 0


def test_refusals_and_withdrawals_before_receipt_stand_apart() -> None:
    found = together(
        counted(3, ("status_changed", "2026-10-21 08:00", {"status": 3}), status=1, received_at=None),
        counted(2, ("withdrawn", "2026-10-21 08:00", {}), status=1, received_at=None),
        counted(4, ("withdrawn", "2026-10-21 08:00", {})),
        counted(1, ("stopped", "2026-10-21 08:00", {})),
    )
    names = ("received", "not_received", "withdrawn_unreceived", "withdrawn", "stopped", "finished")
    assert [shown(found, f"dossiers.{name}")[0] for name in names] == [5, 3, 2, 4, 1, 5]


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
