"""What a dossier counts as at any moment, by the definitions of DOMAIN §1.2 over its list of events."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from streams.catalogue import Catalogue
from streams.contracts import Event
from streams.contracts.types import PROVINCE_TIME
from streams.days import civil_day
from streams.flows import UNASSIGNED
from streams.indicators.histogram import bucket
from tests.unit.dossier_tools import NO_CATALOGUE, ORDER
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
APART = {3: "finished_refused", 7: "finished_withdrawn", 8: "finished_stopped"}
RATED = {1: "dissatisfied", 2: "dissatisfied", 3: "neutral", 4: "satisfied", 5: "satisfied"}
END_OF_DAY = timedelta(days=1) - timedelta(microseconds=1)


class Office:
    """Working time day by day: slow, and other code."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.spans: list[tuple[datetime, datetime]] = []
        for day in (date(2026, 8, 1) + timedelta(n) for n in range(250)):
            if day.weekday() < 5 and not catalogue.calendar.holiday(day):
                midnight = datetime(day.year, day.month, day.day, tzinfo=PROVINCE_TIME)
                self.spans += [
                    (midnight + timedelta(hours=begin), midnight + timedelta(hours=begin + 4)) for begin in (7, 13)
                ]

    def between(self, start: datetime, end: datetime) -> timedelta:
        overlaps = (min(end, last) - max(start, first) for first, last in self.spans)
        return sum((overlap for overlap in overlaps if overlap > timedelta(0)), timedelta(0))

    def after(self, start: datetime, amount: timedelta) -> datetime:
        if not amount:
            return start
        for first, last in self.spans:
            here = last - max(start, first)
            if here >= amount:
                return max(start, first) + amount
            amount -= max(here, timedelta(0))
        raise AssertionError("the office has no more days")

    def before(self, end: datetime, amount: timedelta) -> datetime:
        for first, last in reversed(self.spans):
            here = min(end, last) - first
            if here >= amount:
                return min(end, last) - amount
            amount -= max(here, timedelta(0))
        raise AssertionError("the office has no more days")

    def nth_day_after(self, start: datetime, days: int) -> datetime:
        return sorted({last for first, last in self.spans if first.hour == 13 and civil_day(last) > civil_day(start)})[
            days - 1
        ]


