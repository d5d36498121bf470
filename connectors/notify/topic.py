"""The topic of alerts: every step of every alert, as CloudEvents, for other systems."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack

from connectors.kafka.errors import KafkaError, MessageRejected
from connectors.kafka.producer import Producer, Record
from connectors.notify.channel import Delivered, Later, Never, Outcome
from connectors.timescale.outbox import Letter
from streams.contracts.alert import alert_event

SECONDS = 8.0
"""How long Kafka has to acknowledge."""

_HEADERS = [("content-type", b"application/cloudevents+json; charset=UTF-8")]


class Topic:
    """Publishes to Kafka, with a producer that is made when there is first something to publish: a notifier starts
    without Kafka. Repeats keep their id."""

    together = 100
    pace_s = 0.0

    def __init__(self, topic: str, producer: Callable[[], Producer]) -> None:
        self._topic = topic
        self._make = producer
        self._open = AsyncExitStack()
        self._producer: Producer | None = None

    async def __aenter__(self) -> "Topic":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def deliver(self, letters: Sequence[Letter]) -> Outcome:
        """One attempt, in the order of the steps; of what failed in part, all is sent again."""
        try:
            if self._producer is None:
                self._producer = await self._open.enter_async_context(self._make())
        except KafkaError as error:
            return Later(str(error))
        outcomes = await self._producer.send_all([self._record(letter) for letter in letters], SECONDS)
        failure = next((outcome for outcome in outcomes if outcome is not None), None)
        if failure is None:
            return Delivered()
        return Never(str(failure)) if isinstance(failure, MessageRejected) else Later(str(failure))

    def _record(self, letter: Letter) -> Record:
        event = alert_event(letter.key, letter.body)
        return Record(self._topic, event.subject.encode(), event.model_dump_json().encode(), _HEADERS)
