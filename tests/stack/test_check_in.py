"""The dead man's switch: Nhịp checks in outside only while canaries come through to the ticker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from connectors.notify.switch import check_in
from connectors.timescale.outbox import Mail, mail_pool
from tests.stack.kafka_tools import until
from tests.stack.receiver_tools import Receiver, receiving
from tests.stack.store_tools import House, as_role


class Watched(Mail):
    """Counts how often it was asked whether canaries come through."""

    asked = 0

    async def alive(self) -> bool:
        self.asked += 1
        return await super().alive()

    async def until_asked(self, more: int = 3) -> None:
        """Whatever follows from the first of them has happened by then: it is asked after each call."""
        wanted = self.asked + more
        await until(lambda: self.asked >= wanted)


@asynccontextmanager
async def checking_in(house: House, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Watched]:
    monkeypatch.setattr("connectors.notify.switch.EVERY_SECONDS", 0.05)
    stop = asyncio.Event()
    async with mail_pool(as_role(house.url, "nhip_writer")) as pool, httpx.AsyncClient() as client:
        mail = Watched(pool)
        calling = asyncio.create_task(check_in(receiver.url, client, mail, stop))
        yield mail
        stop.set()
        await calling


async def test_it_checks_in_only_after_a_committed_canary(plain_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house = plain_house
    with receiving(500) as receiver:
        async with checking_in(house, receiver, monkeypatch) as mail:
            await mail.until_asked()
            assert receiver.posts == [], "nothing has ticked yet"
            house.execute("INSERT INTO nhip.tick VALUES (true, now(), now() - interval '1 minute')")
            await mail.until_asked()
            assert receiver.posts == [], "it ticks, but sees no canary"
            house.execute("UPDATE nhip.tick SET ticked_at = now() + interval '1 hour'")
            house.execute("UPDATE nhip.tick SET observed_to = ticked_at")
            await until(lambda: len(receiver.posts) >= 2)
            house.execute("UPDATE nhip.tick SET ticked_at = now() - interval '1 minute'")
            await mail.until_asked()
            silent = len(receiver.posts)
            await mail.until_asked()
            assert len(receiver.posts) == silent, "it looks no more"
