"""The consumer's thread: what Faust may ask of it before it is ready."""

import asyncio
from types import SimpleNamespace
from typing import Any

from connectors.kafka.thread import ConsumerThread


class Thread(ConsumerThread):  # type: ignore[misc]  # faust is untyped for us
    """A thread that was not started; what it is asked to do is kept."""

    should_stop = False

    def __init__(self) -> None:
        self._consumer: Any = None
        self._rebalance_listener = None
        self.asked: list[set[str]] = []

    async def call_thread(self, function: Any, *, topics: set[str], listener: Any) -> None:
        self.asked.append(topics)


def consumer(topics: set[str]) -> Any:
    return SimpleNamespace(subscription=lambda: topics, subscribe=None)


async def test_a_subscription_that_comes_before_the_consumer_waits_for_it() -> None:
    """Else Faust's conductor crashes, and the worker with it: now and then, at the start."""
    thread = Thread()
    subscribing = asyncio.create_task(thread.subscribe({"a"}))
    await asyncio.sleep(0.1)
    assert not subscribing.done()
    thread._consumer = consumer(set())
    await subscribing
    assert thread.asked == [{"a"}]


async def test_a_thread_that_is_stopped_before_it_started_subscribes_to_nothing() -> None:
    thread = Thread()
    thread.should_stop = True
    await thread.subscribe({"a"})
    assert thread.asked == []


async def test_the_same_topics_are_not_subscribed_to_again() -> None:
    thread = Thread()
    thread._consumer = consumer({"a"})
    await thread.subscribe(["a"])
    assert thread.asked == []


def test_before_the_consumer_is_made_nothing_is_assigned() -> None:
    """Faust's table manager asks a second after the start; on a busy machine the consumer comes later."""
    assert Thread().assignment() == set()
