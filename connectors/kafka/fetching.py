"""Taking what aiokafka has fetched, with the exact positions before and after. Runs in the consumer's thread."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiokafka.errors import OffsetOutOfRangeError
from faust.types import TP

from connectors.kafka.standing import stable_end
from streams.contracts import HEALTH
from streams.fetch import Fetch

FETCH_RECORDS = 25_000  # at most in one Fetch: bounds what a compressed batch can unfold to
PING_RECORDS = 15_000  # of pings, which more make slower: lives that are folded whole gain by it (ADR 4 and 5)


async def drain(fetcher: Any, partitions: set[TP], room: int, out_of_range: Callable[[TP], None]) -> dict[TP, Fetch]:
    """Return one Fetch of each of these partitions that moved, of `room` records at most in all.

    Longest waiting first. Raises what aiokafka cannot mend, but tells `out_of_range` of a position the broker lacks.
    """
    subscriptions = fetcher._subscriptions
    if subscriptions.reassignment_in_progress:
        return {}
    assignment = subscriptions.subscription.assignment
    found = {}
    for tp in [tp for tp in fetcher._records if tp in partitions]:
        state = assignment.state_value(tp)
        most = PING_RECORDS if tp.topic.endswith(HEALTH.topic) else FETCH_RECORDS
        if room >= most and state is not None and state.has_valid_position:
            fetch = await _drain_one(fetcher, state, TP(*tp), most, out_of_range)
            room -= len(fetch.records)
            if fetch.after > fetch.asked:
                found[TP(*tp)] = fetch
    return found


async def _drain_one(fetcher: Any, state: Any, tp: TP, most: int, out_of_range: Callable[[TP], None]) -> Fetch:
    """Read the position before and after; nothing in between gives up this thread's loop, so both are exact."""
    asked = state.position
    try:
        records = (await fetcher.fetched_records((tp,), max_records=most)).get(tp, [])
    except OffsetOutOfRangeError:
        state.pause()  # or it would be asked for, in vain, ten times a second
        out_of_range(tp)
        records = []
    return Fetch(tp.topic, tp.partition, asked, state.position, records, stable_end(state))


async def wait_for_records(fetcher: Any, seconds: float) -> None:
    """Wait for aiokafka to fetch something. Raises what the group coordinator met, a lost authorisation for one."""
    waiter = fetcher._create_fetch_waiter()
    await asyncio.wait([waiter], timeout=seconds)
    if waiter.done():
        waiter.result()
    waiter.cancel()
