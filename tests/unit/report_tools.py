"""Reports for tests: lives of any events for hypothesis, and lives written down step by step."""

from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from streams.contracts import REPORTS, Event
from tests.unit.event_tools import at, event
from tests.unit.fold_tools import MOMENTS

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

STATES = ["in_progress", "waiting_info", "cancelled", "confirmed", "hidden"]
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "submitted": {"category": st.sampled_from(["rac", "den"])},
    "accepted": {"category": st.sampled_from([None, "nuoc"])},
    "dispatched": {"agency": st.sampled_from(["a", "b"])},
    "redispatched": {"agency": st.sampled_from(["a", "b"])},
    "status_changed": {"status": st.sampled_from([*STATES, "unheard of"])},
    "extended": {"due_at": st.just("2026-11-20")},
    "rated": {"rating": st.just(5)},
}
WAYS = st.sampled_from([*MEANING, "status_changed", "status_changed"]).flatmap(
    lambda kind: st.tuples(st.just(kind), st.fixed_dictionaries(FIELDS.get(kind, {})))
)


@st.composite
def lives(draw: st.DrawFn, moments: st.SearchStrategy[datetime] = MOMENTS) -> list[Event]:
    """Events of one report, some of the same moment, in any order."""
    drawn = draw(st.lists(st.tuples(WAYS, moments, st.none() | st.integers(0, 2)), min_size=1, max_size=7))
    return [made(kind, time, str(n), seq, data) for n, ((kind, data), time, seq) in enumerate(drawn)]


def made(kind: str, time: datetime, number: str, seq: int | None, data: dict[str, Any]) -> Event:
    more = {} if seq is None else {"seq": seq}
    return event(REPORTS, kind, time, {"id": number}, **data, **more)


def life(*steps: Step) -> list[Event]:
    return [event(REPORTS, kind, at(time), **data) for kind, time, data in steps]
