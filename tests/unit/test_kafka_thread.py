"""The consumer's thread and what is asked of it."""

from types import SimpleNamespace
from typing import Any

from connectors.kafka.app import make_app
from connectors.kafka.security import Security
from connectors.kafka.thread import ConsumerThread


class Thread(ConsumerThread):  # type: ignore[misc]  # faust is untyped for us
    """A thread that was not started; what it is asked to do is kept."""

    def __init__(self) -> None:
        self._consumer: Any = None
        self._rebalance_listener = None
        self.asked: list[set[str]] = []

    async def call_thread(self, function: Any, *, topics: set[str], listener: Any) -> None:
        self.asked.append(topics)


def consumer(topics: set[str]) -> Any:
    return SimpleNamespace(subscription=lambda: topics, subscribe=None)


async def test_the_same_topics_are_not_subscribed_to_again() -> None:
    thread = Thread()
    thread._consumer = consumer({"a"})
    await thread.subscribe(["a"])
    assert thread.asked == []


async def test_other_topics_are_subscribed_to() -> None:
    thread = Thread()
    thread._consumer = consumer(set())
    await thread.subscribe({"a"})
    assert thread.asked == [{"a"}]


async def test_a_probe_that_asks_early_makes_no_consumer() -> None:
    """It asks from another thread: Faust's own would be a second one, and the worker would wait for the wrong one."""
    app = make_app("group", ["127.0.0.1:1"], SimpleNamespace(), Security())
    app._started.set()
    assert app.standings() == []
    assert app._consumer is None
