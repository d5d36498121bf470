"""Whether Kafka can be reached and has the topics, asked on a connection of its own."""

import asyncio
import time
from typing import Any, Protocol

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError

from streams.contracts import STREAMS

TIMEOUT_SECONDS = 3.0
REMEMBER_SECONDS = 1.0  # whoever asks more often than that hears the same


class Readiness(Protocol):
    async def fault(self) -> str | None:
        """What keeps the gateway from taking events, None if nothing."""


class KafkaReadiness:
    def __init__(self, brokers: tuple[str, ...], topic_prefix: str, client_options: dict[str, Any]) -> None:
        self._brokers = brokers
        self._topics = {topic_prefix + stream.topic for stream in STREAMS}
        self._client_options = client_options
        self._asking = asyncio.Lock()
        self._asked_at = float("-inf")
        self._fault: str | None = None

    async def fault(self) -> str | None:
        """One question at a time, however many ask."""
        async with self._asking:
            if time.monotonic() - self._asked_at > REMEMBER_SECONDS:
                self._fault = await self._ask()
                self._asked_at = time.monotonic()
            return self._fault

    async def _ask(self) -> str | None:
        client = AIOKafkaClient(bootstrap_servers=list(self._brokers), **self._client_options)
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await client.bootstrap()
                known = (await client.fetch_all_metadata()).topics()
        except (KafkaError, TimeoutError, OSError):
            return "Kafka cannot be reached: check NHIP_KAFKA_BROKERS and the network"
        finally:
            await client.close()
        missing = sorted(self._topics - set(known))
        return f"topics are missing ({', '.join(missing)}): run nhip setup" if missing else None
