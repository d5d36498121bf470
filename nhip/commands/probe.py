"""`nhip probe`: looks at systems that cannot ping by themselves, and pings for them."""

import asyncio
import logging
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
import uvloop

from connectors.catalogue import read_directory
from connectors.probing.certificate import trust
from connectors.probing.prober import Prober, watched
from connectors.probing.sending import Sender
from nhip import logs
from nhip.metrics import ProbeMetrics
from nhip.probes import serve_probes
from nhip.publisher import gateway_client
from nhip.settings import Settings, load
from nhip.signals import stop_on_signals
from streams.catalogue import Catalogue
from streams.errors import NhipError, WrongUse
from streams.probing.sight import Sight

log = logging.getLogger(__name__)

REREAD_SECONDS = 30.0


@click.command()
def command() -> None:
    """Look at the catalogue's targets and send what is seen to the gateway, until SIGTERM.

    The catalogue is the directory NHIP_CATALOGUE, read again twice a minute; a wrong one leaves the last good one in
    force. It needs no database and no Kafka: only the gateway (NHIP_GATEWAY_URL) and a key that publishes health.
    """
    settings = load()
    logs.to_stderr()
    directory, catalogue = _catalogue(settings)
    uvloop.run(_serve(settings, directory, catalogue, _trust(settings)))


async def _serve(settings: Settings, directory: Path, catalogue: Catalogue, trusted: ssl.SSLContext) -> None:
    stop, wishes = asyncio.Event(), stop_on_signals()
    async with gateway_client(settings, "publish:health") as http:
        sender = Sender(http)
        metrics = ProbeMetrics(sender)
        serve_probes(
            settings.metrics_host, settings.probe_port, "NHIP_PROBE_PORT", metrics.registry, lambda: sender.fault
        )

        def say(event: dict[str, Any], sight: Sight) -> None:
            metrics.observe(sight)
            sender.put(event)

        prober = Prober(settings.probe_name, trusted, say)
        sending = asyncio.create_task(sender.keep_sending(stop))
        while not wishes.is_set():
            prober.watch(watched(catalogue, settings.probe_name))
            metrics.checks(prober.checks)
            with suppress(TimeoutError):
                await asyncio.wait_for(wishes.wait(), REREAD_SECONDS)
            catalogue = await asyncio.to_thread(_reread, directory, catalogue)
        await prober.stop()
        stop.set()
        await sending


def _catalogue(settings: Settings) -> tuple[Path, Catalogue]:
    if settings.catalogue is None:
        raise WrongUse("NHIP_CATALOGUE is not set: give the directory that holds the province's *.toml files")
    return settings.catalogue, read_directory(settings.catalogue)


def _reread(directory: Path, before: Catalogue) -> Catalogue:
    """The directory's catalogue now, or the one before where it does not hold together."""
    try:
        return read_directory(directory)
    except NhipError as error:
        log.warning("the catalogue read before stays in force: %s", error)
        return before


def _trust(settings: Settings) -> ssl.SSLContext:
    try:
        return trust(settings.probe_ca_file)
    except OSError as error:
        raise WrongUse(f"NHIP_PROBE_CA_FILE: {settings.probe_ca_file} holds no certificates ({error})") from error
