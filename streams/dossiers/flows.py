"""What one dossier adds to the `dossiers.*` measures, each at its moment."""

from collections.abc import Iterable, Iterator, Sequence
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

Counted = tuple[datetime, Place, date | None, tuple[str, ...]]
"""From a moment on a dossier counts at a place in measures; the day is the cohort of DIGITISED among them."""

DIGITISED = "dossiers.finished_digitised"


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


def _progress(states: Sequence[Dossier], received: datetime, places: Places) -> Iterator[Counted]:
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
        if turn is None or not turn.measures:
            yield moment, places.of(state), None, _unfinished(state, moment)
        elif state.facts.digitised_result and turn.with_result:
            yield moment, turn.place, turn.day, (*turn.measures, DIGITISED)
        else:
            yield moment, turn.place, turn.day, turn.measures


def _moments(states: Sequence[Dossier], ends: Sequence[Turn], received: datetime) -> list[datetime]:
    """Dates that pass after the last end change nothing: it stands whatever the due date."""
    moments = [received, *(turn.moment for turn in ends)]
    over = max(moments) if ends and ends[-1].measures else None
    before, due = states[0], None
    for state in states:
        if not _counts_alike(before, state):
            moments.append(state.changed_at)
        before = state
        if state.due is not due:
            due = state.due
            moments += [
                moment
                for moment in (due.at, due.soon_at, due.at_766)
                if moment is not None and (over is None or moment < over)
            ]
    moments.sort()  # compared rather than hashed, which for moments takes ten times as long
    return [moment for n, moment in enumerate(moments) if moment >= received and (not n or moment != moments[n - 1])]


def _counts_alike(one: Dossier, other: Dossier) -> bool:
    """Whether two states count in the same at any moment, as most do; what they say of an end is the turns' to tell."""
    return (
        one.facts is other.facts
        and one.due is other.due
        and (one.status == WAITING_FOR_CITIZEN) is (other.status == WAITING_FOR_CITIZEN)
        and one.unclear is other.unclear
        and one.requests == other.requests
        and one.apologised_at == other.apologised_at
    )


def _unfinished(state: Dossier, moment: datetime) -> tuple[str, ...]:
    """The measures of a dossier that is being settled, just after `moment`."""
    if state.unclear:
        return "dossiers.open", "dossiers.unclear"
    due = state.due
    measures = _WAITING if state.status == WAITING_FOR_CITIZEN else _OPEN
    if overdue(state, moment):
        return (*measures, *(_OVERDUE if state.apologised_at is None else _APOLOGISED))
    if overdue_766(state, moment):
        measures = (*measures, "dossiers.overdue_766")
    if due.at and due.soon_at and due.soon_at <= moment < due.at and due.paused_since is None:
        measures = (*measures, "dossiers.due_soon")
    return measures


_OPEN, _WAITING = ("dossiers.open",), ("dossiers.open", "dossiers.waiting")
_OVERDUE, _APOLOGISED = ("dossiers.overdue",), ("dossiers.overdue", "dossiers.overdue_apologised")


def _steps(progress: Iterable[Counted]) -> Iterator[Flow]:
    """What is left is taken back, what is new is added: all of it at another place or of another day's end, where what
    stays counts -1 and +1 at one moment."""
    stood: Place = ()
    since: date | None = None
    before: tuple[str, ...] = ()
    for moment, place, day, now in progress:
        elsewhere = place != stood or day != since
        if not elsewhere and now == before:
            continue
        for measure in before:
            if elsewhere or measure not in now:
                yield new(Flow, (moment, measure, stood, -1, since if measure == DIGITISED else None))
        for measure in now:
            if elsewhere or measure not in before:
                yield new(Flow, (moment, measure, place, +1, day if measure == DIGITISED else None))
        stood, since, before = place, day, now
