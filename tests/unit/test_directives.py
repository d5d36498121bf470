"""The life of a directive and of a hand-over, whatever people do to them in whatever order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.errors import WrongUse
from streams.people import shift
from streams.people.directive import (
    MOST_SUBJECTS,
    Directive,
    Draft,
    NotNow,
    State,
    Step,
    checked,
    steps,
    take,
)  # fmt: skip
from streams.people.shift import Handover, Note

SENT_AT = datetime(2026, 11, 24, 3, tzinfo=UTC)
DUE = SENT_AT + timedelta(days=1)
DIRECTIVE = Directive(7, "so-xd", "dossiers", "Giải quyết ngay", DUE, ("HS-1",), State.SENT, SENT_AT, "lan")

deeds = st.lists(st.tuples(st.sampled_from(Step), st.booleans(), st.integers(0, 72)), max_size=12)


def lived(deeds: list[tuple[Step, bool, int]]) -> list[Directive]:
    """Every state a directive goes through; what cannot be done leaves it as it is."""
    lives, at = [DIRECTIVE], SENT_AT
    for step, says, hours in deeds:
        at += timedelta(hours=hours)
        try:
            lives.append(take(lives[-1], step, at, "một lời" if says else None))
        except (NotNow, WrongUse):
            lives.append(lives[-1])
    return lives


@given(deeds)
def test_what_was_sent_never_changes_and_what_is_closed_stays_closed(deeds: list[tuple[Step, bool, int]]) -> None:
    lives = lived(deeds)
    sent = {(one.number, one.agency, one.text, one.due_at, one.subjects, one.sent_by) for one in lives}
    assert len(sent) == 1
    closed = [one for one in lives if one.state is State.CLOSED]
    assert closed == lives[len(lives) - len(closed) :]
    assert len(set(closed)) <= 1


@given(deeds)
def test_the_moments_tell_the_state_in_their_order(deeds: list[tuple[Step, bool, int]]) -> None:
    for one in lived(deeds):
        assert (one.closed_at is not None) == (one.state is State.CLOSED)
        assert (one.done_at is not None) or one.state is not State.DONE
        assert (one.acknowledged_at is None) or one.state is not State.SENT
        told = [at for at in (one.sent_at, one.acknowledged_at, one.done_at, one.closed_at) if at]
        assert told == sorted(told)


@given(deeds)
def test_nothing_is_answered_or_given_up_without_a_word(deeds: list[tuple[Step, bool, int]]) -> None:
    for one in lived(deeds):
        assert one.answer is not None or one.state in (State.SENT, State.ACKNOWLEDGED)


@given(deeds, st.sampled_from(Step))
def test_the_steps_that_are_offered_are_those_that_can_be_taken(
    deeds: list[tuple[Step, bool, int]], step: Step
) -> None:
    last = lived(deeds)[-1]
    if step in steps(last):
        assert take(last, step, DUE, "một lời").state is not last.state or step is Step.ACKNOWLEDGE
    else:
        with pytest.raises(NotNow):
            take(last, step, DUE, "một lời")


@given(deeds, st.integers(-48, 48))
def test_only_what_nobody_has_answered_is_overdue(deeds: list[tuple[Step, bool, int]], hours: int) -> None:
    last = lived(deeds)[-1]
    unanswered = last.state in (State.SENT, State.ACKNOWLEDGED)
    assert last.overdue(DUE + timedelta(hours=hours)) == (unanswered and hours > 0)


def test_an_answer_that_is_sent_back_runs_against_its_due_date_again() -> None:
    answered = take(DIRECTIVE, Step.FINISH, SENT_AT + timedelta(hours=2), "đã xong 1 hồ sơ")
    assert not answered.overdue(DUE + timedelta(hours=1))
    back = take(answered, Step.RETURN, SENT_AT + timedelta(hours=3), "còn thiếu")
    assert (back.state, back.done_at, back.answer) == (State.ACKNOWLEDGED, None, "còn thiếu")
    assert back.overdue(DUE + timedelta(hours=1))
    assert take(answered, Step.CLOSE, DUE, None).answer == "đã xong 1 hồ sơ"


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("says what", {"text": "  "}),
        ("names an agency", {"agency": ""}),
        ("to come", {"due_at": SENT_AT}),
        ("within 365 days", {"due_at": SENT_AT + timedelta(days=366)}),
        ("dossiers or reports", {"kind": "systems"}),
        ("500 at most", {"subjects": tuple(map(str, range(MOST_SUBJECTS + 1)))}),
    ],
)
def test_a_draft_that_nobody_could_follow_is_refused(fault: str, change: dict[str, object]) -> None:
    draft = Draft("so-xd", "dossiers", " Giải quyết ngay ", DUE, ("HS-1", "HS-1"))
    assert checked(draft, SENT_AT) == draft._replace(text="Giải quyết ngay", subjects=("HS-1",))
    with pytest.raises(WrongUse, match=fault):
        checked(draft._replace(**change), SENT_AT)  # type: ignore[arg-type]  # wrong on purpose in some cases


def test_who_comes_takes_over_once_and_never_who_wrote_it() -> None:
    written = Handover(3, SENT_AT, "lan", "yên tĩnh", [], [])
    with pytest.raises(NotNow, match="who comes confirms it"):
        shift.confirm(written, "lan", DUE)
    taken = shift.confirm(written, "minh", DUE)
    assert (taken.incoming, taken.confirmed_at, taken.text) == ("minh", DUE, "yên tĩnh")
    with pytest.raises(NotNow, match="by minh already"):
        shift.confirm(taken, "hoa", DUE)


@given(st.text(max_size=20))
def test_a_note_has_words(text: str) -> None:
    if text.strip():
        assert shift.checked(Note(text)).text == text.strip()
    else:
        with pytest.raises(WrongUse):
            shift.checked(Note(text))
