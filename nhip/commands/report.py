"""`nhip report --period …`: the form people sign, and its life from draft to closed to signed."""

from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.table import Table

from connectors.form import page, workbook
from connectors.form.sheet import Sheet
from connectors.form.texts import HEADINGS
from connectors.timescale import catalogue, form
from nhip import language as spoken
from nhip.database import connected
from nhip.files import written
from nhip.settings import load
from streams.errors import WrongUse
from streams.periods import period
from streams.words import Language

WIDTH = 170


@click.command()
@click.option(
    "--period", "text", required=True, metavar="PERIOD", help="2026-10, 2026-Q3, 2026-H1, 2026-9M, 2026, A..B"
)
@click.option("--reporting", is_flag=True, help="the administration's period: from the 15th to the 14th")
@click.option("--close", "closes", is_flag=True, help="keep the figures as they stand (chốt)")
@click.option("--sign", "signs", is_flag=True, help="sign the closed form")
@click.option("--by", metavar="NAME", help="who closes or signs")
@click.option("--by-successor", is_flag=True, help="agencies that have ended as the ones that came after them")
@click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="write a workbook there")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="write a page to print there")
@spoken.option
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def command(
    text: str,
    reporting: bool,
    closes: bool,
    signs: bool,
    by: str | None,
    by_successor: bool,
    xlsx: Path | None,
    html: Path | None,
    language: Language | None,
    as_json: bool,
) -> None:
    """The dossier form: per agency and field what came in and what became of it. The two sides of a row are equal."""
    settings, asked = load(), period(text, reporting=reporting)
    if (closes or signs) and (not by or by_successor):
        raise WrongUse("--close and --sign need --by NAME, and agencies as they were")
    with connected(settings.database_url) as connection:
        if closes:
            form.close(connection, asked, str(by))
        if signs:
            form.sign(connection, asked, str(by))
        found = form.read(connection, asked, by_successor=by_successor)
        sheet = Sheet(found, catalogue.in_force(connection), language or settings.language)
    _write(sheet, xlsx, html)
    if as_json:
        click.echo(orjson.dumps(found.as_json()))
    elif not (xlsx or html):
        _print(sheet)


def _write(sheet: Sheet, xlsx: Path | None, html: Path | None) -> None:
    if xlsx:
        with written("--xlsx", xlsx):
            workbook.write(sheet, xlsx)
    if html:
        with written("--html", html):
            html.write_text(page.render(sheet), encoding="utf-8")


def _print(sheet: Sheet) -> None:
    table = Table(title=f"{sheet.text('TITLE')}\n{sheet.text('PERIOD')}: {sheet.days} · {sheet.state}")
    table.add_column("")
    table.add_column(f"{sheet.text('AGENCY')} / {sheet.text('FIELD')}")
    for heading in HEADINGS:
        table.add_column(f"{heading.title.of(sheet.language)} ({heading.number})", justify="right")
    for line in sheet.lines:
        style = None if line.kind == "field" else "bold"
        table.add_row(line.number, line.title, *map(str, line.values), style=style)
    console = Console(width=max(Console().width, WIDTH))
    console.print(table)
    for difference in sheet.form.differences:
        agency, field, column, closed, now = sheet.difference(difference)
        console.print(f"{sheet.text('CHANGED')}: {agency}, {field}, {column}: {closed} → {now}", highlight=False)
