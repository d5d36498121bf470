"""`nhip notifier`: the ticker, which says what is wrong, and senders, which tell people. One of any number ticks."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import click
import httpx
import psycopg
import uvloop
from psycopg import AsyncConnection

from connectors.alertmanager import Alertmanager, show
from connectors.notify import PATIENCE_SECONDS, Bell, check_in, keep_tidy, send
from connectors.timescale.errors import reachable
from connectors.timescale.outbox import Addresses, Mail, Outbox, mail_pool
from connectors.timescale.qd766 import decided
from connectors.timescale.ticker import Ticker
from nhip import logs
from nhip.channels import channels_of, topic_of
from nhip.metrics import NotifierMetrics
from nhip.probes import serve_probes
from nhip.reckoning import reckon
from nhip.settings import Settings, load
from nhip.signals import stop_on_signals
from streams.agents import Transient
from streams.contracts.alert import TOPIC
from streams.deciders import deciders
from streams.errors import Unreachable, WrongUse

log = logging.getLogger(__name__)

RECONNECT_SECONDS = 1.0


@click.command()
def command() -> None:
    """Decide twice a second what is wrong, and tell, until SIGTERM. Exit code 3: no database at the start."""
    settings = load()
    logs.to_stderr()
    metrics = NotifierMetrics()
    serve_probes(
        settings.metrics_host, settings.notifier_port, "NHIP_NOTIFIER_PORT", metrics.registry, lambda: metrics.fault
    )
    uvloop.run(_serve(settings, metrics))


async def _serve(settings: Settings, metrics: NotifierMetrics) -> None:
    """Tick, and beside that deliver: a channel that hangs holds up neither the ticker nor another channel."""
    stop = stop_on_signals()
    connection = await _connect(settings.database_url)
    bell = Bell()
    formulas = decided(settings.qd766_formulas)
    async with asyncio.TaskGroup() as group, _sending(settings, bell, stop) as outbox:
        group.create_task(reckon(settings.database_url, formulas, stop))
        await _tick(settings.database_url, connection, metrics, outbox, bell, stop)


@asynccontextmanager
async def _sending(settings: Settings, bell: Bell, stop: asyncio.Event) -> AsyncIterator[Callable[[], Outbox]]:
    """Senders for every channel that is set up; what is yielded makes an outbox that knows them."""
    addresses = _addresses(settings)
    pool = mail_pool(settings.database_url)
    async with (
        pool,
        httpx.AsyncClient(follow_redirects=False, timeout=PATIENCE_SECONDS) as client,
        topic_of(settings) as topic,
        asyncio.TaskGroup() as group,
    ):
        mail, channels = Mail(pool), channels_of(settings, client)
        for name, channel in {**channels, TOPIC: topic}.items():
            group.create_task(send(name, channel, mail, bell, stop))
        if settings.alertmanager_url:
            group.create_task(
                show(Alertmanager(str(settings.alertmanager_url), client, addresses.board), mail, bell, stop)
            )
        group.create_task(keep_tidy(mail, stop))
        if settings.check_in_url:
            group.create_task(check_in(settings.check_in_url.get_secret_value(), client, mail, stop))
        yield lambda: Outbox(channels.keys(), addresses)


def _addresses(settings: Settings) -> Addresses:
    """Where messages lead. One-time links need the gateway's address, and the key that it checks them with."""
    board = str(settings.alert_link) if settings.alert_link else None
    if settings.link_key is None:
        return Addresses(board)
    if settings.gateway_url is None:
        raise WrongUse("NHIP_LINK_KEY without NHIP_GATEWAY_URL: links in messages lead to the gateway, say where it is")
    return Addresses(
        board, f"{str(settings.gateway_url).rstrip('/')}/act/", settings.link_key.get_secret_value().encode()
    )


async def _tick(
    url: str,
    connection: AsyncConnection,
    metrics: NotifierMetrics,
    outbox: Callable[[], Outbox],
    bell: Bell,
    stop: asyncio.Event,
) -> None:
    """Tick on one connection after the other: a new one when the database comes back."""
    while not stop.is_set():
        metrics.connected()
        try:
            async with connection:
                await Ticker(connection, deciders(), metrics.observe, outbox(), bell.ring).run(stop)
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
