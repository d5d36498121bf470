"""What a dossier counts in beside its progress: how it was filed, paid, digitised and rated."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from streams.dossiers.facts import Facts
from streams.dossiers.fold import Dossier, at
from streams.dossiers.place import Places
from streams.flows import Flow, Place
from streams.tuples import new

OFFERED_ONLINE = 3
"""Levels 3 and 4, now một phần and toàn trình (Decree 42/2022/NĐ-CP)."""

_RATED = {1: "dissatisfied", 2: "dissatisfied", 3: "neutral", 4: "satisfied", 5: "satisfied"}


def received(facts: Facts, moment: datetime, place: Place) -> list[Flow]:
    """The receipt, with how the dossier was filed as it was told last: on its day, for the agency that took it in."""
    measures = ["dossiers.received"]
    online = facts.channel == "online"
    if online:
        measures.append("dossiers.received_online")
    if (facts.online_level or 0) >= OFFERED_ONLINE:
        measures.append("dossiers.received_offered")
        if online:
            measures.append("dossiers.received_offered_online")
    return [new(Flow, (moment, measure, place, 1, None)) for measure in measures]


Tellings = Sequence[tuple[datetime, Dossier]]
"""What is known of a dossier since when: the state at its receipt, and those that follow with other facts."""


def tellings(states: Sequence[Dossier], received: datetime) -> Tellings:
    """What was told of a dossier, from its receipt on."""
    state = at(states, received)
    found = [(received, state)]
    facts = state.facts
    for state in states:
        if state.facts is not facts and state.changed_at > received:
            facts = state.facts
            found.append((state.changed_at, state))
    return found


def told(tellings: Tellings, place: Place, day: date) -> Iterator[Flow]:
    """Facts that are told after the receipt: each from when it was told on, in the cohort of the day of receipt."""
    before: tuple[str, ...] = ()
    for since, state in tellings:
        now = _counted_in(state.facts)
        if now != before:
            for measure in before:
                if measure not in now:
                    yield new(Flow, (since, measure, place, -1, day))
            for measure in now:
                if measure not in before:
                    yield new(Flow, (since, measure, place, +1, day))
            before = now


def rated(tellings: Tellings, places: Places) -> Iterator[Flow]:
    """The citizen's rating on the day it was given; another one replaces it on its own day."""
    before: tuple[str, Place] | None = None
    for since, state in tellings:
        if state.facts.rating is None:
            continue
        now = f"dossiers.{_RATED[state.facts.rating]}", places.of(state)
        if before is None or now[0] != before[0]:
            if before is not None:
                yield Flow(since, *before, -1)
            yield Flow(since, *now, +1)
            before = now


def _counted_in(facts: Facts) -> tuple[str, ...]:
    found = []
    if facts.fee_due:
        found.append("dossiers.fee_bearing")
        if facts.paid_online:
            found.append("dossiers.paid_online")
    if facts.digitised_in:
        found.append("dossiers.digitised_in")
    if facts.synced_at is not None:
        found.append("dossiers.synced")
    return tuple(found)
