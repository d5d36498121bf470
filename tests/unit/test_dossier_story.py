"""What `nhip show dossier` tells: states from when to when, waits, and the three verdicts side by side."""

from streams.contracts import DOSSIERS
from streams.dossiers.fold import at as standing_at
from streams.dossiers.story import story
from streams.subjects import LIFE_CYCLES
from tests.unit.dossier_tools import NO_CATALOGUE, life, of, snapshot, states_of, totals
from tests.unit.event_tools import at

EVENTS = life(
    snapshot("2026-10-20 08:00", status=4, due_at="2026-11-05T17:00:00+07:00"),
    ("supplement_requested", "2026-11-03 09:00", {}),
    ("supplement_received", "2026-11-05 09:00", {}),
    snapshot("2026-11-06 02:00", status=4, due_at="2026-11-05T17:00:00+07:00", synced_at="2026-11-06T02:00:00+07:00"),
    ("supplement_requested", "2026-11-06 09:00", {}),
)
NOW = at("2026-11-20 08:00")


def test_states_are_intervals_that_can_be_asked_for_any_moment() -> None:
    told = story(EVENTS, NO_CATALOGUE, NOW)["states"]
    assert [(state["status"], state["from"]) for state in told] == [
        (4, at("2026-10-20 08:00")),
        (5, at("2026-11-03 09:00")),
        (4, at("2026-11-05 09:00")),
        (4, at("2026-11-06 02:00")),
        (5, at("2026-11-06 09:00")),
    ]
    assert [state["until"] for state in told] == [*(state["from"] for state in told[1:]), None]
    states = states_of(EVENTS)
    moments = ("2026-10-01 00:00", "2026-11-03 08:59", "2026-11-03 09:00", "2026-11-05 09:00", "2027-01-01 00:00")
    assert [standing_at(states, at(moment)).status for moment in moments] == [4, 4, 5, 4, 5]


def test_waits_are_told_with_their_working_time_once_they_are_over() -> None:
    waits = story(EVENTS, NO_CATALOGUE, NOW)["waits"]
    assert [(wait["from"], wait["until"], wait["working_s"]) for wait in waits] == [
        (at("2026-11-03 09:00"), at("2026-11-05 09:00"), 16 * 3600),
        (at("2026-11-06 09:00"), None, None),
    ]


def test_the_portals_verdict_stands_beside_ours_and_that_of_qd_766() -> None:
    """It waits a second time, in time by our date and once too often for QĐ 766; the portal holds the old date."""
    told = {row["by"]: row for row in story(EVENTS, NO_CATALOGUE, NOW)["verdicts"]}
    assert {by: row["verdict"] for by, row in told.items()} == {"nhip": "open", "qd766": "overdue", "portal": "overdue"}
    assert {by: row["due_at"] for by, row in told.items()} == {
        "nhip": at("2026-11-09 17:00"), "qd766": at("2026-11-09 17:00"), "portal": at("2026-11-05 17:00"),
    }  # fmt: skip
    assert told["portal"]["as_of"] == at("2026-11-06 02:00")


def test_a_dossier_that_no_snapshot_tells_of_has_no_verdict_of_the_portal() -> None:
    events = life(("status_changed", "2026-10-20 08:00", {"status": 4, "received_at": "2026-10-20"}))
    assert [row["by"] for row in story(events, NO_CATALOGUE, NOW)["verdicts"]] == ["nhip", "qd766"]


def test_the_verdict_told_is_the_one_that_counts_when_the_due_date_is_moved_after_the_end() -> None:
    late = life(
        snapshot("2026-10-20 08:00", status=4, due_at="2026-11-05T17:00:00+07:00"),
        ("result_ready", "2026-11-08 09:00", {}),
        ("status_changed", "2026-11-10 09:00", {"status": 9, "due_at": "2026-11-20T17:00:00+07:00"}),
    )
    told = {row["by"]: row for row in story(late, NO_CATALOGUE, NOW)["verdicts"]}
    assert (told["nhip"]["verdict"], told["nhip"]["due_at"]) == ("late", at("2026-11-05 17:00"))
    assert totals(of(late), NOW)["finished_on_time"] == 0
    listed, _ = LIFE_CYCLES[DOSSIERS].fold(late, NO_CATALOGUE)
    assert listed.due_at == at("2026-11-05 17:00")
