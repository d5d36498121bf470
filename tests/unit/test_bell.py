"""The bell between the ticker and the senders."""

import asyncio
import time

from connectors.notify import Bell

LONG = 600.0


async def test_who_waits_is_woken() -> None:
    bell = Bell()
    waiting = asyncio.create_task(bell.wait(bell.rings, LONG))
    await asyncio.sleep(0)
    bell.ring()
    await waiting


async def test_a_ring_while_somebody_looks_is_not_missed() -> None:
    bell = Bell()
    before = bell.rings
    bell.ring()
    await bell.wait(before, LONG)


async def test_without_a_ring_the_wait_ends_by_itself() -> None:
    bell, began = Bell(), time.monotonic()
    await bell.wait(bell.rings, 0.05)
    assert time.monotonic() - began >= 0.05
