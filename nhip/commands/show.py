"""`nhip show KIND ID`: one subject with its whole history."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click
import orjson
import psycopg
from rich.console import Console
from rich.table import Table

from connectors.timescale import shown
from connectors.timescale.shown import Document
from nhip.database import connected
from nhip.settings import load
from streams.contracts.types import PROVINCE_TIME
from streams.errors import NhipError

KINDS: dict[str, Callable[[psycopg.Connection, str], Document | None]] = {
    "dossier": shown.dossier,
    "report": shown.report,
    "system": shown.system,
}
"""A new kind is one function and one line here: what is known of a subject, or None when nothing is."""

WIDTH = 160


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("subject", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def command(kind: str, subject: str, as_json: bool) -> None:
    """Everything that is known of one subject, and the events it comes from."""
    with connected(load().database_url) as connection:
        document = KINDS[kind](connection, subject)
    if document is None:
        raise NhipError(f"no event of a {kind} {subject!r} is stored: ids are compared to the letter")
    click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2)) if as_json else _print(document)


def _print(document: Document) -> None:
    console = Console(width=max(Console().width, WIDTH))
    for name, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            console.print(_table(name, value))
        else:
            console.print(f"[bold]{name}[/bold]  {_text(value)}", highlight=False)


def _table(title: str, rows: list[Document]) -> Table:
    """Documents as rows; what is nowhere known has no column."""
    names = [name for name in rows[0] if any(row[name] not in (None, [], {}) for row in rows)]
    table = Table(*names, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(_text(row[name]) for name in names))
    return table


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value.astimezone(PROVINCE_TIME):%Y-%m-%d %H:%M:%S}"
        case {"vi": _, "en": said}:
            return str(said)
        case dict():
            return ", ".join(f"{name} {_text(of)}" for name, of in value.items())
        case list():
            return ", ".join(map(_text, value))
        case _:
            return str(value)
