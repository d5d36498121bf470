"""What a report counts as at any moment, by the definitions of DOMAIN §1.1 and §2 over its list of events.

Slow, other code than what it checks, and working time minute by minute (tests/unit/working_time_reference.py).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from streams.contracts import Event
from streams.flows import UNASSIGNED
from tests.unit.fold_tools import Counts
from tests.unit.report_tools import MEANING, STATES
from tests.unit.working_time_reference import MINUTE, While

SLOW = While.around(date(2025, 12, 15), date(2026, 5, 18))

OPEN = {"new", "accepted", "verifying", "dispatched", "in_progress", "waiting_info", "returned", "reopened"}
DONE = {"resolved", "published", "confirmed"}
UNDONE = {"rejected", "duplicate", "cancelled", "unable"}

RESOLVE_DAYS = {"den": 3}
RESOLVE_MINUTES = {"chay": 120}
"""How long the categories of these tests take; any other is DOMAIN's 15 working days."""


class Reference:
    def __init__(self, events: Iterable[Event]) -> None:
        everything: list[Any] = list(events)
        order = list(MEANING)
        everything.sort(key=lambda e: (e.time, e.data.seq or 0, order.index(self.kind(e)), e.source, e.id))
        submissions = [e.time for e in everything if self.kind(e) == "submitted"]
        self.events = everything
        self.received = min(submissions, default=everything[0].time)
        self.times = [max(e.time, self.received) for e in everything]
        self.work = self._work()
        indices = range(len(everything))
        self.waits = self._waits()
        self.resolved = next((n for n in indices if self.work[n] in DONE and self._before(n) not in DONE), None)
        self.dispatches = [n for n in indices if self._dispatches(n)]
        self.reopenings = [n for n in indices if self._before(n) not in OPEN and self.work[n] in OPEN]
        self.hand_backs = [n for n in indices if self.work[n] == "returned" != self._before(n)]

    @staticmethod
    def kind(e: Any) -> str:
        return str(e.type).rsplit(".", 1)[1]

    def _work(self) -> list[str]:
        states = ["new"]
        for e in self.events:
            kind, meant = self.kind(e), MEANING[self.kind(e)]
            if kind == "status_changed" and e.data.status in STATES:
                meant = e.data.status
            if kind == "info_supplied" and states[-1] == "waiting_info":
                meant = next((state for state in reversed(states) if state != "waiting_info"), "new")
            if meant is None or meant == "hidden" or (states[-1] in UNDONE and meant in ("published", "confirmed")):
                meant = states[-1]
            states.append(meant)
        return states[1:]

    def _before(self, n: int) -> str:
        return self.work[n - 1] if n else "new"

    def _waits(self) -> list[tuple[int, int]]:
        """First and last index of each wait for the citizen; the last is that of the event that ends it."""
        found, begun = [], None
        for n, state in enumerate(self.work):
            if state == "waiting_info" and begun is None:
                begun = n
            elif state != "waiting_info" and begun is not None:
                found.append((begun, n))
                begun = None
        return found

    def _waiting(self, n: int) -> bool:
        return "waiting_info" in (self.work[n], self._before(n))

    def _dispatches(self, n: int) -> bool:
        if self.kind(self.events[n]) == "status_changed":
            return self.work[n] == "dispatched" and self._before(n) not in ("dispatched", "in_progress", "waiting_info")
        return self.kind(self.events[n]) in ("dispatched", "redispatched")

    def _category(self, n: int) -> str:
        return next((e.data.category for e in reversed(self.events[: n + 1]) if e.data.category), UNASSIGNED)

    @cache  # noqa: B019 - a reference lives as long as its test
    def _due(self, begun: datetime, named: int | None, first: int, n: int) -> datetime:
        """The date that upstream named with event `named`, else ours, later by the waits since that event and since
        event `first`, as known after event n."""
        category = self._category(n)
        minutes = RESOLVE_MINUTES.get(category)
        if named is not None:
            due = self.events[named].data.due_at
        elif minutes:
            due = begun + minutes * MINUTE
        else:
            due = SLOW.moment(SLOW.end_of_day_after(self._minute(begun), RESOLVE_DAYS.get(category, 15)))
        for begin, end in self.waits:
            settled = begin < first or (named is not None and begin <= named)
            if end > n or settled or self.times[begin] > due:
                continue
            if minutes:
                due += self.times[end] - self.times[begin]
            elif worked := SLOW.between(self._minute(self.times[begin]), self._minute(self.times[end])):
                due = SLOW.moment(SLOW.after(self._minute(due), worked))
        return due

    @staticmethod
    def _minute(moment: datetime) -> int:
        return (moment - SLOW.moment(0)) // MINUTE

    def citizens(self, n: int) -> datetime:
        """The citizen's date as known after event n: for good after the first resolution."""
        n = n if self.resolved is None else min(n, self.resolved)
        named: int | None = None
        for m in (m for m in range(n + 1) if self.events[m].data.due_at):
            kind, dispatched = self.kind(self.events[m]), any(d <= m for d in self.dispatches)
            if kind in ("redispatched", "extended", "reopened"):
                continue
            if named is None or self._waiting(m) or not dispatched:
                named = m
        return self._due(self.received, named, -1, n)

    def agencys(self, n: int) -> datetime | None:
        """The agency's date as known after event n."""
        begun = max((m for m in (*self.dispatches, *self.reopenings) if m <= n), default=None)
        if begun is None:
            return None
        named: int | None = None
        for m in range(begun, n + 1):
            if self.events[m].data.due_at and (m == begun or self._before(m) in OPEN):
                named = m
        return self._due(self.times[begun], named, begun, n)

    def verdict_late(self, n: int) -> bool | None:
        """None before the first resolution."""
        if self.resolved is None or self.resolved > n:
            return None
        return self.times[self.resolved] > self.citizens(self.resolved)

    def contradictory(self, n: int) -> bool:
        early = self.resolved is not None and self.resolved <= n and self.events[self.resolved].time < self.received
        return early or self.citizens(n) < self.received

    def overdue(self, n: int, t: datetime) -> bool:
        if self.work[n] not in OPEN or self.contradictory(n):
            return False
        late = self.verdict_late(n)
        if late:
            return True
        due = self.citizens(n) if late is None else self.agencys(n) or self.citizens(n)
        if self.work[n] == "waiting_info":
            asked = max(m for m in range(n + 1) if self.work[m] == "waiting_info" != self._before(m))
            return due < self.times[asked]
        return due < t

    def _soon(self, n: int, t: datetime) -> bool:
        if self.work[n] not in OPEN - {"waiting_info"} or self.contradictory(n) or self.overdue(n, t):
            return False
        due = self.citizens(n) if self.verdict_late(n) is None else self.agencys(n) or self.citizens(n)
        if self._category(n) in RESOLVE_MINUTES:
            return due - timedelta(hours=1) < t
        return SLOW.moment(SLOW.before(self._minute(due), 8 * 60)) < t

    def counts(self, t: datetime) -> Counts:
        """By (measure, agency, category)."""
        known = [n for n in range(len(self.events)) if self.times[n] < t]
        if not known:
            return {}
        n = known[-1]
        here = self._agency(n), self._category(n)
        found: Counter[tuple[str, str, str]] = Counter(
            {(f"reports.{m}", *here): 1 for m in (*self._cohort(n, t), *self._stock(n, t))}
        )
        for m in self.hand_backs:
            if m <= n:
                found["reports.handed_back", self._agency(max(m - 1, 0)), self._category(max(m - 1, 0))] += 1
        for m in known:
            due = self.agencys(m)
            if self.work[m] in DONE and self._before(m) in OPEN and due:
                place = self._agency(m), self._category(m)
                found["reports.agency_resolved", *place] += 1
                found["reports.agency_late", *place] += self.times[m] > due
        for name, first in self._firsts().items():
            if first is not None and first in known:
                found[f"reports.{name}#{self._bucket(first)}", self._agency(first), self._category(first)] += 1
        return {key: count for key, count in found.items() if count}

    def _firsts(self) -> dict[str, int | None]:
        """The events by which something was reached for the first time."""
        silent = ("submitted", "info_supplied", "rated", "reopened", "anonymised")
        indices = range(len(self.events))
        answers = (
            n
            for n in indices
            if self.kind(self.events[n]) not in silent
            and not (
                self.kind(self.events[n]) == "status_changed" and self.work[n] in ("new", "cancelled", "confirmed")
            )
        )
        return {
            "first_response": next(answers, None),
            "dispatch": min(self.dispatches, default=None),
            "resolution": self.resolved,
        }

    def _bucket(self, n: int) -> int:
        """A quarter of an octave each, from a minute on: counted up to the duration without the waits until event n."""
        waited = sum((self.times[end] - self.times[begin] for begin, end in self.waits if end <= n), timedelta())
        seconds = (self.times[n] - self.received - waited).total_seconds()
        return next(k for k in range(200) if seconds < 60 * 2 ** (k / 4))

    def _agency(self, n: int) -> str:
        return next((e.data.agency for e in reversed(self.events[: n + 1]) if e.data.agency), UNASSIGNED)

    def _stock(self, n: int, t: datetime) -> list[str]:
        state = ["overdue"] * self.overdue(n, t) + ["due_soon"] * self._soon(n, t)
        return ["open", *state] if self.work[n] in OPEN else []

    def _cohort(self, n: int, t: datetime) -> list[str]:
        found, work, known = ["received"], self.work[n], self.events[: n + 1]
        ratings = [e.data.rating for e in known if self.kind(e) == "rated" and 1 <= e.data.rating <= 5]
        unhappy = bool(ratings) and ratings[-1] <= 2
        if ratings:
            found.append("dissatisfied" if unhappy else "neutral" if ratings[-1] == 3 else "satisfied")
        found += ["urgent"] if [e.data.priority for e in known if e.data.priority][-1:] == ["urgent"] else []
        if work in ("rejected", "duplicate", "cancelled"):
            return [*found, work]
        done, verdict, again = work in DONE, self.verdict_late(n), any(m <= n for m in self.reopenings)
        late = not self.contradictory(n) and ((done and bool(verdict)) or self.overdue(n, t))
        found += ["resolved"] * done
        if self.contradictory(n):
            found += ["contradictory"] + ["resolved_contradictory"] * done
        elif late:
            found += ["late"] + ["resolved_late"] * done
        elif work == "unable":
            found.append("unable")
        if any(self.resolved is not None and self.resolved < m <= n for m in self.reopenings):
            found += ["reopened"] + ["resolved_before"] * (not done)
        return [*found, *(["deducted"] if late or again or unhappy else [])]
