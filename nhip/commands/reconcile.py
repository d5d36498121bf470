"""`nhip reconcile FILE`: the national portal's list of dossiers held against ours (đối soát)."""

from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.table import Table

from connectors.backfill.errors import UnreadableFile
from connectors.backfill.portal import listed
from connectors.timescale.reconcile import Reading, differences, stage
from nhip.database import connected
from nhip.settings import load
from streams.errors import WrongUse
from streams.reconciliation import Difference

SHOWN = 200
"""Differences printed for people; --json has them all."""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout, with every difference")
def command(file: Path, as_json: bool) -> int:
    """Show every dossier that differs in existence, status, due date or verdict, with both values.

    FILE is JSON, JSONL or CSV with the national exchange's columns (MaHoSo, TrangThaiHoSo, NgayTiepNhan, NgayHenTra …).
    Exit code 1 if anything differs or a row could not be compared.
    """
    try:
        with connected(load().database_url) as connection:
            reading = stage(connection, listed(file))
            found = list(differences(connection, reading, datetime.now(UTC)))
    except UnreadableFile as error:
        raise WrongUse(str(error)) from error
    _print_json(reading, found) if as_json else _print(reading, found)
    return 1 if found or reading.unread else 0


def _print_json(reading: Reading, found: list[Difference]) -> None:
    document = {
        "rows": reading.rows,
        "repeated": reading.repeated,
        "unread": [row._asdict() for row in reading.unread],
        "differences": [difference._asdict() for difference in found],
    }
    click.echo(orjson.dumps(document))


def _print(reading: Reading, found: list[Difference]) -> None:
    table = Table("dossier", "differs in", "portal", "ours")
    for difference in islice(found, SHOWN):
        table.add_row(*(text or "–" for text in difference))
    if found:
        Console(width=max(Console().width, 100)).print(table)
    for row in reading.unread[:SHOWN]:
        click.echo(f"line {row.line} cannot be compared: {row.reason}")
    kinds = ", ".join(f"{n} in {what}" for what, n in sorted(Counter(one.what for one in found).items()))
    click.echo(
        f"{reading.rows} rows, {reading.repeated} of them repeated, {len(reading.unread)} not compared; "
        f"{len({one.dossier for one in found})} dossiers differ{f': {kinds}' if kinds else ''}"
    )
