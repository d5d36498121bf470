"""Pings to the gateway: in batches, again until they are taken, bounded in memory."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import httpx
import orjson

log = logging.getLogger(__name__)

BATCH = 500
KEPT = 50_000
"""Pings that wait while the gateway is away; then the oldest make room."""
GATHER_SECONDS = 0.25
AGAIN_SECONDS = (1.0, 30.0)

_HEADERS = {"content-type": "application/cloudevents-batch+json"}
_PASSING = frozenset({401, 403, 404, 408, 429})
"""Statuses that say nothing of the events; a key that is refused may be put right, so its pings are kept too."""


class Sender:
    """What waits to be sent. `fault`: why the gateway takes nothing now."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        """`http` knows the gateway's address and the key."""
        self._http = http
        self._waiting: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._wait = AGAIN_SECONDS[0]
        self.fault: str | None = None
        self.dropped = self.refused = self.sent = 0

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def put(self, event: dict[str, Any]) -> None:
        self.dropped += len(self._waiting) == KEPT
        self._waiting.append(event)

    async def keep_sending(self, stop: asyncio.Event) -> None:
        """Until `stop`; then once more what waits."""
        while not stop.is_set():
            await self._round()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._wait if self.fault else GATHER_SECONDS)
        await self._round()

    async def _round(self) -> None:
        while self._waiting and await self._send([self._waiting.popleft() for _ in range(min(BATCH, self.waiting))]):
            pass

    async def _send(self, batch: Sequence[dict[str, Any]]) -> bool:
        """Whether the gateway took it; what it may still take goes back to the front of the line."""
        try:
            answer = await self._http.post("/v1/events", content=orjson.dumps(batch), headers=_HEADERS)
        except httpx.TransportError as error:
            return self._again(batch, f"the gateway cannot be reached: {error!r}")
        statuses = _statuses(answer, len(batch))
        later = [event for event, status in zip(batch, statuses, strict=True) if _is_passing(status)]
        refused = sum(status >= 400 and not _is_passing(status) for status in statuses)
        if refused:
            log.warning("the gateway refused %d pings: %s", refused, answer.text[:1000])
        self.refused += refused
        self.sent += len(batch) - refused - len(later)
        if later:
            return self._again(later, f"the gateway answers {max(statuses)}", answer.headers.get("retry-after"))
        self.fault, self._wait = None, AGAIN_SECONDS[0]
        return True

    def _again(self, batch: Sequence[dict[str, Any]], fault: str, retry_after: str | None = None) -> bool:
        if self.fault is None:
            log.warning("%s: pings wait", fault)
        told = float(retry_after) if retry_after and retry_after.isdecimal() else 0.0
        self.fault, self._wait = fault, min(AGAIN_SECONDS[1], max(told, self._wait * 2 if self.fault else self._wait))
        room = KEPT - self.waiting
        self.dropped += max(0, len(batch) - room)
        self._waiting.extendleft(reversed(batch[len(batch) - min(room, len(batch)) :]))
        return False


def _statuses(answer: httpx.Response, events: int) -> list[int]:
    """Each event's own status; that of the whole where the answer is about the whole."""
    if not answer.headers.get("content-type", "").startswith("application/json"):
        return [answer.status_code] * events
    return [int(entry["status"]) for entry in answer.json()["events"]]


def _is_passing(status: int) -> bool:
    return status >= 500 or status in _PASSING
