"""`nhip boards`: write the Grafana boards, check them, or send them to Grafana."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import psycopg

from connectors.grafana import Grafana, source, understood
from connectors.timescale.boards import refusal
from dashboards.grafana.files import FOLDER, documents
from dashboards.grafana.lint import Fault, Query, faults, queries_of
from dashboards.grafana.macros import View, choices, expand
from dashboards.grafana.panel import DATA_SOURCE
from nhip.database import connected
from nhip.settings import Settings, load
from streams.days import civil_day, day_start
from streams.errors import WrongUse


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
    """Run every query of every board, and look the JSON over. Exit code 1 if anything is wrong."""
    with connected(load().reader_url) as connection:
        found = [fault for name, text in documents().items() for fault in _faults(FOLDER / name, text, connection)]
    for fault in found:
        click.echo(str(fault))
    click.echo(f"{len(documents())} boards, {len(found)} faults")
    return 1 if found else 0


@command.command()
@click.option("--dry-run", is_flag=True, help="show what would change, and change nothing")
@click.option("--overwrite", is_flag=True, help="go over what was edited in Grafana by hand")
def push(dry_run: bool, overwrite: bool) -> int:
    """Send data source, folder and boards to Grafana. Exit code 1 if hand edits stand in the way: nothing is sent."""
    settings = load()
    url, token, database = _wanted(settings)
    grafana = Grafana(url, token, overwrite=overwrite)
    with understood(url):
        steps = list(grafana.plan(source(DATA_SOURCE["uid"], DATA_SOURCE["type"], database), _boards()))
        for step in steps:
            click.echo(f"{step.act:7}{step.what}" + (f": refused, {step.refused}" if step.refused else ""))
            if dry_run:
                click.echo("".join(f"    {line}\n" for line in step.diff), nl=False)
        refused = any(step.refused for step in steps)
        for step in steps if not (refused or dry_run) else ():
            step.perform()
    return 1 if refused else 0


def _wanted(settings: Settings) -> tuple[str, str, str]:
    """Grafana's address, the token, and how Grafana reaches the database. Raises WrongUse naming what is not set."""
    database = settings.grafana_database_url or settings.reader_database_url
    if settings.grafana_url is None or settings.grafana_token is None or database is None:
        raise WrongUse("set NHIP_GRAFANA_URL, NHIP_GRAFANA_TOKEN and NHIP_READER_DATABASE_URL")
    return str(settings.grafana_url), settings.grafana_token.get_secret_value(), database


def _boards() -> list[dict[str, Any]]:
    return [json.loads(text) for text in documents().values()]


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
