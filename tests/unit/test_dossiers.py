"""The life of a dossier (DOMAIN §1.2): receipt, due dates, waits and ends, and what they count for at any moment."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from streams.contracts import DOSSIERS, Event
from streams.days import civil_day, day_start
from streams.dossiers.flows import flows, overdue_since
from streams.dossiers.fold import flags, history
from streams.flows import UNASSIGNED, Flow, cells
from tests.unit.event_tools import at, event, hours
from tests.unit.fold_tools import MOMENTS, START, Counts, asked_at, figure, standing, standing_in

PLAIN = """upserted status_changed supplement_requested supplement_received fee_requested fee_paid extended result_ready
    returned withdrawn stopped rated"""
ORDER = PLAIN.split()
MEANING = {
    "supplement_requested": 5,
    "fee_requested": 6,
    "result_ready": 9,
    "returned": 10,
    "withdrawn": 7,
    "stopped": 8,
}
CLASS = {9: 0, 10: 1, 3: 2, 7: 2, 8: 2}

NEAR = st.integers(0, 24).map(lambda n: (START + hours(6 * n)).isoformat())
DAY = st.integers(0, 7).map(lambda n: (START + timedelta(days=n)).date().isoformat())
STATUS = st.sampled_from([2, 4, 4, 5, 9, 9, 10, 3, 7, 8])
RECEIVED = st.sampled_from([(START + hours(n)).isoformat() for n in (-30, 0, 6)])
COMMON = {"agency": st.sampled_from(["a", "b"]), "due_at": DAY | NEAR, "status": STATUS}
ENDS = {"finished_at": NEAR, "returned_at": NEAR}


def body(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional={k: v for k, v in optional.items() if k not in required})


SNAPSHOT = body(
    {"procedure": st.just("p"), "agency": st.sampled_from(["a", "b"]), "status": STATUS, "received_at": RECEIVED},
    {"due_at": DAY, "finished_at": NEAR, "returned_at": NEAR, "field": st.sampled_from(["y-te", "dat-dai"]),
     "channel": st.sampled_from(["online", "counter"]), "online_level": st.integers(1, 4)},
)  # fmt: skip
FIELDS = {
    "upserted": SNAPSHOT,
    "status_changed": body({"status": STATUS}, COMMON | ENDS),
    "extended": body({"due_at": DAY | NEAR}, {"status": STATUS}),
    "result_ready": body({}, COMMON | ENDS),
    "returned": body({}, COMMON | ENDS),
    "rated": body({"rating": st.just(4)}, {}),
}
WAYS = st.sampled_from([*ORDER, "upserted", "status_changed", "extended"]).flatmap(
    lambda kind: st.tuples(st.just(kind), FIELDS.get(kind, body({}, COMMON)))
)


@st.composite
def lives(draw: st.DrawFn, ways: st.SearchStrategy[Any] = WAYS, least: int = 0) -> list[Event]:
    """Events of one dossier that was received, some of the same moment, in any order."""
    made = [(("upserted", draw(SNAPSHOT)), draw(MOMENTS))]
    made += draw(st.lists(st.tuples(ways, MOMENTS), min_size=least, max_size=6))
    return [event(DOSSIERS, kind, time, {"id": str(n)}, **data) for n, ((kind, data), time) in enumerate(made)]


def life(*steps: tuple[str, str, dict[str, Any]]) -> list[Event]:
    return [event(DOSSIERS, kind, at(time), **data) for kind, time, data in steps]


def of(events: Iterable[Event]) -> list[Flow]:
    return flows(history(events))


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


@given(lives().flatmap(lambda events: st.tuples(st.just(events), st.permutations(events))))
def test_any_order_of_the_same_events_gives_the_same_history_and_flows(orders: tuple[list[Event], list[Event]]) -> None:
    one, other = orders
    assert history(one) == history(other)
    assert of(one) == of(other)


@settings(max_examples=400, deadline=None)
@given(lives())
def test_at_every_moment_a_dossier_counts_as_its_events_say(events: list[Event]) -> None:
    reference, found = Reference(events), of(events)
    for t in asked_at(found):
        assert standing(found, t) == reference.counts(t)


@settings(max_examples=30, deadline=None)
@given(st.lists(lives(), min_size=1, max_size=4))
def test_the_cells_of_many_dossiers_sum_to_their_states_at_the_end_of_every_day(dossiers: list[list[Event]]) -> None:
    counted: Counter[Any] = Counter()
    for events in dossiers:
        counted.update(cells(of(events)))
    for past in (date(2026, 10, 28) + timedelta(days=n) for n in range(14)):
        expected: Counter[Any] = Counter()
        for events in dossiers:
            expected.update(Reference(events).counts(day_start(past)))
        assert standing_in(counted, past) == dict(expected)


def totals(flows: Iterable[Flow], t: datetime) -> Counter[str]:
    """What counts at t whatever the agency and the field."""
    found: Counter[str] = Counter()
    for (measure, _, _), n in standing(flows, t).items():
        found[measure.removeprefix("dossiers.")] += n
    return found


@given(lives())
def test_what_is_received_is_either_open_or_finished_at_every_moment(events: list[Event]) -> None:
    """So the two sides of the form that people sign are equal, for every period."""
    found = of(events)
    for t in asked_at(found):
        total = totals(found, t)
        assert total["received"] == total["open"] + total["finished"]
        assert 0 <= total["overdue"] <= total["open"]
        assert 0 <= total["finished_on_time"] <= total["finished"]


@settings(max_examples=60)
@given(lives())
def test_a_transfer_between_agencies_moves_the_dossier_and_keeps_the_totals(events: list[Event]) -> None:
    stay = [e.model_copy(update={"data": e.data.model_copy(update={"agency": "a"})}) for e in events]
    moved, stayed = of(events), of(stay)
    for t in asked_at(moved):
        assert totals(moved, t) == totals(stayed, t)


LATER = body({}, {"finished_at": NEAR, "returned_at": NEAR, "due_at": NEAR, "agency": st.just("c")})
LATER_WAYS = st.sampled_from(ORDER[2:]).flatmap(lambda kind: st.tuples(st.just(kind), LATER))


@settings(max_examples=200, deadline=None)
@given(lives(), st.lists(LATER_WAYS, min_size=1, max_size=3))
def test_events_that_follow_change_nothing_before_the_moments_they_name(
    events: list[Event], more: list[tuple[str, dict[str, Any]]]
) -> None:
    """Unless they correct the receipt or what the dossier is, or show by an apology that a due date which upstream gave
    before was the apology's, or settle a contradiction, for which the dossier counted nowhere."""
    last = max(e.time for e in events)
    later = [
        event(DOSSIERS, kind, last + hours(n + 1), {"id": f"later-{n}"}, **{"rating": 1, "due_at": "2026-12-01"} | data)
        for n, (kind, data) in enumerate(more)
    ]
    given_before = {civil_day(e.data.due_at) for e in events if e.data.due_at}  # type: ignore[attr-defined]
    announced = {civil_day(e.data.due_at) for e in later if e.type.endswith("extended")}  # type: ignore[attr-defined]
    assume(not given_before & announced and not flags(history(events)[-1]))
    named = [(e.time, e.data.finished_at, e.data.returned_at, e.data.due_at) for e in later]  # type: ignore[attr-defined]
    t = min(moment for moments in named for moment in moments if moment)
    before, after = of(events), of(events + later)
    assert [flow for flow in before if flow.moment < t] == [flow for flow in after if flow.moment < t]


