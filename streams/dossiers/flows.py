"""What one dossier adds to the `dossiers.*` measures, each at its moment."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from streams.dossiers.fold import OFFERED_ONLINE, Dossier, flags
from streams.flows import UNASSIGNED, Flow, Place, Presence, steps


def flows(states: list[Dossier]) -> list[Flow]:
    """Receipt is counted on its day; from then on a dossier is open, perhaps overdue, until it is finished.

    A later event changes the past only back to the moments it names, so a closed period keeps its figures: when work
    begins again, the end is taken back on that day and not before. What the dossier is (its receipt, field, channel
    and online level) is what was told last. Received means that NgayTiepNhan is set: what never was received, and what
    contradicts itself, counts nowhere.
    """
    dossier = states[-1]
    received = dossier.received_at
    if received is None or flags(dossier):
        return []
    return _received(dossier, received, _at(states, received).agency) + steps(_presence(states, received), None)


def overdue_since(flows: list[Flow]) -> datetime | None:
    """When a dossier will count, or began to count, as overdue, by whichever agency; None when it does not."""
    since = left_at = left = None
    for flow in flows:
        if flow.measure != "dossiers.overdue":
            continue
        if flow.n < 0:
            since, left_at, left = None, flow.moment, since
        else:
            since = left if flow.moment == left_at else flow.moment
    return since


def _received(dossier: Dossier, received: datetime, agency: str) -> list[Flow]:
    measures = ["dossiers.received"]
    if (dossier.online_level or 0) >= OFFERED_ONLINE:
        measures.append("dossiers.received_offered")
        if dossier.channel == "online":
            measures.append("dossiers.received_offered_online")
    place = _place(agency, dossier)
    return [Flow(received, measure, place, 1) for measure in measures]


def _presence(states: list[Dossier], received: datetime) -> Iterator[Presence]:
    """What the dossier counts in from each moment on at which that may change."""
    turns = _turns(states)
    moments = {received, *(turn.moment for turn in turns), *(state.changed_at for state in states)}
    moments.update(state.due_at for state in states if state.due_at is not None)
    for moment in sorted(moment for moment in moments if moment >= received):
        turn = next((turn for turn in reversed(turns) if turn.moment <= moment), None)
        measures, agency = (turn.measures, turn.agency) if turn else (_OPEN, "")
        if measures is _OPEN:
            now = _at(states, moment)
            measures, agency = _OVERDUE if _overdue(now, moment) else _OPEN, now.agency
        place = _place(agency, states[-1])
        yield moment, [(measure, place) for measure in measures]


def _place(agency: str, dossier: Dossier) -> Place:
    """Where a dossier counts: the agency is that of the moment, the rest what was told last."""
    return agency, dossier.field, dossier.procedure, dossier.channel or UNASSIGNED


_OPEN = ("dossiers.open",)
_OVERDUE = ("dossiers.open", "dossiers.overdue")
_LATE = ("dossiers.finished",)
_ON_TIME = ("dossiers.finished", "dossiers.finished_on_time")


class _Turn(NamedTuple):
    """From `moment` on the dossier counts as finished, by the agency that finished it; or is open again."""

    moment: datetime
    measures: tuple[str, ...]
    agency: str = ""


def _turns(states: list[Dossier]) -> list[_Turn]:
    """The ends and reopenings of a dossier as they were told, each replacing from its moment on what was told before.

    The due date that was in force when an end was told judges it.
    """
    turns: list[_Turn] = []
    known = None
    for state in states:
        if state.ended_at == known:
            continue
        known = state.ended_at
        if known is None:
            turns.append(_Turn(state.changed_at, _OPEN))
        else:
            on_time = state.due_at is None or known <= state.due_at
            turns.append(_Turn(known, _ON_TIME if on_time else _LATE, _at(states, known).agency))
    return turns


def _at(states: list[Dossier], moment: datetime) -> Dossier:
    """The state in force at a moment; what the first event tells holds for the time before it too."""
    return states[max(bisect_right(states, moment, key=_CHANGED_AT) - 1, 0)]


_CHANGED_AT = attrgetter("changed_at")


def _overdue(now: Dossier, moment: datetime) -> bool:
    """Overdue just after `moment`. A dossier that waits for the citizen ends, so far, at the time of the request."""
    due, waiting_since = now.due_at, now.waiting_since
    return due is not None and due <= moment and not (waiting_since is not None and waiting_since <= due)
