"""When a dossier ended, and when work on it began again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from streams.days import civil_day
from streams.dossiers.fold import Dossier, at
from streams.dossiers.life_cycle import Status
from streams.dossiers.place import Places
from streams.dossiers.verdicts import Verdict, apologised, finished, finished_late_766
from streams.flows import Place
from streams.indicators.histogram import measure

_APART: dict[int, str] = {
    Status.NOT_RECEIVED: "dossiers.finished_refused",
    Status.WITHDRAWN: "dossiers.finished_withdrawn",
    Status.STOPPED: "dossiers.finished_stopped",
}
"""Ends without a result, counted among the finished and shown apart."""


class Turn(NamedTuple):
    """From `moment` on the dossier counts as finished, at the place that finished it, in `measures`; or, when there are
    none, is open again. `day` is the day of the end; 3, 7 and 8 end `with_result` False."""

    moment: datetime
    measures: tuple[str, ...] = ()
    place: Place = ()
    day: date | None = None
    with_result: bool = False


def turns(states: Sequence[Dossier], received: datetime, places: Places) -> list[Turn]:
    """The ends and reopenings as they were told, each replacing from its moment on what was told before.

    The due date that was in force when an end was told judges it.
    """
    found: list[Turn] = []
    known = None
    for state in states:
        end = state.ended_at
        if end == known:
            continue
        known = end
        if end is None:
            found.append(Turn(state.changed_at))
        else:
            place, with_result = places.of(at(states, end)), state.ended_as not in _APART
            found.append(Turn(end, _counted(state, received, end), place, civil_day(end), with_result))
    return found


def _counted(state: Dossier, received: datetime, end: datetime) -> tuple[str, ...]:
    verdict = finished(state, end)
    processing = (end - received).total_seconds() - state.due.waited
    measures = ["dossiers.finished", measure("dossiers.processing", max(processing, 0))]
    if verdict is not Verdict.LATE:
        measures.append("dossiers.finished_on_time")
        if verdict is Verdict.EARLY:
            measures.append("dossiers.finished_early")
        if finished_late_766(state, end):
            measures.append("dossiers.finished_late_766")
    elif apologised(state, end):
        measures.append("dossiers.finished_apologised")
    if state.ended_as in _APART:
        measures.append(_APART[state.ended_as])
    return tuple(measures)
