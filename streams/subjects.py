"""What a stream of subjects (reports, dossiers) needs from its life cycle: one entry a stream."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec import Struct

from streams.catalogue import Catalogue
from streams.contracts import DOSSIERS, REPORTS, Stream
from streams.dossiers import fold as dossier
from streams.dossiers.flags import flags as dossier_flags
from streams.dossiers.flows import flows as dossier_flows
from streams.dossiers.flows import overdue_since
from streams.dossiers.place import Places
from streams.dossiers.verdicts import judged
from streams.flows import Flow
from streams.occurrences import Occurrence
from streams.reports.flows import flows as report_flows
from streams.reports.fold import history as report_history
from streams.reports.listing import detail as report_detail
from streams.reports.report import Report


class SubjectState(Struct, frozen=True, gc=False):
    """The current state of one subject, the way boards list it. `due_at` is what its verdict is by; `detail` holds what
    only its own stream has, as plain JSON values."""

    state: str
    agency: str
    kind: str
    received_at: datetime | None
    changed_at: datetime
    due_at: datetime | None = None
    ended_at: datetime | None = None
    overdue_at: datetime | None = None
    flags: tuple[str, ...] = ()
    detail: Mapping[str, str | float | int] = {}


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """How one stream's subjects are folded: the events to states, states to the current one and to flows."""

    history: Callable[[Iterable[Occurrence], Catalogue], list[Any]]
    flows: Callable[[list[Any]], list[Flow]]
    current: Callable[[list[Any], list[Flow]], SubjectState]

    def fold(self, events: Iterable[Occurrence], catalogue: Catalogue) -> tuple[SubjectState, list[Flow]]:
        """The state of a subject and what it counts for, from all its events in any order."""
        states = self.history(events, catalogue)
        flows = self.flows(states)
        return self.current(states, flows), flows


def _report(states: list[Report], flows: list[Flow]) -> SubjectState:
    last = states[-1]
    return SubjectState(
        str(last.state),
        last.facts.agency,
        last.facts.category,
        last.received_at,
        last.changed_at,
        last.judged_by,
        last.ended_at,
        last.overdue_at,
        last.flags,
        report_detail(last),
    )


def _dossier(states: list[dossier.Dossier], flows: list[Flow]) -> SubjectState:
    last = states[-1]
    agency, field, *_ = Places(last).of(last)
    return SubjectState(
        str(last.status),
        agency,
        field,
        last.facts.received_at,
        last.changed_at,
        judged(states).due_at,
        last.ended_at,
        overdue_since(flows),
        dossier_flags(last),
    )


LIFE_CYCLES: dict[Stream, LifeCycle] = {
    REPORTS: LifeCycle(report_history, report_flows, _report),
    DOSSIERS: LifeCycle(dossier.history, dossier_flows, _dossier),
}
