"""The dead man's switch: Nhịp checks in outside only while canaries come through to the ticker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from connectors.notify.switch import check_in
from connectors.timescale.outbox import Mail, mail_pool
from tests.stack.receiver_tools import Receiver, receiving
from tests.stack.store_tools import House, as_role


@asynccontextmanager
async def checking_in(house: House, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr("connectors.notify.switch.EVERY_SECONDS", 0.05)
    stop = asyncio.Event()
    async with mail_pool(as_role(house.url, "nhip_writer")) as pool, httpx.AsyncClient() as client:
        calling = asyncio.create_task(check_in(receiver.url, client, Mail(pool), stop))
        yield
        stop.set()
        await calling


async def until_called(receiver: Receiver, more: int) -> None:
    wanted = len(receiver.posts) + more
    for _ in range(600):
        if len(receiver.posts) >= wanted:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it does not check in")


async def test_it_checks_in_only_after_a_committed_canary(plain_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house = plain_house
    with receiving(500) as receiver:
        async with checking_in(house, receiver, monkeypatch):
            await asyncio.sleep(0.3)
            assert receiver.posts == [], "nothing has ticked yet"
            house.execute("INSERT INTO nhip.tick VALUES (true, now(), now() - interval '1 minute')")
            await asyncio.sleep(0.3)
            assert receiver.posts == [], "it ticks, but sees no canary"
            house.execute("UPDATE nhip.tick SET observed_to = now()")
            await until_called(receiver, 2)
            house.execute("UPDATE nhip.tick SET ticked_at = now() - interval '1 minute'")
            await asyncio.sleep(0.3)
            silent = len(receiver.posts)
            await asyncio.sleep(0.3)
            assert len(receiver.posts) == silent, "it looks no more"
