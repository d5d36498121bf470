"""Due dates of a dossier with their history (DOMAIN §1.2): computed ones, and what waits and apologies do to them."""

from datetime import date, datetime
from typing import Any

import pytest

from streams.catalogue import Catalogue
from streams.dossiers.story import story
from streams.dossiers.verdicts import Verdict, finished, finished_late_766, portal
from tests.unit.dossier_tools import NO_CATALOGUE, Step, catalogue, life, snapshot, states_of, verdict
from tests.unit.event_tools import at

DUE = snapshot("2026-10-20 08:00", due_at="2026-11-05T17:00:00+07:00")
REQUEST: Step = ("supplement_requested", "2026-11-03 09:00", {})
ANSWER: Step = ("supplement_received", "2026-11-05 09:00", {})
MOVED: Step = ("supplement_received", "2026-11-05 09:00", {"due_at": "2026-11-06T17:00:00+07:00"})
APOLOGY: Step = ("extended", "2026-11-05 16:00", {"due_at": "2026-11-20"})
END: Step = ("result_ready", "2026-11-09 16:00", {})
"""A Monday. The wait took two working days of the due Thursday."""


def due(*steps: Step, by: Catalogue = NO_CATALOGUE) -> datetime | None:
    return states_of(life(*steps), by)[-1].due_at


def verdicts(*steps: Step) -> tuple[str, bool, str]:
    """Ours, whether it is late by QĐ 766, and the portal's: a nightly snapshot repeats what upstream holds."""
    named = [data["due_at"] for kind, _, data in steps if "due_at" in data and kind != "extended"]
    synced = snapshot("2026-11-10 02:00", status=9, due_at=named[-1], finished_at="2026-11-09T16:00:00+07:00")
    events = life(*steps, END, synced)
    last = states_of(events)[-1]
    held = portal(events)
    assert held is not None
    return finished(last, at("2026-11-09 16:00")), finished_late_766(last, at("2026-11-09 16:00")), held.verdict


@pytest.mark.parametrize(
    ("case", "steps", "due_at", "expected"),
    [
        ("a wait, and upstream's new date", [DUE, REQUEST, MOVED], "2026-11-06 17:00", ("late", True, "late")),
        ("a wait, and no new date", [DUE, REQUEST, ANSWER], "2026-11-09 17:00", ("on_time", False, "late")),
        ("an apology", [DUE, APOLOGY], "2026-11-05 17:00", ("late", True, "late")),
        (
            "two waits",
            [
                DUE,
                ("supplement_requested", "2026-10-27 09:00", {}),
                ("supplement_received", "2026-10-28 09:00", {}),
                REQUEST,
                ANSWER,
            ],
            "2026-11-10 17:00",
            ("early", True, "late"),
        ),
    ],
)
def test_each_way_of_moving_a_due_date_has_its_verdict_beside_the_portals(
    case: str, steps: list[Step], due_at: str, expected: tuple[str, bool, str]
) -> None:
    assert due(*steps) == at(due_at), case
    assert verdicts(*steps) == expected, case


def test_a_wait_never_moves_the_date_twice() -> None:
    """Upstream's date may come with the request, within the wait or with the answer; ours is never put on top."""
    new = {"due_at": "2026-11-06T17:00:00+07:00"}
    within: Step = ("status_changed", "2026-11-04 09:00", {"status": 5} | new)
    for steps in ([(*REQUEST[:2], new), ANSWER], [REQUEST, within, ANSWER], [REQUEST, MOVED]):
        assert due(DUE, *steps) == at("2026-11-06 17:00")


def test_upstreams_date_that_comes_after_ours_replaces_it_and_its_old_one_repeated_does_not() -> None:
    night = snapshot("2026-11-06 02:00", status=4, due_at="2026-11-05")
    assert due(DUE, REQUEST, ANSWER, night) == at("2026-11-09 17:00")
    later = snapshot("2026-11-06 02:00", status=4, due_at="2026-11-12T17:00:00+07:00")
    assert due(DUE, REQUEST, ANSWER, later) == at("2026-11-12 17:00")


def test_the_answer_s_date_is_upstreams_own_though_an_apology_named_its_day_unless_ours_is_earlier() -> None:
    """A day that both name launders nothing where the wait alone, to 9 November, would give more time."""
    for named, holds in (("2026-11-06T17:00:00+07:00", "2026-11-06 17:00"), ("2026-11-20", "2026-11-09 17:00")):
        apology: Step = ("extended", "2026-11-04 16:00", {"due_at": named})
        assert due(DUE, REQUEST, apology, (*ANSWER[:2], {"due_at": named})) == at(holds)


def test_a_wait_that_began_after_the_due_date_moves_nothing() -> None:
    late: Step = ("supplement_requested", "2026-11-06 09:00", {})
    assert due(DUE, late, ("supplement_received", "2026-11-12 09:00", {})) == at("2026-11-05 17:00")


def test_a_wait_moves_a_date_without_a_time_to_the_end_of_another_day() -> None:
    day = snapshot("2026-10-20 08:00", due_at="2026-11-05")
    assert due(day, REQUEST, ANSWER) == at("2026-11-09 23:59:59.999999")


def test_a_wait_at_night_takes_no_working_time() -> None:
    asked, answered = ("supplement_requested", "2026-11-03 18:00", {}), ("supplement_received", "2026-11-04 06:00", {})
    assert due(DUE, asked, answered) == at("2026-11-05 17:00")


