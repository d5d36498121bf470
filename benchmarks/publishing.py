"""A publisher that keeps a rate, and what latencies come to."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.stack.gateway_tools import KEY

BATCH = 100
Event = dict[str, Any]


@asynccontextmanager
async def publisher(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the gateway, with its key."""
    headers = {"authorization": f"Bearer {KEY}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as http:
        yield http


async def post(http: httpx.AsyncClient, events: Sequence[Event]) -> None:
    """Return when the gateway has accepted them."""
    headers = {"content-type": "application/cloudevents-batch+json"}
    answer = await http.post("/v1/events", json=events, headers=headers)
    assert answer.status_code == 202, answer.text


async def load(http: httpx.AsyncClient, rate: int, event: Callable[[int], Event]) -> None:
    """Batches at their times, whatever the answers take, until cancelled; `event` makes the n-th."""
    began, number = time.monotonic(), 0
    async with asyncio.TaskGroup() as group:
        while True:
            group.create_task(post(http, [event(number + k) for k in range(BATCH)]))
            number += BATCH
            await asyncio.sleep(max(began + number / rate - time.monotonic(), 0))


def distribution(seconds: Sequence[float]) -> str:
    """Percentiles in seconds, in words."""
    cuts = statistics.quantiles(seconds, n=100)
    middle = "  ".join(f"p{p} {cuts[p - 1]:.2f} s" for p in (50, 90, 99))
    return f"{middle}  max {max(seconds):.2f} s"
