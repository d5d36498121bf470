"""Bad and unusual input of dossiers: kept, flagged with the reason, and left out of the indicator concerned."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from streams.catalogue import Agency, Catalogue, Field
from streams.dossiers.flags import flags
from streams.dossiers.life_cycle import USUAL
from tests.unit.dossier_tools import NO_CATALOGUE, Step, catalogue, life, of, snapshot, states_of, totals
from tests.unit.event_tools import at

DUE = snapshot("2026-10-20 08:00", status=4, due_at="2026-11-05")


def flagged(*steps: Step, by: Catalogue = NO_CATALOGUE) -> tuple[str, ...]:
    return flags(states_of(life(*steps), by)[-1])


def counted(*steps: Step, t: str = "2027-01-01 00:00") -> Counter[str]:
    return totals(of(life(*steps)), at(t))


def status(code: int, time: str) -> Step:
    return ("status_changed", time, {"status": code})


@pytest.mark.parametrize("before", range(1, 11))
@pytest.mark.parametrize("after", range(1, 11))
def test_an_unusual_edge_is_applied_and_flagged(before: int, after: int) -> None:
    steps = snapshot("2026-10-20 08:00", status=before), status(after, "2026-10-21 08:00")
    assert states_of(life(*steps))[-1].status == after
    assert ("unusual_edge" in flagged(*steps)) == (before != after and (before, after) not in USUAL)


def test_an_unknown_status_leaves_the_dossier_where_it_stood_unjudged_until_a_known_one_comes() -> None:
    unknown = status(42, "2026-11-01 08:00")
    assert flagged(DUE, unknown) == ("unknown_status",)
    assert counted(DUE, unknown) == {"received": 1, "open": 1, "unclear": 1}
    known = status(4, "2026-11-02 08:00")
    assert flagged(DUE, unknown, known) == ()
    assert counted(DUE, unknown, known) == {"received": 1, "open": 1, "overdue": 1}


def test_an_unknown_status_after_the_end_does_not_begin_the_work_again() -> None:
    ended: Step = ("result_ready", "2026-11-01 08:00", {})
    assert counted(DUE, ended, status(42, "2026-11-02 08:00")) == counted(DUE, ended)


def test_a_rating_of_nine_is_flagged_and_counts_as_none() -> None:
    assert flagged(DUE, ("rated", "2026-11-01 08:00", {"rating": 9})) == ("unknown_rating",)
    rated = counted(DUE, ("rated", "2026-11-01 08:00", {"rating": 9}), ("rated", "2026-11-02 08:00", {"rating": 2}))
    assert (rated["satisfied"], rated["neutral"], rated["dissatisfied"]) == (0, 0, 1)


def test_a_citizen_who_rates_again_is_counted_once() -> None:
    rated = counted(DUE, ("rated", "2026-11-01 08:00", {"rating": 1}), ("rated", "2026-11-02 08:00", {"rating": 5}))
    assert (rated["satisfied"], rated["neutral"], rated["dissatisfied"]) == (1, 0, 0)


def test_two_events_of_the_same_second_are_ordered_by_their_place_in_the_life_cycle() -> None:
    same = "2026-11-01 08:00"
    steps = [DUE, ("returned", same, {}), ("result_ready", same, {}), status(4, same)]
    assert [state.status for state in states_of(life(*steps))] == [4, 4, 9, 10]
    assert flagged(*steps) == ()


def test_an_apology_in_time_is_told_beside_the_overdue_and_one_after_the_end_only_flagged() -> None:
    apology: Step = ("extended", "2026-11-06 08:00", {"due_at": "2026-11-20"})
    assert counted(DUE, apology)["overdue_apologised"] == 1
    ended: Step = ("result_ready", "2026-11-10 08:00", {})
    assert counted(DUE, apology, ended)["finished_apologised"] == 1
    after: Step = ("extended", "2026-11-12 08:00", {"due_at": "2026-11-20"})
    assert counted(DUE, ended, after)["finished_apologised"] == 0
    assert flagged(DUE, ended, after) == ("apology_after_end",)


def test_more_than_one_request_is_overdue_by_qd_766_alone() -> None:
    asked: list[Step] = [
        ("supplement_requested", "2026-10-22 08:00", {}),
        ("supplement_received", "2026-10-23 08:00", {}),
        ("supplement_requested", "2026-10-26 08:00", {}),
    ]
    before, after = "2026-10-26 08:00", "2026-10-26 08:01"
    assert counted(DUE, *asked, t=before)["overdue_766"] == 0
    assert counted(DUE, *asked, t=after) == {"received": 1, "open": 1, "waiting": 1, "overdue_766": 1}
    ended = counted(DUE, *asked, ("result_ready", "2026-10-27 08:00", {}))
    assert (ended["finished_on_time"], ended["finished_late_766"]) == (1, 1)


def test_unknown_codes_are_counted_under_unassigned_and_kept_as_named() -> None:
    known = Catalogue(
        agencies=(Agency(code="so-tai-chinh", name="Sở Tài chính"),), fields=(Field(code="y-te", title="Y tế"),)
    )
    assert flagged(DUE, by=known) == ("unknown_agency",)
    assert {flow.place for flow in of(life(DUE), known)} == {("unassigned", "y-te", "1.001", "unassigned")}
    assert states_of(life(DUE), known)[-1].facts.agency == "so-y-te"
    assert {flow.place[0] for flow in of(life(DUE))} == {"so-y-te"}


def test_an_agency_that_was_merged_away_keeps_its_own_name() -> None:
    merged = Catalogue(agencies=(Agency(code="so-y-te", name="Sở Y tế", valid_to=date(2025, 7, 1)),))
    assert flagged(DUE, by=merged) == ()


def test_a_procedure_that_had_ended_at_receipt_is_counted_and_flagged() -> None:
    ended = catalogue(code="1.001", working_days=5, valid_to=date(2026, 10, 1))
    assert "procedure_ended" in flagged(snapshot("2026-10-20 08:00"), by=ended)
    states = states_of(life(snapshot("2026-10-20 08:00")), ended)
    assert (states[-1].due_at, states[-1].facts.procedure) == (None, "1.001")
    still = catalogue(code="1.001", working_days=5, valid_to=date(2026, 10, 21))
    events = snapshot("2026-10-20 08:00"), ("result_ready", "2026-10-27 08:00", {})
    assert "procedure_ended" not in flagged(*events, by=still)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"fee_due": 0}, {}),
        ({"fee_due": 50_000}, {"fee_bearing": 1}),
        ({"fee_due": 50_000, "paid_online": True}, {"fee_bearing": 1, "paid_online": 1}),
        ({"paid_online": 50_000}, {}),
        ({"channel": "online"}, {"received_online": 1}),
        ({"channel": "post", "online_level": 3}, {"received_offered": 1}),
        ({"digitised_in": True, "synced_at": "2026-10-21"}, {"digitised_in": 1, "synced": 1}),
    ],
)
def test_what_a_dossier_is_beside_its_progress(data: dict[str, Any], expected: dict[str, int]) -> None:
    assert counted(snapshot("2026-10-20 08:00", **data)) == {"received": 1, "open": 1} | expected


def test_what_the_catalogue_knows_of_a_procedure_holds_until_an_event_says_otherwise() -> None:
    known = catalogue(code="1.001", working_days=5, online_level=4, fee=20_000)
    told = {flow.measure for flow in of(life(snapshot("2026-10-20 08:00")), known)}
    assert {"dossiers.received_offered", "dossiers.fee_bearing"} <= told
    told = {flow.measure for flow in of(life(snapshot("2026-10-20 08:00", fee_due=0, online_level=2)), known)}
    assert not {"dossiers.received_offered", "dossiers.fee_bearing"} & told
