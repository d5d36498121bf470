"""`nhip audit`: who did what, when, from where, and what it was before."""

import asyncio

import click
import orjson
from rich.console import Console
from rich.table import Table

from connectors.timescale import audit
from connectors.timescale.audit import Entry
from nhip.database import connected_async
from nhip.settings import load
from streams.contracts.types import PROVINCE_TIME


@click.group()
def command() -> None:
    """What people did. Entries are added and never changed; no role of the database could."""


@command.command("list")
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True, help="the newest so many")
@click.option("--subject", help="of one thing only: alert/…, directive/…, person/…")
@click.option("--who", help="of one person only")
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def list_(limit: int, subject: str | None, who: str | None, as_json: bool) -> None:
    """The newest first."""
    found = asyncio.run(_read(limit, subject, who))
    click.echo(orjson.dumps([entry._asdict() for entry in found])) if as_json else _print(found)


async def _read(limit: int, subject: str | None, who: str | None) -> list[Entry]:
    async with connected_async(load().database_url) as connection:
        return await audit.listed(connection, limit, subject, who)


def _print(entries: list[Entry]) -> None:
    table = Table("at", "who", "from", "what", "on", "before", "after")
    for entry in entries:
        states = ["" if state is None else orjson.dumps(state).decode() for state in (entry.before, entry.after)]
        at = f"{entry.at.astimezone(PROVINCE_TIME):%Y-%m-%d %H:%M:%S}"
        table.add_row(at, entry.who, f"{entry.via} {entry.address or ''}", entry.action, entry.subject, *states)
    Console().print(table)
