"""Subjects as boards list them, and that events read back from the database fold as they did when they came."""

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.timescale.packing import pack
from connectors.timescale.subjects import occurrence
from streams.catalogue import Catalogue
from streams.contracts import DOSSIERS, REPORTS, Event, Stream
from streams.flows import contribution
from streams.subjects import LIFE_CYCLES, SubjectState
from tests.unit import dossier_tools, report_tools
from tests.unit.dossier_tools import Step, snapshot
from tests.unit.event_tools import at, event

CATALOGUE = Catalogue.default()


def as_read_back(stream: Stream, events: list[Event]) -> list[Any]:
    return [occurrence(stream, e.type, e.time, e.source, e.id, e.data.stored()) for e in events]


@settings(max_examples=60)
@given(st.tuples(st.just(REPORTS), report_tools.lives()) | st.tuples(st.just(DOSSIERS), dossier_tools.lives()))
def test_events_read_back_fold_as_they_did_when_they_came(subject: tuple[Stream, list[Event]]) -> None:
    stream, events = subject
    fold = LIFE_CYCLES[stream].fold
    assert fold(as_read_back(stream, events), CATALOGUE) == fold(events, CATALOGUE)


@settings(max_examples=60)
@given(
    st.tuples(st.just(REPORTS), report_tools.lives()) | st.tuples(st.just(DOSSIERS), dossier_tools.lives()),
    st.randoms(use_true_random=False),
)
def test_whatever_the_order_of_its_events_a_subject_contributes_the_same(
    subject: tuple[Stream, list[Event]], random: Random
) -> None:
    stream, events = subject

    def contributed(some: list[Event]) -> str:
        state, flows = LIFE_CYCLES[stream].fold(some, CATALOGUE)
        return pack(contribution(flows, state.changed_at))

    assert contributed(random.sample(events, len(events))) == contributed(events)


def test_a_report_is_listed_with_its_state_agency_category_dates_and_flags() -> None:
    state, _ = LIFE_CYCLES[REPORTS].fold(
        [
            event(REPORTS, "submitted", at("2026-10-20 08:00"), category="rac"),
            event(REPORTS, "dispatched", at("2026-10-20 09:00"), agency="so-xay-dung"),
        ],
        CATALOGUE,
    )
    assert state == SubjectState(
        "dispatched", "so-xay-dung", "rac", at("2026-10-20 08:00"), at("2026-10-20 09:00"),
        due_at=at("2026-11-10 17:00"), overdue_at=at("2026-11-10 17:00"), flags=("dispatched_late",),
        detail={
            "priority": "normal", "due_by": "nhip", "citizen_due_at": "2026-11-10T10:00:00+00:00",
            "agency_due_at": "2026-11-10T10:00:00+00:00", "responded_at": "2026-10-20T02:00:00+00:00",
            "dispatched_at": "2026-10-20T02:00:00+00:00",
        },
    )  # fmt: skip


def dossier(*steps: Step) -> SubjectState:
    return LIFE_CYCLES[DOSSIERS].fold(dossier_tools.life(*steps), CATALOGUE)[0]


DUE = snapshot("2026-10-20 08:00", due_at="2026-11-05T17:00:00+07:00")


def test_an_open_dossier_is_listed_with_the_moment_from_which_it_will_be_overdue() -> None:
    assert dossier(DUE) == SubjectState(
        "2", "so-y-te", "y-te", at("2026-10-20 00:00"), at("2026-10-20 08:00"),
        due_at=at("2026-11-05 17:00"), overdue_at=at("2026-11-05 17:00"),
    )  # fmt: skip


def test_a_dossier_that_is_not_overdue_any_more_is_not_listed_as_such() -> None:
    assert dossier(DUE, ("supplement_requested", "2026-11-03 08:00", {})).overdue_at is None
    ended = dossier(DUE, ("result_ready", "2026-11-08 08:00", {}))
    assert (ended.state, ended.ended_at, ended.overdue_at) == ("9", at("2026-11-08 08:00"), None)


def test_a_transfer_does_not_make_a_dossier_overdue_later() -> None:
    moved = dossier(DUE, ("status_changed", "2026-11-08 08:00", {"status": 4, "agency": "ubnd"}))
    assert (moved.agency, moved.overdue_at) == ("ubnd", at("2026-11-05 17:00"))


def test_a_dossier_that_contradicts_itself_is_listed_with_the_reason() -> None:
    state = dossier(snapshot("2026-10-20 08:00", due_at="2026-10-18"))
    assert (state.flags, state.overdue_at) == (("due_before_received",), None)