@settings(max_examples=200, deadline=None)
@given(lives(), DAY | NEAR, MOMENTS)
def test_an_apology_never_makes_a_dossier_less_late(events: list[Event], due: str, time: datetime) -> None:
    apology = event(DOSSIERS, "extended", time, {"id": "apology"}, due_at=due)
    told, silent = of([*events, apology]), of(events)
    assume(bool(told) or not silent)  # a date before the receipt contradicts itself
    for t in asked_at(told + silent):
        with_, without = totals(told, t), totals(silent, t)
        assert with_["finished_on_time"] <= without["finished_on_time"]
        assert with_["overdue"] >= without["overdue"]


def snapshot(time: str, **data: Any) -> tuple[str, str, dict[str, Any]]:
    file = {"procedure": "1.001", "agency": "so-y-te", "field": "y-te", "status": 2, "received_at": "2026-10-20"}
    return "upserted", time, file | data


def verdict(*steps: tuple[str, str, dict[str, Any]], t: str = "2027-01-01 00:00") -> str:
    """What a dossier is at t."""
    total = totals(of(life(*steps)), at(t))
    assert total["received"] == 1
    if total["open"]:
        return "overdue" if total["overdue"] else "open"
    return "on time" if total["finished_on_time"] else "late"


def test_the_domains_october_stays_october_when_it_is_asked_about_in_december() -> None:
    """Received 20/10, due 5/11, finished 8/11: in time on 31/10, late in November."""
    october, november = (date(2026, 10, 1), date(2026, 11, 1)), (date(2026, 11, 1), date(2026, 12, 1))
    begun = life(snapshot("2026-10-20 08:00", due_at="2026-11-05"))
    ended = begun + life(("result_ready", "2026-11-08 09:00", {}))
    for known in (begun, ended):
        found = cells(of(known))
        on_time = figure("dossiers.on_time", found, *october)
        assert (on_time.numerator, on_time.denominator, on_time.shown) == (1, 1, "100,00 %")
    found = cells(of(ended))
    on_time = figure("dossiers.on_time", found, *november)
    assert (on_time.numerator, on_time.denominator, on_time.shown) == (0, 1, "0,00 %")
    assert figure("dossiers.received", found, *october).numerator == 1
    assert figure("dossiers.received", found, *november).numerator == 0
    december = figure("dossiers.on_time", found, date(2026, 12, 1), date(2027, 1, 1))
    assert (december.denominator, december.shown) == (0, "N/A")