def test_a_result_while_the_citizen_is_waited_for_ends_the_wait() -> None:
    assert verdict(DUE, REQUEST, ("result_ready", "2026-11-12 09:00", {})) == "on time"


DAYS = catalogue(code="1.001", working_days=5)


def test_without_upstreams_date_ours_is_receipt_and_working_time_the_day_of_receipt_not_counted() -> None:
    """Received on a Tuesday: Wednesday is the first of five working days."""
    received = snapshot("2026-10-20 08:00", received_at="2026-10-20T08:00:00+07:00")
    assert due(received, by=DAYS) == at("2026-10-27 17:00")
    assert due(received, by=catalogue(code="1.001", working_hours=12)) == at("2026-10-21 14:00")
    told = story(life(received), DAYS, at("2026-10-20 09:00"))
    assert told["flags"] == ["unknown_agency", "due_self_computed"]
    assert [(change["after"], change["cause"]) for change in told["due_history"]] == [
        (at("2026-10-27 17:00"), "computed")
    ]


def test_upstreams_date_wins_over_ours_whenever_it_is_told() -> None:
    received = snapshot("2026-10-20 08:00")
    told = ("status_changed", "2026-11-02 09:00", {"status": 4, "due_at": "2026-10-30"})
    assert due(received, told, by=DAYS) == at("2026-10-30 23:59:59.999999")
    assert states_of(life(received, told), DAYS)[0].due_at == at("2026-10-30 23:59:59.999999")


def test_an_apology_never_becomes_the_due_date_where_ours_is_known() -> None:
    received, repeated = snapshot("2026-10-20 08:00"), snapshot("2026-11-07 08:00", due_at="2026-11-20")
    assert due(received, APOLOGY, repeated, by=DAYS) == at("2026-10-27 17:00")


def test_the_policy_restart_begins_the_working_time_anew_and_the_766_clock_only_subtracts() -> None:
    restart = catalogue(code="1.001", working_days=5, pause="restart")
    last = states_of(life(DUE, REQUEST, ANSWER), restart)[-1]
    assert (last.due.at, last.due.at_766) == (at("2026-11-12 17:00"), at("2026-11-09 17:00"))


def test_the_policy_restart_never_gives_less_time_than_the_wait_took() -> None:
    """Upstream promised more than the procedure's working time."""
    restart = catalogue(code="1.001", working_days=1, pause="restart")
    assert due(DUE, REQUEST, ANSWER, by=restart) == at("2026-11-09 17:00")


@pytest.mark.parametrize(("pauses", "day"), [(True, 6), (False, 5)])
def test_waiting_for_a_fee_pauses_the_statutory_clock_only_by_policy_and_never_that_of_qd_766(
    pauses: bool, day: int
) -> None:
    policy = catalogue(code="1.001", working_days=5, fee_pauses=pauses)
    asked, paid = ("fee_requested", "2026-11-03 09:00", {}), ("fee_paid", "2026-11-04 09:00", {})
    last = states_of(life(DUE, asked, paid), policy)[-1]
    assert (last.due.at, last.due.at_766) == (at(f"2026-11-{day:02} 17:00"), at("2026-11-05 17:00"))
    assert verdict(DUE, asked, t="2026-11-08 00:00", by=policy) == ("open" if pauses else "overdue")


def test_an_amended_procedure_keeps_its_old_working_time_for_what_was_received_before() -> None:
    amended = Catalogue(
        procedures=(
            *catalogue(code="1.001", working_days=5, valid_to=date(2026, 10, 21)).procedures,
            *catalogue(code="1.001", working_days=3, valid_from=date(2026, 10, 21)).procedures,
        )
    )
    assert due(snapshot("2026-10-22 08:00", received_at="2026-10-20"), by=amended) == at("2026-10-27 17:00")
    assert due(snapshot("2026-10-22 08:00", received_at="2026-10-21"), by=amended) == at("2026-10-26 17:00")


def test_every_change_of_a_due_date_is_kept_with_before_after_and_cause() -> None:
    night = snapshot("2026-11-06 02:00", status=4, due_at="2026-11-12T17:00:00+07:00")
    told = story(life(DUE, REQUEST, ANSWER, night, APOLOGY_LATER), NO_CATALOGUE, at("2026-11-13 00:00"))
    assert told["first_due_at"] == at("2026-11-05 17:00")
    shown: list[tuple[Any, ...]] = [
        (change["at"], change["before"], change["after"], change["cause"], change["moves_the_verdict"])
        for change in told["due_history"]
    ]
    assert shown == [
        (at("2026-10-20 00:00"), None, at("2026-11-05 17:00"), "upstream", True),
        (at("2026-11-05 09:00"), at("2026-11-05 17:00"), at("2026-11-09 17:00"), "wait", True),
        (at("2026-11-06 02:00"), at("2026-11-09 17:00"), at("2026-11-12 17:00"), "upstream", True),
        (at("2026-11-12 16:00"), at("2026-11-12 17:00"), at("2026-11-20 23:59:59.999999"), "apology", False),
    ]


APOLOGY_LATER: Step = ("extended", "2026-11-12 16:00", {"due_at": "2026-11-20"})


def test_a_verdict_is_early_a_day_before_the_due_day() -> None:
    state = states_of(life(DUE))[-1]
    assert finished(state, at("2026-11-04 23:00")) is Verdict.EARLY
    assert finished(state, at("2026-11-05 00:00")) is Verdict.ON_TIME
    assert finished(state, at("2026-11-05 17:00:01")) is Verdict.LATE
