"""`nhip rebuild`: fold everything again with the catalogue in force."""

import asyncio
import time

import click

from connectors.timescale.pool import make_pool, opened
from connectors.timescale.rebuild import rebuild
from nhip.settings import load
from streams.contracts import Stream


@click.command()
def command() -> None:
    """Fold every report, dossier and system again from its events with the catalogue in force, and count anew.

    For a catalogue that reaches into the past, and for what `nhip verify` found. Safe beside running workers.
    """
    asyncio.run(_rebuild(load().database_url))


async def _rebuild(url: str) -> None:
    begun = time.monotonic()
    done: dict[str, int] = {}

    def progress(stream: Stream, subjects: int) -> None:
        done[stream.name] = subjects
        click.echo(f"{stream.name}: {subjects} in {time.monotonic() - begun:.0f} s", err=True)

    async with opened(make_pool(url, 2), url) as pool:
        await rebuild(pool, progress)
    counts = ", ".join(f"{n} {name}" for name, n in done.items()) or "nothing is stored yet"
    click.echo(f"rebuilt: {counts}")
