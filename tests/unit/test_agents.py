"""What an agent does with a fetch: neighbours of poison are stored, faults that pass are waited for, limits pause."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams import agents
from streams.agents import Agent, Refused, Transient
from streams.batch import Outcome, Skipped
from streams.deadletters import Reason
from streams.decoding import Accepted
from streams.errors import NhipError
from streams.fetch import Fetch
from tests.unit.batch_tools import DECODER, Memory, fetch, ping


class Watched:
    """An agent on a store in memory, with what it reported and whom it paused."""

    def __init__(self, store: Memory) -> None:
        self.store = store
        self.outcomes: list[Outcome] = []
        self.paused: list[tuple[str, int]] = []
        self.agent = Agent(DECODER, store, self._pause, lambda fetch, outcome: self.outcomes.append(outcome))

    async def _pause(self, topic: str, partition: int) -> None:
        self.paused.append((topic, partition))

    async def handle(self, *fetches: Fetch) -> None:
        for one in fetches:
            await self.agent.handle(one)


def poison(*offsets: int, error: Callable[[str], Exception] = Refused) -> Callable[[list[Accepted]], None]:
    def fault(new: list[Accepted]) -> None:
        if any(item.offset in offsets for item in new):
            raise error("poison")

    return fault


@settings(max_examples=80)
@given(st.integers(1, 40), st.sets(st.integers(0, 39)), st.integers(1, 3), st.integers(0, 5))
async def test_poison_is_found_and_its_neighbours_are_stored(n: int, bad: set[int], step: int, beyond: int) -> None:
    poisoned = {step * at for at in bad if at < n}
    watched = Watched(Memory(poison(*poisoned)))
    one = fetch([ping(str(at)) for at in range(n)], step=step, beyond=beyond)
    await watched.handle(one)
    tables = watched.store.tables
    assert set(tables.letters) == poisoned
    assert sorted(tables.offsets) == [offset for offset in range(0, n * step, step) if offset not in poisoned]
    assert tables.position == one.after
    assert sum(outcome.records for outcome in watched.outcomes) == n
    assert all(o.records == o.stored + o.duplicates + len(o.refused) for o in watched.outcomes)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Refused, Reason.REFUSED_BY_DATABASE),
        (ValueError, Reason.POISON),
        (KeyError, Reason.POISON),
        (ZeroDivisionError, Reason.POISON),
        (RecursionError, Reason.POISON),
        (TypeError, Reason.POISON),
        (AttributeError, Reason.POISON),
    ],
)
async def test_a_poison_record_is_a_dead_letter_with_its_reason_and_bytes(
    error: Callable[[str], Exception], reason: Reason
) -> None:
    watched = Watched(Memory(poison(1, error=error)))
    await watched.handle(fetch([ping("a"), ping("b"), ping("c")]))
    (letter,) = watched.store.tables.letters.values()
    assert (letter.offset, letter.refusal.reason, letter.value, letter.key) == (1, reason, ping("b"), b"key")
    assert "poison" in letter.refusal.detail


@pytest.mark.parametrize("error", [OSError, RuntimeError, NhipError, Skipped])
async def test_what_is_nobodys_poison_ends_the_process_and_stores_nothing(error: Callable[[str], Exception]) -> None:
    watched = Watched(Memory(poison(1, error=error)))
    with pytest.raises(error):  # type: ignore[call-overload]  # a class, typed as what makes one
        await watched.handle(fetch([ping("a"), ping("b")]))
    assert watched.store.tables.position == 0
    assert watched.store.tables.events == {}


async def test_a_fault_without_any_record_to_blame_ends_the_process() -> None:
    def fault(new: list[Accepted]) -> None:
        raise ValueError("always")

    with pytest.raises(ValueError, match="always"):
        await Watched(Memory(fault)).handle(fetch([], beyond=3))


async def test_a_fault_that_passes_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agents, "FIRST_WAIT", 0.0)
    faults = [Transient("the connection is lost"), Transient("and again")]

    def fault(new: list[Accepted]) -> None:
        if faults:
            raise faults.pop()

    watched = Watched(Memory(fault))
    await watched.handle(fetch([ping("a"), ping("b")]))
    assert (watched.store.transactions, watched.store.tables.offsets) == (3, [0, 1])
    assert [outcome.stored for outcome in watched.outcomes] == [2]


async def test_a_fault_that_does_not_pass_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agents, "FIRST_WAIT", 0.0)
    monkeypatch.setattr(agents, "RETRY_SECONDS", 0.0)
    watched = Watched(Memory(poison(0, error=Transient)))
    with pytest.raises(Transient):
        await watched.handle(fetch([ping("a")]))
    assert watched.store.tables.position == 0


async def test_a_fetch_that_comes_again_changes_nothing_and_is_not_reported_again() -> None:
    watched = Watched(Memory())
    one = fetch([ping("a"), b"{"])
    await watched.handle(one)
    known = watched.store.tables
    await watched.handle(one)
    assert (watched.store.tables, len(watched.outcomes)) == (known, 1)


async def test_a_fetch_that_begins_beyond_the_position_ends_the_process() -> None:
    with pytest.raises(Skipped):
        await Watched(Memory()).handle(fetch([ping("a")], asked=1))


async def test_of_a_fetch_that_was_half_applied_the_rest_is() -> None:
    watched = Watched(Memory())
    await watched.handle(fetch([ping("a"), b"{"]), fetch([ping("a"), b"{", ping("b"), b"["]))
    assert watched.store.tables.offsets == [0, 2]
    assert set(watched.store.tables.letters) == {1, 3}
    assert [(o.stored, o.duplicates, len(o.refused)) for o in watched.outcomes] == [(1, 0, 1), (1, 0, 1)]


async def test_repetitions_and_conflicts_are_counted_apart() -> None:
    watched = Watched(Memory())
    await watched.handle(fetch([ping("a"), ping("a"), ping("a", status="fail"), b"{"]))
    (outcome,) = watched.outcomes
    assert (outcome.records, outcome.stored, outcome.duplicates, outcome.conflicts) == (4, 1, 1, 1)
    assert {letter.offset: letter.refusal.reason for letter in outcome.refused} == {2: "conflict", 3: "not_json"}


async def test_too_many_dead_letters_pause_the_partition_and_nothing_of_the_fetch_is_stored() -> None:
    watched = Watched(Memory())
    await watched.handle(fetch([ping(str(n)) for n in range(300)] + [b"{"] * 1200))
    tables = watched.store.tables
    assert watched.paused == [("t", 0)]
    assert tables.paused == ["1200 of 1500 records within ten minutes were refused"]
    assert (tables.position, tables.events, tables.letters) == (0, {}, {})


async def test_the_limit_counts_over_fetches_and_poison() -> None:
    watched = Watched(Memory(poison(*range(500, 1000))))
    await watched.handle(fetch([ping(str(n)) for n in range(500)]))
    await watched.handle(fetch([ping(str(n)) for n in range(500, 1000)], asked=500))
    assert (len(watched.store.tables.letters), watched.paused) == (500, [])
    await watched.handle(fetch([b"{"], asked=1000))
    assert (len(watched.store.tables.letters), watched.paused) == (500, [("t", 0)])


async def test_while_a_large_fetch_is_decoded_others_get_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agents, "SLICE", 10)
    watched, turns = Watched(Memory()), 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    await watched.handle(fetch([ping(str(n)) for n in range(95)]))
    task.cancel()
    assert turns >= 10
    assert watched.store.tables.offsets == list(range(95))
