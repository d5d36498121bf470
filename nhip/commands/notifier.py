"""`nhip notifier`: the ticker, which says what is down; one of any number is active, the others take over."""

import asyncio
import logging
from contextlib import suppress

import click
import psycopg
import uvloop
from psycopg import AsyncConnection

from connectors.timescale.errors import reachable
from connectors.timescale.ticker import Ticker
from nhip import logs
from nhip.metrics import NotifierMetrics
from nhip.probes import serve_probes
from nhip.settings import load
from nhip.signals import stop_on_signals
from streams.agents import Transient
from streams.deciders import DECIDERS
from streams.errors import Unreachable

log = logging.getLogger(__name__)

RECONNECT_SECONDS = 1.0


@click.command()
def command() -> None:
    """Decide twice a second what is down or silent, until SIGTERM. Exit code 3: no database at the start."""
    settings = load()
    logs.to_stderr()
    metrics = NotifierMetrics()
    serve_probes(
        settings.metrics_host, settings.notifier_port, "NHIP_NOTIFIER_PORT", metrics.registry, lambda: metrics.fault
    )
    uvloop.run(_serve(settings.database_url, metrics))


async def _serve(url: str, metrics: NotifierMetrics) -> None:
    """Tick on one connection after the other: a new one when the database comes back."""
    stop = stop_on_signals()
    connection = await _connect(url)
    while not stop.is_set():
        metrics.connected()
        try:
            async with connection:
                await Ticker(connection, DECIDERS, metrics.observe).run(stop)
        except Transient as error:
            log.warning("the connection is lost, another process may take over: %s", error)
            metrics.lost(str(error))
            connection = await _connect_again(url, stop) or connection


async def _connect(url: str) -> AsyncConnection:
    """Raises Unreachable: no answer, or no tables of ours."""
    with reachable(url):
        connection = await AsyncConnection.connect(url, connect_timeout=10, application_name="nhip notifier")
        await connection.execute("SELECT FROM nhip.decision LIMIT 1")
        await connection.commit()
        return connection


async def _connect_again(url: str, stop: asyncio.Event) -> AsyncConnection | None:
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), RECONNECT_SECONDS)
        with suppress(Unreachable, psycopg.OperationalError):
            return await _connect(url)
    return None
