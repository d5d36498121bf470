"""`nhip boards`: write the Grafana boards, or check them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import psycopg

from connectors.timescale.boards import refusal
from dashboards.grafana.files import FOLDER, documents
from dashboards.grafana.lint import Fault, Query, faults, queries_of
from dashboards.grafana.macros import View, choices, expand
from nhip.database import connected
from nhip.settings import load
from streams.days import civil_day, day_start


@click.group()
def command() -> None:
    """The Grafana boards: generated JSON, one file a board and language."""


@command.command()
def write() -> None:
    """Generate the JSON of every board anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        click.echo(f"{FOLDER / name}")


@command.command()
def check() -> int:
    """Run every query of every board on the database, and look the JSON over. Exit code 1 if anything is wrong."""
    with connected(load().reader_url) as connection:
        found = [fault for name, text in documents().items() for fault in _faults(FOLDER / name, text, connection)]
    for fault in found:
        click.echo(str(fault))
    click.echo(f"{len(documents())} boards, {len(found)} faults")
    return 1 if found else 0


def _faults(path: Path, generated: str, connection: psycopg.Connection) -> Iterator[Fault]:
    name = path.stem
    committed = path.read_text(encoding="utf-8") if path.exists() else None
    if committed is None:
        yield Fault(name, "", f"{path.name} is missing: run `nhip boards write`")
        return
    if committed != generated:
        yield Fault(name, "", f"{path.name} differs from what the code generates: run `nhip boards write`")
    board = json.loads(committed)
    yield from faults(name, board)
    for query in queries_of(board):
        reason = _refusal(query, board, connection)
        if reason is not None:
            yield Fault(name, query.panel, reason)


def _refusal(query: Query, board: dict[str, Any], connection: psycopg.Connection) -> str | None:
    """The first refusal among all values that the board's variables may have."""
    now = datetime.now(UTC)
    view = View(day_start(civil_day(now)), now)
    for variables in choices(query.sql, board):
        try:
            sql = expand(query.sql, view, variables)
        except LookupError as error:
            return f"Grafana knows no {error}"
        if reason := refusal(connection, sql, query.columns):
            return reason
    return None
