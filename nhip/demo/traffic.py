"""The demo's traffic: nearly all of it straight to Kafka, one event a second through the gateway."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from nhip.commands import simulate
from nhip.kafka import producer, translated
from nhip.settings import Settings
from nhip.simulator import Record
from nhip.simulator.poster import GatewaySink, Poster
from nhip.simulator.publisher import KafkaSink, Publisher
from nhip.simulator.rhythm import VIETNAM

_GATEWAY_RATE = 1.0
_CHECK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """`seconds` None: until stopped. A `rate` of 0: no traffic of ours, others may still publish."""

    seconds: float | None
    rate: float
    seed: int
    trouble: bool


async def drive(plan: Plan, settings: Settings, stop: asyncio.Event, check: Callable[[], None]) -> None:
    """Publish until the plan's time is over or `stop` is set; `check` raises if a process of the demo has ended."""
    work = _publish(plan, settings, stop) if plan.rate else _idle(plan.seconds, stop)
    tasks = asyncio.create_task(work), asyncio.create_task(_watch(check))
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def _publish(plan: Plan, settings: Settings, stop: asyncio.Event) -> None:
    begin = datetime.now(VIETNAM)
    poster = Poster(str(settings.gateway_url), _key(settings))
    with translated():
        async with producer(settings) as kafka:
            mostly = Publisher(KafkaSink(kafka, settings.topic_prefix))
            few = Publisher(GatewaySink(poster))
            await asyncio.gather(
                mostly.run(_records(plan, begin), stop),
                few.run(_records(Plan(plan.seconds, _GATEWAY_RATE, plan.seed + 1, False), _earlier(begin)), stop),
            )


def _records(plan: Plan, begin: datetime) -> Iterator[Record]:
    """What the plan makes of its seconds; what a slow machine has not sent by then is not produced."""
    if plan.seconds is None:
        return simulate.demo(plan.seed, begin, plan.rate, None, plan.trouble)
    until = time.time() + plan.seconds + 1
    count = max(round(plan.rate * plan.seconds), 1)
    return takewhile(lambda _: time.time() < until, simulate.demo(plan.seed, begin, plan.rate, count, plan.trouble))


def _earlier(begin: datetime) -> datetime:
    """Subjects are named after the second at which traffic begins: this one has others."""
    return begin - timedelta(seconds=1)


def _key(settings: Settings) -> str:
    assert settings.api_key is not None
    return settings.api_key.get_secret_value()


async def _idle(seconds: float | None, stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


async def _watch(check: Callable[[], None]) -> None:
    while True:
        check()
        await asyncio.sleep(_CHECK_SECONDS)
