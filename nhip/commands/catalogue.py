"""`nhip catalogue`: check a province's catalogue, hold it against the data, put it in force, list its systems."""

from datetime import datetime
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.table import Table

from connectors.catalogue import read_directory
from connectors.timescale.catalogue import in_force
from connectors.timescale.codes import Stray, strays
from connectors.timescale.watched import Watched, watched
from nhip.catalogue import put_in_force, summary
from nhip.database import connected
from nhip.settings import load as load_settings
from streams.catalogue.warnings import warnings
from streams.contracts.types import PROVINCE_TIME
from streams.days import civil_day
from streams.errors import WrongUse

_directory = click.argument("directory", required=False, type=click.Path(file_okay=False, exists=True, path_type=Path))


@click.group()
def command() -> None:
    """A province as TOML files: its agencies, procedures, systems, calendar, rules (docs/catalogue.md)."""


@command.command()
@_directory
@click.option("--against-data", is_flag=True, help="list the codes in stored events that the catalogue lacks")
def check(directory: Path | None, against_data: bool) -> int:
    """Check the catalogue in DIRECTORY (or NHIP_CATALOGUE). Exit code 1 if it, or the data, does not hold together.
    What is odd and can be put in force all the same is warned about.

    With --against-data and no directory at all, the catalogue in force is held against the data.
    """
    settings = load_settings()
    given = directory or settings.catalogue
    if given is None and not against_data:
        raise WrongUse(_NONE_GIVEN)
    checked = read_directory(given) if given else None
    if checked:
        click.echo(f"{given}: {summary(checked)}")
        for warning in warnings(checked):
            click.echo(warning)
    if not against_data:
        return 0
    with connected(settings.owner_url) as connection:
        found = strays(connection, checked or in_force(connection))
    for stray in found:
        click.echo(_line(stray))
    click.echo(f"{len(found)} codes in the data are not in the catalogue")
    return 1 if found else 0


@command.command()
@_directory
def load(directory: Path | None) -> None:
    """Put a catalogue in force, and say what that changes. It is in DIRECTORY, or NHIP_CATALOGUE. Safe to repeat."""
    settings = load_settings()
    given = directory or settings.catalogue
    if given is None:
        raise WrongUse(_NONE_GIVEN)
    for line in put_in_force(given, settings.owner_url):
        click.echo(line)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def systems(as_json: bool) -> None:
    """Every watched system and what it is now. Of the catalogue in force: who names it, on what scale."""
    with connected(load_settings().database_url) as connection:
        found = watched(connection)
    click.echo(orjson.dumps([_document(one) for one in found])) if as_json else _print(found)


def _document(one: Watched) -> dict[str, object]:
    system = one.system.model_dump(mode="json", include={"id", "name", "name_en", "accounts", "parent", "watch"})
    return system | {
        "state": one.state,
        "since": one.since,
        "reason": one.reason,
        "heartbeat_at": one.heartbeat_at,
    }


def _print(found: list[Watched]) -> None:
    table = Table("system", "name", "accounts", "state", "since", "heartbeat")
    for one in found:
        moments = [
            f"{at.astimezone(PROVINCE_TIME):%m-%d %H:%M:%S}" if at else "" for at in (one.since, one.heartbeat_at)
        ]
        table.add_row(one.system.id, one.system.name, " ".join(one.system.accounts), one.state or "", *moments)
    Console().print(table)


def _clock(moment: datetime | None) -> str:
    return f"{moment.astimezone(PROVINCE_TIME):%m-%d %H:%M:%S}" if moment else ""


_NONE_GIVEN = "give the directory of a catalogue, or set NHIP_CATALOGUE"


def _line(stray: Stray) -> str:
    used = f"{civil_day(stray.first)} to {civil_day(stray.last)}"
    why = "does not hold for all of that time" if stray.known else "unknown"
    number = "" if stray.section == "systems" else f"{stray.events} events, "
    return f"{stray.section} {stray.code}: {number}{used}: {why}"
