"""What happened before the floor is refused with its reason, and nothing else is touched."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from streams.batch import apply
from streams.contracts import HEALTH
from streams.days import microseconds
from streams.deadletters import Reason
from streams.decoding import Decoded
from streams.pruning import above
from tests.unit.batch_tools import DECODER, Memory, Tables, fetch, ping
from tests.unit.event_tools import at

NOON = at("2027-05-23 10:00")


def decoded(values: list[bytes]) -> Decoded:
    found = Decoded()
    DECODER.decode(fetch(values).records, found)
    return found


def earlier(name: str, minutes: int) -> bytes:
    moment = (NOON - timedelta(minutes=minutes)).isoformat()
    return ping(name).replace(NOON.isoformat().encode(), moment.encode())


@given(st.lists(st.one_of(st.integers(0, 9), st.none()), max_size=12), st.integers(0, 9))
def test_each_record_is_kept_or_refused_once_in_the_order_of_offsets(minutes: list[int | None], floor: int) -> None:
    values = [b"{" if m is None else earlier(f"{n}", m) for n, m in enumerate(minutes)]
    found = above(decoded(values), fetch(values), microseconds(NOON - timedelta(minutes=floor)))
    assert [item.offset for item in found.accepted] == [
        n for n, m in enumerate(minutes) if m is not None and m <= floor
    ]
    refused = [(letter.offset, letter.refusal.reason, letter.value) for letter in found.refused]
    assert refused == [
        (n, Reason.NOT_JSON if m is None else Reason.PRUNED, values[n])
        for n, m in enumerate(minutes)
        if m is None or m > floor
    ]


async def test_a_batch_asks_for_the_floor_of_its_transaction() -> None:
    store = Memory(tables=Tables(floor=NOON))
    values = [earlier("late", 1), ping("timely")]
    outcome = await apply(fetch(values), HEALTH, decoded(values), store)
    assert outcome is not None
    assert (outcome.records, outcome.stored, [letter.refusal.reason for letter in outcome.refused]) == (
        2,
        1,
        ["pruned"],
    )
    assert store.tables.letters[0].event_id == "late"
