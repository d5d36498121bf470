"""Records to Kafka, in the order of the file, with a bounded number on the way."""

from collections import deque
from collections.abc import Awaitable

from aiokafka.structs import RecordMetadata

from connectors.backfill.conversion import Record
from connectors.kafka.producer import Producer

_ON_THE_WAY = 10_000


class Sender:
    """Sends records; `reached` holds the last offset acknowledged in each partition, by (topic, partition)."""

    def __init__(self, producer: Producer, topic_prefix: str) -> None:
        self.sent = 0
        self.reached: dict[tuple[str, int], int] = {}
        self._producer, self._prefix = producer, topic_prefix
        self._answers: deque[Awaitable[RecordMetadata]] = deque()

    async def send(self, record: Record) -> None:
        """Queue one record, waiting while too many are on their way. Raises what the producer raises."""
        if len(self._answers) >= _ON_THE_WAY:
            await self.settle(_ON_THE_WAY // 2)
        self._answers.append(await self._producer.send(self._prefix + record.topic, record.value, key=record.key))

    async def settle(self, left: int = 0) -> None:
        """Wait until no more than `left` records are unanswered."""
        while len(self._answers) > left:
            answer = await self._answers.popleft()
            self.sent += 1
            where = (answer.topic, answer.partition)
            self.reached[where] = max(answer.offset, self.reached.get(where, 0))
