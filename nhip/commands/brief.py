"""`nhip brief --day D`: one page about a day, for the meeting of the morning after."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from connectors.brief import page
from connectors.brief.sheet import Section, Sheet
from connectors.timescale.brief import read
from connectors.timescale.kpi import catalogue_in_force
from nhip import language as spoken
from nhip.database import connected
from nhip.files import written
from nhip.settings import load
from streams.days import civil_day
from streams.errors import WrongUse
from streams.words import Language

WIDTH = 110


@click.command()
@click.option("--day", "text", metavar="DATE", help="civil day; default yesterday")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="write a page to print there")
@spoken.option
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def command(text: str | None, out: Path | None, language: Language | None, as_json: bool) -> None:
    """The day's figures beside those of the week before, what was wrong, what is overdue, what was restated."""
    settings, now = load(), datetime.now(UTC)
    day = _date(text) if text else civil_day(now) - timedelta(1)
    with connected(settings.database_url) as connection:
        brief = read(connection, day, now)
        sheet = Sheet(brief, catalogue_in_force(connection), language or settings.language)
    if out:
        with written("--out", out):
            out.write_text(page.render(sheet), encoding="utf-8")
    if as_json:
        click.echo(orjson.dumps(brief.as_json()))
    elif not out:
        _print(sheet)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"--day takes a date such as 2026-11-23, not {text!r}") from None


def _print(sheet: Sheet) -> None:
    console = Console(width=max(Console().width, WIDTH))
    console.print(
        f"[bold]{sheet.text('TITLE')}[/bold] {sheet.day} · {sheet.text('AS_OF')} {sheet.as_of}", highlight=False
    )
    console.print(f"{sheet.text('COMPARED')} {sheet.day_before} · {sheet.text('WORSE')}", highlight=False)
    if sheet.brief.is_empty:
        console.print(sheet.text("EMPTY"), style="bold")
    for section in sheet.sections:
        if section.rows:
            console.print(_table(section))
            if section.left_out:
                console.print(f"{sheet.text('MORE')} {section.left_out}", highlight=False)
        else:
            console.print(f"{section.title}: {sheet.text('NONE')}", highlight=False, markup=False)


def _table(section: Section) -> Table:
    table = Table(title=section.title, title_justify="left")
    for n, column in enumerate(section.columns):
        table.add_column(column, justify="right" if n in section.figures else "left")
    for row in section.rows:
        table.add_row(*map(escape, row))
    return table