class Reference:
    """What a dossier counts as at any moment, by the definitions over its list of events: slow, and other code."""

    def __init__(self, events: Iterable[Event], catalogue: Catalogue = NO_CATALOGUE) -> None:
        self.catalogue, self.office = catalogue, OFFICES.setdefault(catalogue.version, Office(catalogue))
        self.events = sorted(events, key=lambda e: (e.time, ORDER.index(self.kind(e)), e.source, e.id))
        self.data: list[Any] = [e.data for e in self.events]
        self.kinds = [self.kind(e) for e in self.events]
        self.statuses = self._statuses()
        self.ends = [self._end(n) for n in range(len(self.events))]
        self.received = self._last("received_at", self.events)
        self.procedure = catalogue.procedure(self._last("procedure", self.events), self.received)
        named = [(kind, data.due_at) for kind, data in zip(self.kinds, self.data, strict=True) if data.due_at]
        self.announced = {civil_day(due) for kind, due in named if kind == "extended"}
        self.first_due = self._first_due(named)
        self.due, self.due_766 = cache(self._due), cache(self._due_766)

    @staticmethod
    def kind(e: Event) -> str:
        return e.type.rsplit(".", 1)[1]

    @staticmethod
    def _last(field: str, events: Sequence[Event], default: Any = None) -> Any:
        return next((value for e in reversed(events) if (value := getattr(e.data, field)) is not None), default)

    def _statuses(self) -> list[int]:
        status, found = 1, []
        for kind, data in zip(self.kinds, self.data, strict=True):
            if (kind, status) in (("supplement_received", 5), ("fee_paid", 6)):
                status = 4
            else:
                named = data.status if data.status and 1 <= data.status <= 10 else None
                status = MEANING.get(kind) or named or status
            found.append(status)
        return found

    def _first_due(self, named: list[tuple[str, datetime]]) -> datetime | None:
        firsts = [due for kind, due in named if kind != "extended"][:1]
        if self.procedure and all(civil_day(due) in self.announced for due in firsts):
            return self._deadline(self.received)
        return min(firsts + [due for kind, due in named if kind == "extended"], default=None)

    def _deadline(self, start: datetime) -> datetime:
        assert self.procedure
        if self.procedure.working_hours:
            return self.office.after(start, timedelta(hours=self.procedure.working_hours))
        assert self.procedure.working_days
        return self.office.nth_day_after(start, self.procedure.working_days)

    def _end(self, n: int) -> datetime | None:
        """The end as it was known after event n: by the best status since the work last went on; of equals, the first
        time that was told, unless a later one was told by name."""
        begin = max((m + 1 for m in range(n + 1) if self.statuses[m] not in CLASS), default=0)
        told: dict[int, list[tuple[bool, datetime]]] = {}
        for m in range(begin, n + 1):
            if self.data[m].finished_at:
                told.setdefault(0, []).append((True, self.data[m].finished_at))
            elif self.statuses[m] == 10 and self.data[m].returned_at:
                told.setdefault(1, []).append((True, self.data[m].returned_at))
            else:
                told.setdefault(CLASS[self.statuses[m]], []).append((False, self.events[m].time))
        if not told:
            return None
        best = told[min(told)]
        return next((time for named, time in reversed(best) if named), best[0][1])

    def waits(self, status: int) -> list[tuple[int, int]]:
        """First event in a status, and the one that left it; the number of events where none has."""
        here = [s == status for s in self.statuses]
        begins = [n for n, is_in in enumerate(here) if is_in and (n == 0 or not here[n - 1])]
        return [(b, next((n for n in range(b, len(here)) if not here[n]), len(here))) for b in begins]

    def own(self, n: int) -> bool:
        """Whether event n names a due date of upstream's own."""
        named, before = self.data[n].due_at, self.due(n)
        if not named or self.kinds[n] == "extended" or (named > before and civil_day(named) in self.announced):
            return False
        last = next((m for m in reversed(range(n)) if self.own(m)), None)
        moved_since = last is not None and before != self.data[last].due_at
        return not (moved_since and civil_day(named) == civil_day(self.data[last].due_at))  # type: ignore[index]  # known to be there

    def changes(self, n: int) -> bool:
        return self.own(n) and self.data[n].due_at != self.due(n)

    def _due(self, n: int) -> datetime | None:
        """The due date after the first n events: upstream's last, and each later wait that upstream did not answer."""
        if self.first_due is None:
            return None
        last = next((m for m in reversed(range(n)) if self.own(m)), -1)
        due: datetime = self.data[last].due_at if last >= 0 else self.first_due
        pauses = self.procedure is not None and self.procedure.fee_pauses
        waits = [(b, e, 5) for b, e in self.waits(5)] + [(b, e, 6) for b, e in self.waits(6) if pauses]
        for begin, end, status in sorted(waits):
            if last < end < n and not any(self.changes(m) for m in range(begin, end + 1)):
                restarts = status == 5 and self.procedure is not None and self.procedure.pause == "restart"
                due = self._moved(due, begin, end, restarts=restarts)
        return due

    def _due_766(self, n: int) -> datetime | None:
        if self.first_due is None:
            return None
        last = next((m for m in reversed(range(n)) if self.own(m)), -1)
        due: datetime = self.data[last].due_at if last >= 0 else self.first_due
        for begin, end in self.waits(5):
            if last < end < n and not any(self.changes(m) for m in range(begin, end + 1)):
                due = self._moved(due, begin, end, restarts=False)
        return due

    def _moved(self, due: datetime, begin: int, end: int, *, restarts: bool) -> datetime:
        since, until = self._span(begin, end)
        if since > due or until <= since:
            return due
        if restarts:
            return max(self._deadline(until), self._moved(due, begin, end, restarts=False))
        later = self.office.after(due, self.office.between(since, until))
        midnight = datetime.combine(civil_day(due), datetime.min.time(), PROVINCE_TIME)
        if due != midnight + END_OF_DAY:
            return later
        return datetime.combine(civil_day(later), datetime.min.time(), PROVINCE_TIME) + END_OF_DAY

    def contradictory(self) -> bool:
        if self.received is None:
            return True
        due, end = self.due(len(self.events)), self.ends[-1]
        return bool((due and due < self.received) or (end and civil_day(end) < civil_day(self.received)))

    def end_at(self, t: datetime) -> int | None:
        """The event that told the end that counts at t."""
        for n in reversed(range(len(self.events))):
            end, before = self.ends[n], self.ends[n - 1] if n else None
            if end == before:
                continue
            if end is not None and max(end, self.received) < t:
                return n
            if end is None and self.events[n].time < t:
                return None
        return None

    def counts(self, t: datetime) -> Counts:
        if self.contradictory() or t <= self.received:
            return {}
        taker = self._agency([e for e in self.events if e.time <= self.received])
        known = [e for e in self.events if e.time < t] or self.events[:1]
        counted = {(measure, taker) for measure in self._filed() + self._facts(known)}
        told = self.end_at(t)
        if told is not None:
            finisher = self._agency([e for e in self.events if e.time <= self.ends[told]])  # type: ignore[operator]  # known to be there
            counted |= {(measure, finisher) for measure in self._finished(told, known)}
        else:
            holder = self._agency(known)
            counted |= {(measure, holder) for measure in self._unfinished(len(known), t)}
        counted |= self._rated(known)
        field = self._last("field", self.events, self.procedure.field if self.procedure else UNASSIGNED)
        return {(f"dossiers.{measure}", agency, field): 1 for measure, agency in counted}

    def _filed(self) -> list[str]:
        online = self._last("channel", self.events) == "online"
        offered = self._last("online_level", self.events, self.procedure.online_level if self.procedure else 0) >= 3
        named = {"received_online": online, "received_offered": offered, "received_offered_online": online and offered}
        return ["received", *(measure for measure, holds in named.items() if holds)]

    def _facts(self, known: Sequence[Event]) -> list[str]:
        fee = self._last("fee_due", known, self.procedure.fee if self.procedure else 0)
        named = {
            "fee_bearing": fee > 0,
            "paid_online": fee > 0 and self._last("paid_online", known),
            "digitised_in": self._last("digitised_in", known),
            "synced": self._last("synced_at", known),
        }
        return [measure for measure, holds in named.items() if holds]

    def _rated(self, known: Sequence[Event]) -> set[tuple[str, str]]:
        """The rating, by the agency that had the dossier when its kind was given first, of the last times in a row."""
        found: tuple[str, str] | None = None
        before = [e for e in self.events if e.time <= self.received] or self.events[:1]
        for n in range(min(len(before), len(known)), len(known) + 1):
            ratings = [e.data.rating for e in known[:n] if e.data.rating in RATED]  # type: ignore[attr-defined]  # known to be there
            if ratings and (found is None or found[0] != RATED[ratings[-1]]):
                found = RATED[ratings[-1]], self._agency(known[:n])
        return {found} if found else set()

    def _finished(self, told: int, known: Sequence[Event]) -> list[str]:
        end, due, due_766 = self.ends[told], self.due(told + 1), self.due_766(told + 1)
        assert end
        late, requests = due is not None and end > due, sum(begin <= told for begin, _ in self.waits(5))
        apologies = [e.time for e in self.events[: told + 1] if self.kind(e) == "extended"]
        since = max((n + 1 for n in range(told + 1) if self.statuses[n] not in CLASS), default=0)
        ends = [9 if self.data[n].finished_at else self.statuses[n] for n in range(since, told + 1)]
        apart = [APART[ends[0]]] if all(end in APART for end in ends) else []
        named = {
            "finished_on_time": not late,
            "finished_early": due is not None and civil_day(end) < civil_day(due),
            "finished_late_766": not late and (requests > 1 or (due_766 is not None and end > due_766)),
            "finished_apologised": late and any(time <= end for time in apologies),
            "finished_digitised": not apart and self._last("digitised_result", known),
        }
        waits = [self._span(begin, over) for begin, over in self.waits(5) if over <= told]
        waited = sum((until - since for since, until in waits if until > since), timedelta(0))
        processing = max((end - self.received - waited).total_seconds(), 0)
        return ["finished", f"processing#{bucket(processing)}", *(m for m, holds in named.items() if holds), *apart]

    def _span(self, begin: int, over: int) -> tuple[datetime, datetime]:
        """From when to when a wait lasted: to the event that left it, or to the end that this tells of, if earlier."""
        return self.events[begin].time, min(filter(None, [self.events[over].time, self.ends[over]]))

    def _unfinished(self, n: int, t: datetime) -> list[str]:
        """After the first n events, at t."""
        named = [n for n in range(n) if self.data[n].status or self.kinds[n] in MEANING]
        if named and self.kinds[named[-1]] not in MEANING and not 1 <= self.data[named[-1]].status <= 10:
            return ["open", "unclear"]
        waiting = self.statuses[n - 1] == 5
        overdue, overdue_766 = self._overdue(n, t, self.due(n), (5, 6)), self._overdue(n, t, self.due_766(n), (5,))
        found = ["open"] + ["waiting"] * waiting
        if overdue:
            apologies = [e for e in self.events[:n] if self.kind(e) == "extended"]
            return [*found, "overdue", *(["overdue_apologised"] if apologies else [])]
        if overdue_766 or sum(begin < n for begin, _ in self.waits(5)) > 1:
            found.append("overdue_766")
        due = self.due(n)
        if due and not self._paused_since(n, (5, 6)) and self.office.before(due, timedelta(hours=16)) < t <= due:
            found.append("due_soon")
        return found

    def _agency(self, known: Sequence[Event]) -> str:
        named = str(self._last("agency", known or self.events[:1], UNASSIGNED))
        listed = {agency.code for agency in self.catalogue.agencies}
        return named if named in listed or not listed else UNASSIGNED

    def _paused_since(self, n: int, statuses: Sequence[int]) -> datetime | None:
        status = self.statuses[n - 1]
        pauses = status == 5 or (self.procedure is not None and self.procedure.fee_pauses)
        if status not in statuses or not pauses:
            return None
        return next(self.events[begin].time for begin, end in self.waits(status) if begin < n <= end)

    def _overdue(self, n: int, t: datetime, due: datetime | None, statuses: Sequence[int]) -> bool:
        since = self._paused_since(n, statuses)
        return due is not None and due < t and not (since is not None and since <= due)


OFFICES: dict[str, Office] = {}
