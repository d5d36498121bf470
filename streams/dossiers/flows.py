"""What one dossier adds to the `dossiers.*` measures, each at its moment."""

from datetime import datetime

from streams.dossiers.fold import OFFERED_ONLINE, Dossier, flags
from streams.dossiers.life_cycle import Status
from streams.flows import Flow, steps


def flows(states: list[Dossier]) -> list[Flow]:
    """Receipt and end are counted on their days; `open` and `overdue` are levels that rise and fall.

    Received means that NgayTiepNhan is set: what never was received, and what contradicts itself, counts nowhere.
    """
    dossier = states[-1]
    received, end = dossier.received_at, dossier.ended_at
    if received is None or flags(dossier):
        return []
    counted = _received(dossier, received, _at(states, received).agency) + _levels(states, received, end)
    if end is not None:
        counted += _finished(dossier, end, _at(states, end))
    return counted


def _received(dossier: Dossier, received: datetime, agency: str) -> list[Flow]:
    measures = ["dossiers.received"]
    if (dossier.online_level or 0) >= OFFERED_ONLINE:
        measures.append("dossiers.received_offered")
        if dossier.channel == "online":
            measures.append("dossiers.received_offered_online")
    return [Flow(received, measure, agency, dossier.field, 1) for measure in measures]


def _finished(dossier: Dossier, end: datetime, then: Dossier) -> list[Flow]:
    on_time = then.due_at is None or end <= then.due_at
    measures = ["dossiers.finished", "dossiers.finished_on_time"] if on_time else ["dossiers.finished"]
    return [Flow(end, measure, then.agency, dossier.field, 1) for measure in measures]


def _levels(states: list[Dossier], received: datetime, end: datetime | None) -> list[Flow]:
    field = states[-1].field
    turning = {received, *(s.changed_at for s in states), *(s.due_at for s in states if s.due_at)}
    if end is not None:
        turning.add(end)
    presence = []
    for moment in sorted(moment for moment in turning if moment >= received):
        then = _at(states, moment)
        measures = [] if end is not None and moment >= end else ["dossiers.open"]
        if measures and _overdue(states, then, moment):
            measures.append("dossiers.overdue")
        presence.append((moment, frozenset((measure, then.agency, field) for measure in measures)))
    return steps(presence, None)


def _at(states: list[Dossier], moment: datetime) -> Dossier:
    """The state in force at a moment; what the first event tells holds for the time before it too."""
    return next((state for state in reversed(states) if state.changed_at <= moment), states[0])


def _overdue(states: list[Dossier], then: Dossier, moment: datetime) -> bool:
    """Overdue just after `moment`. A dossier that waits for the citizen ends, so far, at the time of the request."""
    if then.due_at is None:
        return False
    if then.status == Status.WAITING_FOR_CITIZEN:
        return then.due_at < _waiting_since(states, then)
    return then.due_at <= moment


def _waiting_since(states: list[Dossier], then: Dossier) -> datetime:
    since = then.changed_at
    for state in reversed(states[: states.index(then)]):
        if state.status != Status.WAITING_FOR_CITIZEN:
            break
        since = state.changed_at
    return since
