"""Dossiers for tests: lives of any events for hypothesis, and lives written down step by step."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from streams.catalogue import Agency, Catalogue, Procedure
from streams.contracts import DOSSIERS, Event
from streams.dossiers.flows import flows
from streams.dossiers.fold import Dossier, history
from streams.flows import Flow
from tests.unit.event_tools import at, event, hours
from tests.unit.fold_tools import MOMENTS, START, standing

Step = tuple[str, str, dict[str, Any]]
"""The kind of an event, its time on the province's clock, its data."""

NO_CATALOGUE = Catalogue.default()


def catalogue(**procedure: Any) -> Catalogue:
    """A catalogue that knows agency "a" alone, and one procedure."""
    fields = {"code": "p", "title": "Cấp giấy phép", "field": "y-te", "online_level": 3} | procedure
    return Catalogue(agencies=(Agency(code="a", name="Sở Y tế"),), procedures=(Procedure(**fields),))


CATALOGUES = st.sampled_from([
    NO_CATALOGUE, catalogue(working_days=2), catalogue(working_hours=4, fee_pauses=True, fee=30_000),
    catalogue(working_days=1, pause="restart"),
])  # fmt: skip

PLAIN = """upserted status_changed supplement_requested supplement_received fee_requested fee_paid extended result_ready
    returned withdrawn stopped rated"""
ORDER = PLAIN.split()

NEAR = st.integers(0, 24).map(lambda n: (START + hours(6 * n)).isoformat())
DAY = st.integers(0, 7).map(lambda n: (START + timedelta(days=n)).date().isoformat())
STATUS = st.sampled_from([2, 4, 4, 5, 5, 6, 9, 9, 10, 3, 7, 8, 42])
RECEIVED = st.sampled_from([(START + hours(n)).isoformat() for n in (-30, 0, 6)])
FACTS: dict[str, st.SearchStrategy[Any]] = {
    "rating": st.integers(1, 9), "fee_due": st.sampled_from([0, 50_000]), "paid_online": st.booleans(),
    "digitised_in": st.booleans(), "digitised_result": st.booleans(), "synced_at": st.just("2026-10-31"),
}  # fmt: skip
COMMON = {"agency": st.sampled_from(["a", "b"]), "due_at": DAY | NEAR, "status": STATUS} | FACTS
ENDS = {"finished_at": NEAR, "returned_at": NEAR}


def body(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional={k: v for k, v in optional.items() if k not in required})


SNAPSHOT = body(
    {"procedure": st.just("p"), "agency": st.sampled_from(["a", "b"]), "status": STATUS, "received_at": RECEIVED},
    {"due_at": DAY, "finished_at": NEAR, "returned_at": NEAR, "field": st.sampled_from(["y-te", "dat-dai"]),
     "channel": st.sampled_from(["online", "counter"]), "online_level": st.integers(1, 4)} | FACTS,
)  # fmt: skip
FIELDS = {
    "upserted": SNAPSHOT,
    "status_changed": body({"status": STATUS}, COMMON | ENDS),
    "extended": body({"due_at": DAY | NEAR}, {"status": STATUS}),
    "result_ready": body({}, COMMON | ENDS),
    "returned": body({}, COMMON | ENDS),
    "rated": body({"rating": st.integers(1, 9)}, {}),
}
WAYS = st.sampled_from([*ORDER, "upserted", "status_changed", "extended"]).flatmap(
    lambda kind: st.tuples(st.just(kind), FIELDS.get(kind, body({}, COMMON)))
)


@st.composite
def lives(draw: st.DrawFn) -> list[Event]:
    """Events of one dossier that was received, some of the same moment, in any order."""
    made = [(("upserted", draw(SNAPSHOT)), draw(MOMENTS))]
    made += draw(st.lists(st.tuples(WAYS, MOMENTS), max_size=6))
    return [event(DOSSIERS, kind, time, {"id": str(n)}, **data) for n, ((kind, data), time) in enumerate(made)]


def life(*steps: Step) -> list[Event]:
    return [event(DOSSIERS, kind, at(time), **data) for kind, time, data in steps]


def states_of(events: Iterable[Event], catalogue: Catalogue = NO_CATALOGUE) -> list[Dossier]:
    return history(events, catalogue)


def of(events: Iterable[Event], catalogue: Catalogue = NO_CATALOGUE) -> list[Flow]:
    return flows(history(events, catalogue))


def totals(flows: Iterable[Flow], t: datetime) -> Counter[str]:
    """What counts at t whatever the agency and the field."""
    found: Counter[str] = Counter()
    for (measure, _, _), n in standing(flows, t).items():
        found[measure.removeprefix("dossiers.")] += n
    return found


def snapshot(time: str, **data: Any) -> Step:
    file = {"procedure": "1.001", "agency": "so-y-te", "field": "y-te", "status": 2, "received_at": "2026-10-20"}
    return "upserted", time, file | data


def verdict(*steps: Step, t: str = "2027-01-01 00:00", by: Catalogue = NO_CATALOGUE) -> str:
    """What a dossier is at t."""
    total = totals(of(life(*steps), by), at(t))
    assert total["received"] == 1
    if total["open"]:
        return "overdue" if total["overdue"] else "open"
    return "on time" if total["finished_on_time"] else "late"