def test_the_published_figures_come_out_exactly() -> None:
    """Account 003: 237 630 of 238 539 on time; 4 810 of 27 873 filed online where that was offered."""

    def counted(n: int, finished: str, **data: Any) -> Counter[Any]:
        events = life(snapshot("2026-10-20 08:00", due_at="2026-11-05", **data), ("result_ready", finished, {}))
        return Counter({cell: n * count for cell, count in cells(of(events)).items()})

    found = counted(4_810, "2026-11-04 08:00", online_level=4, channel="online")
    found.update(counted(27_873 - 4_810, "2026-11-04 08:00", online_level=3, channel="counter"))
    found.update(counted(237_630 - 27_873, "2026-11-05 16:00", online_level=2, channel="online"))
    found.update(counted(238_539 - 237_630, "2026-11-06 08:00"))
    year = date(2026, 1, 1), date(2027, 1, 1)
    shown = {
        name: (answer.numerator, answer.denominator, answer.shown)
        for name in ("dossiers.received", "dossiers.on_time", "dossiers.online_eligible")
        for answer in [figure(name, found, *year)]
    }
    assert shown == {
        "dossiers.received": (238_539, None, "238.539"),
        "dossiers.on_time": (237_630, 238_539, "99,61 %"),
        "dossiers.online_eligible": (4_810, 27_873, "17,25 %"),
    }


DUE = snapshot("2026-10-20 08:00", due_at="2026-11-05")
APOLOGY = ("extended", "2026-11-06 08:00", {"due_at": "2026-11-20"})


def test_an_end_at_the_due_moment_is_on_time_and_one_after_it_is_late() -> None:
    due = snapshot("2026-10-20 08:00", due_at="2026-11-05T17:00:00+07:00")
    assert verdict(due, ("result_ready", "2026-11-05 17:00", {})) == "on time"
    assert verdict(due, ("result_ready", "2026-11-05 17:00:00.000001", {})) == "late"
    assert verdict(due, t="2026-11-05 17:00") == "open"
    assert verdict(due, t="2026-11-05 17:00:00.000001") == "overdue"


def test_a_due_date_without_a_time_lasts_to_the_end_of_its_day() -> None:
    assert verdict(DUE, ("result_ready", "2026-11-05 23:59", {})) == "on time"
    assert verdict(DUE, t="2026-11-05 23:59:59.999999") == "open"
    assert verdict(DUE, t="2026-11-06 00:00") == "overdue"


def test_without_any_due_date_nothing_is_late() -> None:
    assert verdict(snapshot("2026-10-20 08:00")) == "open"
    assert verdict(snapshot("2026-10-20 08:00"), ("result_ready", "2026-12-20 08:00", {})) == "on time"


@pytest.mark.parametrize(
    ("what", "steps"),
    [
        ("as told", [APOLOGY]),
        ("repeated by a snapshot", [APOLOGY, snapshot("2026-11-07 08:00", due_at="2026-11-20")]),
        ("repeated to the minute", [APOLOGY, snapshot("2026-11-07 08:00", due_at="2026-11-20T17:00:00+07:00")]),
        ("repeated by a snapshot of the same second", [snapshot("2026-11-06 08:00", due_at="2026-11-20"), APOLOGY]),
        ("told after upstream had moved the date", [snapshot("2026-11-04 08:00", due_at="2026-11-20"), APOLOGY]),
        (
            "the first of two, repeated after the second",
            [
                APOLOGY,
                ("extended", "2026-11-07 08:00", {"due_at": "2026-11-25"}),
                snapshot("2026-11-07 09:00", due_at="2026-11-20"),
            ],
        ),
        ("told after the end", [("extended", "2026-12-01 08:00", {"due_at": "2026-12-20"})]),
    ],
)
def test_an_apology_never_launders_lateness(what: str, steps: list[tuple[str, str, dict[str, Any]]]) -> None:
    assert verdict(DUE, *steps, ("result_ready", "2026-11-08 09:00", {})) == "late", what
    assert verdict(DUE, *steps, t="2026-11-08 00:00") == "overdue", what


