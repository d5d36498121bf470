"""`nhip prune`: take away pings that are older than the retention; what was made of them stays."""

from datetime import UTC, datetime, timedelta

import click
import orjson
import psycopg

from connectors.timescale.errors import reachable
from connectors.timescale.floor import floor_now
from connectors.timescale.prune import prune
from nhip.settings import load
from streams.contracts import HEALTH


@click.command()
@click.option("--keep", type=click.IntRange(min=31), metavar="DAYS", help="default: NHIP_KEEP_PINGS_DAYS")
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def command(keep: int | None, as_json: bool) -> None:
    """Take away old pings, a day at a time, as the database's owner; safe to repeat and to run beside workers.

    States, intervals, days and uptime stay, and `nhip verify` goes on from a snapshot. A ping of a pruned time that
    comes late becomes a dead letter `pruned`.
    """
    settings = load()
    before = datetime.now(UTC) - timedelta(keep or settings.keep_pings_days)
    url = settings.owner_url
    with reachable(url), psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
        pruned = prune(connection, before, _tell)
        floor = floor_now(connection, HEALTH)
    if as_json:
        click.echo(orjson.dumps({"stream": HEALTH.name, "floor": floor, "pruned": pruned}))
    else:
        click.echo(f"{pruned} pings were taken away; what is left begins at {floor:%Y-%m-%d %H:%M%z}")


def _tell(floor: datetime, n: int) -> None:
    click.echo(f"{n} pings before {floor:%Y-%m-%d %H:%M%z}", err=True)
