"""A directive (chỉ đạo, đôn đốc): the centre tells an agency what to settle by when, and follows it.

    sent đã gửi → acknowledged đã nhận → done đã trả lời → closed đã đóng

An answer may be sent back (`return`); what is not needed any more is closed with a word why. Being overdue is no state:
it follows from the clock while nobody has answered (DOMAIN §6).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple, get_args

from streams.errors import NhipError, WrongUse

Kind = Literal["dossiers", "reports"]
MOST_SUBJECTS = 500
LONGEST_DAYS = 365


class State(StrEnum):
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    CLOSED = "closed"


class Step(StrEnum):
    """What is done to a directive; the audit calls it `directive.<step>`."""

    ACKNOWLEDGE = "acknowledge"
    FINISH = "finish"
    RETURN = "return"
    CLOSE = "close"


class NotNow(NhipError):
    """It has gone on meanwhile, and this cannot be done to it any more."""


class Draft(NamedTuple):
    """A directive before it is sent: `subjects` are ids of what it is about, `due_at` when it has to be answered."""

    agency: str
    kind: Kind
    text: str
    due_at: datetime
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive as it stands; `answer` is the agency's last word, or why it was closed without one."""

    number: int
    agency: str
    kind: Kind
    text: str
    due_at: datetime
    subjects: tuple[str, ...]
    state: State
    sent_at: datetime
    sent_by: str
    answer: str | None = None
    acknowledged_at: datetime | None = None
    done_at: datetime | None = None
    closed_at: datetime | None = None

    def overdue(self, now: datetime) -> bool:
        """Nobody has answered, and the time is over."""
        return self.state in (State.SENT, State.ACKNOWLEDGED) and now > self.due_at


_FROM = {
    Step.ACKNOWLEDGE: (State.SENT,),
    Step.FINISH: (State.SENT, State.ACKNOWLEDGED),
    Step.RETURN: (State.DONE,),
    Step.CLOSE: (State.SENT, State.ACKNOWLEDGED, State.DONE),
}


def steps(directive: Directive) -> list[Step]:
    """What can be done to it now."""
    return [step for step, states in _FROM.items() if directive.state in states]


def checked(draft: Draft, now: datetime) -> Draft:
    """The draft as it is sent. Raises WrongUse where it says nothing, too much, or gives no time."""
    if not draft.text.strip() or not draft.agency:
        raise WrongUse("a directive names an agency and says what it has to do")
    if draft.kind not in get_args(Kind):
        raise WrongUse(f"kind: a directive is about {' or '.join(get_args(Kind))}")
    if not now < draft.due_at <= now + timedelta(days=LONGEST_DAYS):
        raise WrongUse(f"due_at: a time to come, within {LONGEST_DAYS} days")
    subjects = tuple(dict.fromkeys(draft.subjects))
    if len(subjects) > MOST_SUBJECTS:
        raise WrongUse(f"subjects: {MOST_SUBJECTS} at most, these are {len(subjects)}")
    return draft._replace(text=draft.text.strip(), subjects=subjects)


def take(directive: Directive, step: Step, at: datetime, note: str | None) -> Directive:
    """The directive after a step. Raises NotNow, and WrongUse where a step needs a word and has none.

    To answer, to send back and to close what was not answered need one.
    """
    if step not in steps(directive):
        raise NotNow(f"directive {directive.number} is {directive.state}: no time to {step} it")
    if note is None and not (step is Step.ACKNOWLEDGE or (step is Step.CLOSE and directive.state is State.DONE)):
        raise WrongUse(f"to {step.value} a directive that is {directive.state} needs a note: what was done, or why")
    match step:
        case Step.ACKNOWLEDGE:
            return replace(directive, state=State.ACKNOWLEDGED, acknowledged_at=at)
        case Step.FINISH:
            seen = directive.acknowledged_at or at
            return replace(directive, state=State.DONE, answer=note, acknowledged_at=seen, done_at=at)
        case Step.RETURN:
            return replace(directive, state=State.ACKNOWLEDGED, answer=note, done_at=None)
        case Step.CLOSE:
            return replace(directive, state=State.CLOSED, answer=note or directive.answer, closed_at=at)