def test_an_apology_that_is_the_only_date_known_is_the_due_date() -> None:
    received = snapshot("2026-10-20 08:00")
    assert verdict(received, APOLOGY, ("result_ready", "2026-11-19 08:00", {})) == "on time"
    assert verdict(received, APOLOGY, ("result_ready", "2026-11-21 08:00", {})) == "late"


def test_upstreams_new_due_date_wins_from_then_on() -> None:
    moved = ("status_changed", "2026-11-10 08:00", {"status": 4, "due_at": "2026-11-20"})
    assert verdict(DUE, moved, t="2026-11-08 00:00") == "overdue"
    assert verdict(DUE, moved, t="2026-11-11 00:00") == "open"
    assert verdict(DUE, moved, ("result_ready", "2026-11-19 08:00", {})) == "on time"


def test_a_due_date_that_is_moved_after_the_end_judges_nothing() -> None:
    moved = ("status_changed", "2026-11-10 08:00", {"status": 9, "due_at": "2026-11-20"})
    assert verdict(DUE, ("result_ready", "2026-11-08 08:00", {}), moved) == "late"


def test_a_snapshot_that_tells_of_the_end_with_a_new_due_date_is_judged_by_that_date() -> None:
    synced = snapshot("2026-11-10 02:00", status=9, finished_at="2026-11-08T08:00:00+07:00", due_at="2026-11-09")
    assert verdict(DUE, synced) == "on time"


def test_the_first_due_date_holds_from_the_beginning_however_late_it_is_told() -> None:
    late_told = snapshot("2026-11-10 02:00", due_at="2026-11-05")
    assert verdict(snapshot("2026-10-20 08:00"), late_told, t="2026-11-06 00:00") == "overdue"


REQUEST = ("supplement_requested", "2026-11-03 08:00", {})
ANSWER = "supplement_received"


def test_a_wait_that_began_in_time_is_not_overdue_while_it_lasts() -> None:
    assert verdict(DUE, REQUEST, t="2026-11-30 00:00") == "open"
    assert verdict(DUE, REQUEST, ("supplement_requested", "2026-11-07 08:00", {}), t="2026-11-30 00:00") == "open"


def test_a_wait_that_began_late_stays_overdue() -> None:
    late = ("supplement_requested", "2026-11-06 08:00", {})
    assert verdict(DUE, late, t="2026-11-05 12:00") == "open"
    assert verdict(DUE, late, t="2026-11-07 00:00") == "overdue"


def test_after_a_wait_upstreams_new_date_counts_and_without_one_the_old() -> None:
    moved = (ANSWER, "2026-11-07 08:00", {"due_at": "2026-11-09"})
    assert verdict(DUE, REQUEST, moved, t="2026-11-08 00:00") == "open"
    assert verdict(DUE, REQUEST, moved, t="2026-11-10 00:00") == "overdue"
    assert verdict(DUE, REQUEST, (ANSWER, "2026-11-07 08:00", {}), t="2026-11-08 00:00") == "overdue"


def test_a_wait_that_is_told_later_does_not_hide_that_the_due_date_passed_before() -> None:
    seen_first_in_a_wait = snapshot("2026-11-10 02:00", status=5, due_at="2026-11-05")
    assert verdict(seen_first_in_a_wait, t="2026-11-05 12:00") == "open"
    assert verdict(seen_first_in_a_wait, t="2026-11-06 00:00") == "overdue"


def test_a_fee_paid_when_the_result_is_fetched_does_not_begin_the_work_again() -> None:
    done = ("result_ready", "2026-11-04 08:00", {})
    assert verdict(DUE, done, ("fee_paid", "2026-11-10 08:00", {})) == "on time"
    assert verdict(DUE, done, (ANSWER, "2026-11-10 08:00", {})) == "on time"
    assert verdict(DUE, ("fee_requested", "2026-11-01 08:00", {}), ("fee_paid", "2026-11-02 08:00", {})) == "overdue"


