"""A dossier's history as people read it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from streams.catalogue import Catalogue
from streams.dossiers import verdicts
from streams.dossiers.due import Cause
from streams.dossiers.flags import flags
from streams.dossiers.fold import Beginning, Dossier, beginning, walk
from streams.dossiers.life_cycle import USUAL, Status
from streams.dossiers.rules import Rules
from streams.occurrences import Occurrence

Rows = list[dict[str, Any]]


def story(events: Iterable[Occurrence], catalogue: Catalogue, moment: datetime) -> dict[str, Any]:
    """Everything that is made of a dossier's events, its verdicts as they stand at a moment.

    Its flags; the three verdicts; each state from when to when; each change of the due date with before, after and
    cause; each wait for the citizen.
    """
    begun = beginning(events, catalogue)
    states = list(walk(begun))
    last = states[-1]
    return {
        "received_at": last.facts.received_at,
        "first_due_at": begun.first.first,
        "due_at": verdicts.judged(states).due.at,
        "told_at": last.due.told_at,
        "ended_at": last.ended_at,
        "flags": list(flags(last)),
        "verdicts": _verdicts(begun, states, moment),
        "due_history": list(_due_history(begun, states)),
        "waits": list(_waits(states, begun.rules)),
        "states": list(_states(states)),
    }


def _verdicts(begun: Beginning, states: Sequence[Dossier], moment: datetime) -> Rows:
    """Ours, that of QĐ 766, and the portal's own beside them."""
    last = verdicts.judged(states)
    if last.ended_at is not None:
        ours = verdicts.finished(last, last.ended_at)
        by_766 = verdicts.Verdict.LATE if verdicts.finished_late_766(last, last.ended_at) else ours
    else:
        ours, by_766 = (
            verdicts.Verdict.OVERDUE if late else verdicts.Verdict.OPEN
            for late in (verdicts.overdue(last, moment), verdicts.overdue_766(last, moment))
        )
    end = last.ended_at
    rows: Rows = [
        {"by": "nhip", "verdict": ours, "due_at": last.due.at, "ended_at": end, "as_of": moment},
        {"by": "qd766", "verdict": by_766, "due_at": last.due.at_766, "ended_at": end, "as_of": moment},
    ]
    held = verdicts.portal(begun.ordered)
    return rows if held is None else [*rows, {"by": "portal"} | held._asdict()]


def _due_history(begun: Beginning, states: Sequence[Dossier]) -> Iterator[dict[str, Any]]:
    """The first due date as of receipt; then each change when it was told, an apology's among them."""
    last = states[-1]
    if begun.first.first is not None:
        yield _change(last.facts.received_at or states[0].changed_at, None, begun.first.first, begun.first.cause)
    for before, after in pairwise([begun.dossier, *states]):
        if after.due.at != before.due.at:
            yield _change(after.changed_at, before.due.at, after.due.at, after.due.cause)
        if after.due.told_at not in (before.due.told_at, after.due.at):
            yield _change(after.changed_at, before.due.told_at, after.due.told_at, Cause.APOLOGY) | {
                "moves_the_verdict": False
            }


def _change(moment: datetime, before: datetime | None, after: datetime | None, cause: Cause | None) -> dict[str, Any]:
    return {"at": moment, "before": before, "after": after, "cause": cause, "moves_the_verdict": True}


def _waits(states: Sequence[Dossier], rules: Rules) -> Iterator[dict[str, Any]]:
    """Each wait for the citizen, with its working seconds once it is over."""
    since = None
    for state in states:
        if state.status == Status.WAITING_FOR_CITIZEN:
            since = state.due.paused_since
        elif since is not None:
            working_s = rules.working_time.between(since, state.changed_at)
            yield {"from": since, "until": state.changed_at, "working_s": working_s}
            since = None
    if since is not None:
        yield {"from": since, "until": None, "working_s": None}


def _states(states: Sequence[Dossier]) -> Iterator[dict[str, Any]]:
    """Each state with the moment from which it held and the one at which the next did."""
    for n, state in enumerate(states):
        before = states[n - 1].status if n else state.status
        usual = before == state.status or (before, state.status) in USUAL
        yield {
            "from": state.changed_at,
            "until": states[n + 1].changed_at if n + 1 < len(states) else None,
            "status": int(state.status),
            "edge": None if usual else f"{before:d}→{state.status:d}, unusual",
            "agency": state.facts.agency,
            "field": state.facts.field,
            "procedure": state.facts.procedure,
            "due_at": state.due.at,
            "ended_at": state.ended_at,
        }
