"""`nhip worker`: Kafka to TimescaleDB, one process of any number in one consumer group."""

import asyncio
import gc
from datetime import UTC, datetime

import click
import uvloop
from psycopg_pool import AsyncConnectionPool

from connectors.kafka.app import App, add_agent, make_app
from connectors.kafka.topics import check_topics
from connectors.kafka.worker import run
from connectors.timescale.forgetting import forget
from connectors.timescale.freshness import keep_fresh
from connectors.timescale.pool import make_pool, opened
from connectors.timescale.positions import PostgresPositions
from connectors.timescale.rows import ROWS
from connectors.timescale.store import AT_ONCE, PostgresStore
from nhip import logs
from nhip.kafka import security, translated
from nhip.metrics import WorkerMetrics
from nhip.probes import serve_probes
from nhip.settings import Settings, load
from streams.agents import Agent
from streams.contracts import STREAMS
from streams.decoding import Decoder
from streams.errors import Unreachable, WrongUse

CONNECTIONS = AT_ONCE * len(STREAMS) + 1
"""Those of batches, and one for what is written beside them: where partitions stand, up to when they are complete."""

EMBEDDED_SESSION_SECONDS = 6.0
"""The demo's broker waits half of it at every group join."""


@click.command()
def command() -> int:
    """Apply events until SIGTERM. Exit codes: 0 stopped, 1 a batch could not be applied, 3 Kafka or database away."""
    settings = load()
    if settings.pseudonym_key is None:
        raise WrongUse(
            "NHIP_PSEUDONYM_KEY is not set: make one with `openssl rand -hex 32`; the gateway needs the same"
        )
    logs.to_stderr()
    return uvloop.run(_work(settings, settings.pseudonym_key.get_secret_value().encode()))


async def _work(settings: Settings, key: bytes) -> int:
    pool = make_pool(settings.database_url, CONNECTIONS)
    async with opened(pool, settings.database_url):
        if not settings.embedded:
            await _check_topics(settings)
        app = _app(settings, pool)
        metrics = WorkerMetrics(app.standings)
        for stream in STREAMS:
            decoder = Decoder(stream, key, ROWS[stream], any_timestamps=settings.embedded)
            agent = Agent(decoder, PostgresStore(pool), app.pause, metrics.observe, app.ending)
            add_agent(app, settings.topic_prefix + stream.topic, agent.handle)
        serve_probes(
            settings.metrics_host, settings.metrics_port, "NHIP_METRICS_PORT", metrics.registry, lambda: _fault(app)
        )
        gc.collect()
        gc.freeze()  # what was imported stays; collections then look at batches alone
        gc.set_threshold(100_000, 50, 100)
        beside = [asyncio.create_task(keep_fresh(pool, lambda: _complete(app))), asyncio.create_task(forget(pool))]
        try:
            return await run(app)
        finally:
            for task in beside:
                task.cancel()


async def _check_topics(settings: Settings) -> None:
    """Without topics a worker would wait for them in silence; without Kafka it would say so at great length."""
    with translated():
        faults = await check_topics(settings.kafka_brokers.split(","), security(settings), settings.topic_prefix)
    if faults:
        raise Unreachable("; ".join(faults))


def _app(settings: Settings, pool: AsyncConnectionPool) -> App:
    topics = {settings.topic_prefix + stream.topic: stream for stream in STREAMS}
    return make_app(
        settings.consumer_group,
        settings.kafka_brokers.split(","),
        PostgresPositions(pool, topics),
        security(settings),
        session_timeout=EMBEDDED_SESSION_SECONDS if settings.embedded else 10.0,
    )


def _fault(app: App) -> str | None:
    held = [f"{at.topic}:{at.partition}" for at in app.standings() if at.position is None]
    if not app.started:
        return "not started yet"
    return f"paused or refused, see nhip doctor: {', '.join(held)}" if held else None


def _complete(app: App) -> list[tuple[str, int, datetime]]:
    """Partitions that are read to their end, with the time of the poll that found so."""
    return [
        (at.topic, at.partition, datetime.fromtimestamp(at.polled_at, UTC))
        for at in app.standings()
        if at.position is not None and not at.behind and at.polled_at is not None
    ]
