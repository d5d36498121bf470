"""What one dossier adds to the `dossiers.*` measures, each at its moment."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from streams.days import civil_day
from streams.dossiers import filing
from streams.dossiers.flags import contradictions
from streams.dossiers.fold import Dossier
from streams.dossiers.life_cycle import WAITING_FOR_CITIZEN, Status
from streams.dossiers.place import Places
from streams.dossiers.turns import Turn, turns
from streams.dossiers.verdicts import overdue, overdue_766
from streams.flows import Flow, Place
from streams.tuples import new

Counted = tuple[str, Place, date | None]
"""A measure, a place and a cohort that a dossier counts in."""


def flows(states: Sequence[Dossier]) -> list[Flow]:
    """Receipt is counted on its day; from then on a dossier is open, perhaps overdue, until it is finished.

    A later event changes the past only back to the moments it names, so a closed period keeps its figures: when work
    begins again, the end is taken back on that day and not before. What the dossier is (its receipt, procedure, field,
    channel and online level) is what was told last. Received means that NgayTiepNhan is set: what never was received is
    shown apart, and what contradicts itself counts nowhere.
    """
    last = states[-1]
    places = Places(last)
    received = last.facts.received_at
    if received is None:
        return _apart(last, places)
    if contradictions(last):
        return []
    told = filing.tellings(states, received)
    taken_in = places.of(told[0][1])
    return [
        *filing.received(last.facts, received, taken_in),
        *filing.told(told, taken_in, civil_day(received)),
        *_steps(_progress(states, received, places)),
        *filing.rated(told, places),
    ]


def overdue_since(flows: Sequence[Flow]) -> datetime | None:
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


_NEVER_RECEIVED: dict[int, str] = {
    Status.NOT_RECEIVED: "dossiers.refused",
    Status.WITHDRAWN: "dossiers.withdrawn_unreceived",
}


def _apart(last: Dossier, places: Places) -> list[Flow]:
    """1→3 and 1→7: neither received nor finished (DOMAIN §1.2)."""
    if last.ended_at is None or last.ended_as not in _NEVER_RECEIVED:
        return []
    return [Flow(last.ended_at, _NEVER_RECEIVED[last.ended_as], places.of(last), 1)]


def _progress(
    states: Sequence[Dossier], received: datetime, places: Places
) -> Iterator[tuple[datetime, list[Counted]]]:
    """What the dossier counts in from each moment on at which that may change."""
    ends = turns(states, received, places)
    state, following = states[0], iter(states[1:])
    coming = next(following, None)
    for moment in _moments(states, ends, received):
        while coming is not None and coming.changed_at <= moment:
            state, coming = coming, next(following, None)
        turn = None
        for one in ends:
            if one.moment <= moment:
                turn = one
        if turn is not None and turn.measures:
            yield moment, _finished(turn, state)
        else:
            place = places.of(state)
            yield moment, [(measure, place, None) for measure in _unfinished(state, moment)]


def _moments(states: Sequence[Dossier], ends: Sequence[Turn], received: datetime) -> list[datetime]:
    """Dates that pass after the last end change nothing: it stands whatever the due date."""
    moments = [received, *(turn.moment for turn in ends)]
    over = max(moments) if ends and ends[-1].measures else None
    due = None
    for state in states:
        moments.append(state.changed_at)
        if state.due is not due:
            due = state.due
            moments += [
                moment
                for moment in (due.at, due.soon_at, due.at_766)
                if moment is not None and (over is None or moment < over)
            ]
    moments.sort()  # compared rather than hashed, which for moments takes ten times as long
    return [moment for n, moment in enumerate(moments) if moment >= received and (not n or moment != moments[n - 1])]


def _finished(turn: Turn, state: Dossier) -> list[Counted]:
    counted: list[Counted] = [(measure, turn.place, None) for measure in turn.measures]
    if state.facts.digitised_result and turn.with_result:
        counted.append(("dossiers.finished_digitised", turn.place, turn.day))
    return counted


def _unfinished(state: Dossier, moment: datetime) -> list[str]:
    """The measures of a dossier that is being settled, just after `moment`."""
    measures = ["dossiers.open"]
    due = state.due
    if state.unclear:
        return [*measures, "dossiers.unclear"]
    if state.status == WAITING_FOR_CITIZEN:
        measures.append("dossiers.waiting")
    if overdue(state, moment):
        measures.append("dossiers.overdue")
        if state.apologised_at is not None:
            measures.append("dossiers.overdue_apologised")
    else:
        if overdue_766(state, moment):
            measures.append("dossiers.overdue_766")
        if due.at and due.soon_at and due.soon_at <= moment < due.at and due.paused_since is None:
            measures.append("dossiers.due_soon")
    return measures


def _steps(progress: Iterator[tuple[datetime, list[Counted]]]) -> Iterator[Flow]:
    """What is left is taken back, what is new is added."""
    before: list[Counted] = []
    for moment, now in progress:
        if now != before:
            for n, mine, other in ((-1, before, now), (+1, now, before)):
                for key in mine:
                    if key not in other:
                        measure, place, cohort = key
                        yield new(Flow, (moment, measure, place, n, cohort))
            before = now
