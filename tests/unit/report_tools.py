"""Reports for tests: lives of any events for hypothesis, and lives written down step by step."""

from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from streams.catalogue import Catalogue, Category
from streams.contracts import REPORTS, Event
from streams.reports.fold import history
from streams.reports.report import Report
from tests.unit.event_tools import at, event, hours

Step = tuple[str, str, dict[str, Any]]
"""The kind of an event, its time on the province's clock, its data."""

MEANING = {
    "submitted": None,
    "accepted": "accepted",
    "rejected": "rejected",
    "duplicate_linked": "duplicate",
    "dispatched": "dispatched",
    "returned_by_agency": "returned",
    "redispatched": "dispatched",
    "status_changed": None,
    "info_requested": "waiting_info",
    "info_supplied": None,
    "extended": None,
    "resolved": "resolved",
    "published": "published",
    "rated": None,
    "reopened": "reopened",
    "anonymised": None,
}
"""The state that each type of event means by itself, in the order of the life cycle."""

STATES = ["dispatched", "in_progress", "waiting_info", "resolved", "unable", "cancelled", "confirmed", "hidden"]
AGENCIES = st.sampled_from(["a", "b"])

TET = at("2026-02-10 05:00")
"""A Tuesday; Tết takes 14 to 22 February."""

MOMENTS = st.integers(0, 60).map(lambda n: TET + hours(5 * n))
"""Over twelve days around the beginning of Tết, at every time of the day, so that some are the same."""

DUES = st.none() | st.integers(-2, 60).map(lambda n: TET + hours(9 * n))

CATALOGUE = Catalogue(
    categories=(
        Category(code="rac", title="Rác thải"),
        Category(code="nuoc", title="Cấp nước"),
        Category(code="den", title="Chiếu sáng", resolve=3),
        Category(code="chay", title="Cháy nổ", kind="instant", resolve=120),
    )
)
"""Two categories with DOMAIN's deadlines, one of three working days, one of two hours at any time."""

FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "submitted": {"category": st.sampled_from(["rac", "den", "chay"]), "due_at": DUES, "priority": st.just("urgent")},
    "accepted": {"category": st.sampled_from([None, "nuoc"]), "due_at": DUES},
    "dispatched": {"agency": AGENCIES, "due_at": DUES},
    "redispatched": {"agency": AGENCIES, "due_at": DUES},
    "status_changed": {"status": st.sampled_from([*STATES, "unheard of"]), "due_at": DUES},
    "info_requested": {"due_at": DUES},
    "info_supplied": {"due_at": DUES, "priority": st.sampled_from([None, "normal"])},
    "extended": {"due_at": DUES.filter(bool)},
    "resolved": {"due_at": DUES},
    "rated": {"rating": st.sampled_from([1, 2, 3, 4, 5, 9])},
    "reopened": {"due_at": DUES},
}
WORK = ["info_requested", "info_supplied", "dispatched", "resolved", "status_changed"]
WAYS = st.sampled_from([*MEANING, *WORK, *WORK]).flatmap(
    lambda kind: st.tuples(st.just(kind), st.fixed_dictionaries(FIELDS.get(kind, {})))
)


@st.composite
def lives(draw: st.DrawFn, moments: st.SearchStrategy[datetime] = MOMENTS) -> list[Event]:
    """Events of one report, some of the same moment, in any order."""
    drawn = draw(st.lists(st.tuples(WAYS, moments, st.none() | st.integers(0, 2)), min_size=1, max_size=9))
    return [made(kind, time, str(n), seq, data) for n, ((kind, data), time, seq) in enumerate(drawn)]


def made(kind: str, time: datetime, number: str, seq: int | None, data: dict[str, Any]) -> Event:
    more = {} if seq is None else {"seq": seq}
    return event(REPORTS, kind, time, {"id": number}, **data, **more)


def life(*steps: Step) -> list[Event]:
    return [event(REPORTS, kind, at(time), **data) for kind, time, data in steps]


def states(*steps: Step, catalogue: Catalogue = CATALOGUE) -> list[Report]:
    """A report after each of its steps."""
    return history(life(*steps), catalogue)
