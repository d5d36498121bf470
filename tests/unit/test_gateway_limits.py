"""What is too much, too fast or too slow is answered, and never kept in memory."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from connectors.gateway.admission import Admission
from connectors.gateway.options import Limits
from connectors.gateway.problems import RequestRefused
from connectors.kafka.producer import Outcome, Record
from tests.unit.gateway_tools import BATCH, STRUCTURED, Memory, client, ping, post


class Slow(Memory):
    """Answers when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.go = asyncio.Event(), asyncio.Event()

    async def publish(self, records: Sequence[Record]) -> list[Outcome]:
        self.asked.set()
        await self.go.wait()
        return await super().publish(records)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


async def endless(read: list[int], size: int = 65536) -> AsyncIterator[bytes]:
    while True:
        read.append(size)
        yield b" " * size


@pytest.mark.parametrize(("media_type", "limit"), [(STRUCTURED, 256 * 1024), (BATCH, 1024 * 1024)])
async def test_a_body_without_end_is_read_to_the_limit_only(media_type: str, limit: int) -> None:
    read: list[int] = []
    async with client(Memory()) as http:
        answer = await post(http, endless(read), media_type)
    assert (answer.status_code, answer.headers["connection"]) == (413, "close")
    assert sum(read) <= limit + 2 * 65536


async def test_a_declared_length_over_the_limit_is_refused_unread() -> None:
    read: list[int] = []
    async with client(Memory()) as http:
        answer = await post(http, endless(read), **{"content-length": str(256 * 1024 + 1)})
    assert (answer.status_code, read) == (413, [])


async def test_a_batch_of_501_events_is_too_many() -> None:
    topic = Memory()
    async with client(topic) as http:
        assert (await post(http, json.dumps([ping()] * 500), BATCH)).status_code == 202
        assert (await post(http, json.dumps([ping()] * 501), BATCH)).status_code == 413
    assert len(topic.records) == 500


async def test_a_client_that_does_not_finish_is_let_go() -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(60)

    async with client(Memory(), Limits(body_seconds=0.05)) as http:
        answer = await post(http, slow())
    assert (answer.status_code, answer.json()["reason"]) == (408, "slow_client")


async def test_a_key_has_so_many_calls_at_the_same_time() -> None:
    topic = Slow()
    async with client(topic, Limits(key_calls=1)) as http:
        first = asyncio.create_task(post(http, json.dumps(ping())))
        await topic.asked.wait()
        second = await post(http, json.dumps(ping()))
        topic.go.set()
        assert (await first).status_code == 202
        assert (await post(http, json.dumps(ping()))).status_code == 202
    assert (second.status_code, second.headers["retry-after"]) == (429, "1")


async def test_bytes_that_wait_for_kafka_are_bounded_and_given_back() -> None:
    topic = Slow()
    body = json.dumps(ping())
    async with client(topic, Limits(bytes_in_flight=len(body) + 1)) as http:
        first = asyncio.create_task(post(http, body))
        await topic.asked.wait()
        second = await post(http, body)
        topic.go.set()
        assert (await first).status_code == 202
        assert (await post(http, body)).status_code == 202
    assert (second.status_code, second.json()["reason"], second.headers["retry-after"]) == (503, "busy", "1")


def enter(admission: Admission, events: int, key: str = "app") -> None:
    with admission.enter(key) as call:
        call.spend(events)


def test_a_key_that_spent_its_events_waits_until_they_grow_again() -> None:
    clock = Clock()
    admission = Admission(Limits(key_rate=10), clock)
    enter(admission, 50)  # a burst of 20, overdrawn once
    with pytest.raises(RequestRefused) as refused:
        enter(admission, 1)
    assert refused.value.problem.headers == {"retry-after": "4"}
    enter(admission, 1, "another")
    clock.now += 4
    enter(admission, 1)


@pytest.mark.parametrize("length", ["-1", "abc", "9" * 5000, "²"])
async def test_a_strange_length_breaks_nothing(length: str) -> None:
    headers: Any = {"content-length": length.encode()}
    async with client(Memory()) as http:
        answer = await post(http, json.dumps(ping()), **headers)
    assert answer.status_code in (202, 413)
