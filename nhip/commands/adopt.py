"""`nhip adopt`: let a refused or paused partition go on."""

import click

from connectors.timescale.paused import Paused, let_go_on, paused
from nhip.database import connected
from nhip.settings import load
from streams.errors import NhipError


@click.command()
@click.argument("topic", required=False)
@click.argument("partition", required=False, type=int)
@click.option("--all", "everything", is_flag=True, help="every waiting partition")
def command(topic: str | None, partition: int | None, everything: bool) -> None:
    """Let waiting partitions go on; without arguments, list them.

    One paused by too many dead letters reads on, and for ten minutes is not paused again: what is refused becomes dead
    letters. One of a recreated topic begins at the new topic's beginning: what was stored stays.
    """
    with connected(load().database_url) as connection:
        waiting = paused(connection, topic, partition)
        if not waiting:
            raise NhipError("no partition waits" + (f" in {topic}" if topic else ""))
        for one in waiting:
            if topic or everything:
                let_go_on(connection, one)
            click.echo(_line(one, going=bool(topic or everything)))


def _line(one: Paused, going: bool) -> str:
    then = "begins anew" if one.recreated else "goes on"
    state = f"{then} within seconds" if going else f"waits since {one.since:%Y-%m-%d %H:%M:%S%z}"
    return f"{one.topic} {one.partition}, position {one.next_offset}: {state} ({one.reason})"