AGAIN = ("status_changed", "2026-11-03 08:00", {"status": 4})


@pytest.mark.parametrize(
    ("end", "steps"),
    [
        ("2026-11-02 08:00", [("result_ready", "2026-11-02 08:00", {}), ("returned", "2026-11-09 08:00", {})]),
        ("2026-11-02 08:00", [("returned", "2026-11-09 08:00", {"finished_at": "2026-11-02T08:00:00+07:00"})]),
        ("2026-11-03 00:00", [("returned", "2026-11-09 08:00", {"returned_at": "2026-11-03"})]),
        ("2026-11-09 08:00", [("returned", "2026-11-09 08:00", {})]),
        ("2026-11-02 08:00", [("returned", "2026-11-01 08:00", {}), ("result_ready", "2026-11-02 08:00", {})]),
        ("2026-11-04 08:00", [("stopped", "2026-11-02 08:00", {}), ("returned", "2026-11-04 08:00", {})]),
        ("2026-11-02 08:00", [("withdrawn", "2026-11-02 08:00", {}), ("stopped", "2026-11-04 08:00", {})]),
        ("2026-11-02 08:00", [("result_ready", "2026-11-02 08:00", {}), ("withdrawn", "2026-11-04 08:00", {})]),
        ("2026-11-02 08:00", [("status_changed", "2026-11-02 08:00", {"status": 3})]),
        ("2026-11-02 08:00", [("result_ready", "2026-11-02 08:00", {}), snapshot("2026-11-07 08:00", status=9)]),
        ("2026-11-04 08:00", [("result_ready", "2026-11-02 08:00", {}), AGAIN, ("stopped", "2026-11-04 08:00", {})]),
    ],
)  # fmt: skip
def test_the_end_is_the_time_of_9_else_of_10_else_of_3_7_or_8(
    end: str, steps: list[tuple[str, str, dict[str, Any]]]
) -> None:
    last = history(life(DUE, *steps))[-1]
    assert last.ended_at == at(end)
    assert (totals(of(life(DUE, *steps)), at(end) + hours(0.01))["open"]) == 0


def test_an_october_end_stays_in_october_and_is_taken_back_on_the_day_that_work_begins_again() -> None:
    reopened = life(
        snapshot("2026-10-20 08:00", due_at="2026-11-05"),
        ("result_ready", "2026-10-25 08:00", {}),
        ("status_changed", "2026-11-03 08:00", {"status": 4}),
    )
    found = cells(of(reopened))
    october = figure("dossiers.on_time", found, date(2026, 10, 1), date(2026, 11, 1))
    assert (october.numerator, october.denominator) == (1, 1)
    both = figure("dossiers.on_time", found, date(2026, 10, 1), date(2026, 12, 1))
    assert (both.numerator, both.denominator) == (0, 1)


def test_a_dossier_that_ends_on_the_day_it_is_received_counts_though_its_end_has_no_time() -> None:
    same_day = snapshot(
        "2026-10-20 17:00",
        received_at="2026-10-20T09:00:00+07:00",
        status=9,
        finished_at="2026-10-20",
        due_at="2026-10-20",
    )
    assert verdict(same_day) == "on time"
    assert {flow.moment for flow in of(life(same_day))} == {at("2026-10-20 09:00")}


@pytest.mark.parametrize(
    ("flag", "data"),
    [
        ("due_before_received", {"due_at": "2026-10-18"}),
        ("finished_before_received", {"status": 9, "finished_at": "2026-10-19"}),
    ],
)
def test_what_contradicts_itself_is_flagged_and_counts_nowhere(flag: str, data: dict[str, Any]) -> None:
    states = history(life(snapshot("2026-10-21 08:00", **data)))
    assert flags(states[-1]) == (flag,)
    assert flows(states) == []


def test_what_was_never_received_counts_nowhere() -> None:
    registered = life(snapshot("2026-10-20 08:00", status=1, received_at=None))
    assert of(registered) == []
    assert of(registered + life(("withdrawn", "2026-10-21 08:00", {}))) == []


@given(lives())
def test_overdue_since_is_when_the_last_unbroken_overdue_began_or_will_begin(events: list[Event]) -> None:
    found = of(events)
    moments = sorted({flow.moment for flow in found})
    counted = [(moment, totals(found, moment + timedelta(microseconds=1))["overdue"]) for moment in moments]
    expected = None
    for moment, overdue in counted:
        expected = (expected or moment) if overdue else None
    assert overdue_since(found) == expected
