"""What a dossier counts as at any moment, by the definitions of DOMAIN §1.2 over its list of events."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from streams.contracts import Event
from streams.days import civil_day
from streams.flows import UNASSIGNED
from tests.unit.dossier_tools import ORDER
from tests.unit.fold_tools import Counts

MEANING = {
    "supplement_requested": 5,
    "fee_requested": 6,
    "result_ready": 9,
    "returned": 10,
    "withdrawn": 7,
    "stopped": 8,
}
CLASS = {9: 0, 10: 1, 3: 2, 7: 2, 8: 2}


class Reference:
    """What a dossier counts as at any moment, by the definitions over its list of events: slow, and other code."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = sorted(events, key=lambda e: (e.time, ORDER.index(self.kind(e)), e.source, e.id))
        self.statuses = self._statuses()
        self.ends = [self._end(n) for n in range(len(self.events))]
        self.received = self._last("received_at", self.events)
        named = [(self.kind(e), e.data.due_at) for e in self.events if e.data.due_at]  # type: ignore[attr-defined]
        self.announced = {civil_day(due) for kind, due in named if kind == "extended"}
        firsts = [due for kind, due in named if kind != "extended"][:1]
        self.first_due = min(firsts + [due for kind, due in named if kind == "extended"], default=None)

    @staticmethod
    def kind(e: Event) -> str:
        return e.type.rsplit(".", 1)[1]

    @staticmethod
    def _last(field: str, events: Sequence[Event], default: Any = None) -> Any:
        return next((value for e in reversed(events) if (value := getattr(e.data, field))), default)

    def _statuses(self) -> list[int]:
        status, found = 1, []
        for e in self.events:
            kind = self.kind(e)
            if (kind, status) in (("supplement_received", 5), ("fee_paid", 6)):
                status = 4
            else:
                status = MEANING.get(kind) or e.data.status or status  # type: ignore[attr-defined]
            found.append(status)
        return found

    def _end(self, n: int) -> datetime | None:
        """The end as it was known after event n: by the best status since the work last went on; of equals, the first
        time that was told, unless a later one was told by name."""
        begin = max((m + 1 for m in range(n + 1) if self.statuses[m] not in CLASS), default=0)
        told: dict[int, list[tuple[bool, datetime]]] = {}
        for m in range(begin, n + 1):
            data: Any = self.events[m].data
            if data.finished_at:
                told.setdefault(0, []).append((True, data.finished_at))
            elif self.statuses[m] == 10 and data.returned_at:
                told.setdefault(1, []).append((True, data.returned_at))
            else:
                told.setdefault(CLASS[self.statuses[m]], []).append((False, self.events[m].time))
        if not told:
            return None
        best = told[min(told)]
        return next((time for named, time in reversed(best) if named), best[0][1])

    def due(self, events: Sequence[Event]) -> datetime | None:
        due = self.first_due
        for e in events:
            named = e.data.due_at  # type: ignore[attr-defined]
            if named and due and not (named > due and civil_day(named) in self.announced):
                due = named
        return due

    def contradictory(self) -> bool:
        if self.received is None:
            return True
        due, end = self.due(self.events), self.ends[-1]
        return bool((due and due < self.received) or (end and civil_day(end) < civil_day(self.received)))

    def end_at(self, t: datetime) -> tuple[datetime, datetime | None] | None:
        """The end that counts at t, with the due date that judges it."""
        for n in reversed(range(len(self.events))):
            end, before = self.ends[n], self.ends[n - 1] if n else None
            if end == before:
                continue
            if end is not None and max(end, self.received) < t:
                return end, self.due(self.events[: n + 1])
            if end is None and self.events[n].time < t:
                return None
        return None

    def counts(self, t: datetime) -> Counts:
        if self.contradictory() or t <= self.received:
            return {}
        field = self._last("field", self.events, UNASSIGNED)
        level, channel = self._last("online_level", self.events, 0), self._last("channel", self.events)
        offered = ["received_offered"] * (level >= 3) + ["received_offered_online"] * (
            level >= 3 and channel == "online"
        )
        taker = self._agency([e for e in self.events if e.time <= self.received])
        counted = {(measure, taker) for measure in ("received", *offered)}
        ended = self.end_at(t)
        if ended:
            end, due = ended
            finisher = self._agency([e for e in self.events if e.time <= end])
            counted |= {("finished", finisher)} | ({("finished_on_time", finisher)} if not due or end <= due else set())
        else:
            known = [e for e in self.events if e.time < t] or self.events[:1]
            holder = self._agency(known)
            counted |= {("open", holder)} | ({("overdue", holder)} if self._overdue(known, t) else set())
        return {(f"dossiers.{measure}", agency, field): 1 for measure, agency in counted}

    def _agency(self, known: Sequence[Event]) -> str:
        return str(self._last("agency", known or self.events[:1], UNASSIGNED))

    def _overdue(self, known: Sequence[Event], t: datetime) -> bool:
        due, statuses = self.due(known), self.statuses[: len(known)]
        asked = [e.time for n, e in enumerate(known) if all(status == 5 for status in statuses[n:])]
        return due is not None and due < t and not (asked and asked[0] <= due)
