"""`nhip directives`: what the centre tells agencies to settle, and how far that is."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar, cast, get_args

import click
import orjson
from rich.console import Console
from rich.table import Table

from connectors.timescale.directives import Directives
from nhip.database import connected_async
from nhip.person import cli_actor, who_option
from nhip.settings import load
from streams.contracts.types import PROVINCE_TIME
from streams.errors import NhipError
from streams.people.directive import Directive, Draft, Kind, State, Step

OPEN = [state for state in State if state is not State.CLOSED]
T = TypeVar("T")

as_json = click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
note = click.option("--note", help="the answer, or why")


@click.group()
def command() -> None:
    """Directives to agencies, followed until they are closed."""


@command.command()
@click.argument("agency")
@click.argument("text")
@click.option("--kind", type=click.Choice(get_args(Kind)), required=True, help="what it is about")
@click.option("--due", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), required=True, help="a day means its end")
@click.option("--subject", "subjects", multiple=True, help="the id of a dossier or report; may be repeated")
@who_option
@as_json
def send(agency: str, text: str, kind: str, due: datetime, subjects: tuple[str, ...], who: str, as_json: bool) -> None:
    """Tell an agency what it has to do, by when."""
    end = due.replace(hour=23, minute=59) if (due.hour, due.minute) == (0, 0) else due
    draft = Draft(agency, cast(Kind, kind), text, end.replace(tzinfo=PROVINCE_TIME), subjects)
    _show(_run(lambda directives: directives.send(draft, cli_actor(who))), as_json)


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="closed ones too")
@click.option("--agency", "agencies", multiple=True, help="may be repeated")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="the newest so many")
@as_json
def list_(everything: bool, agencies: tuple[str, ...], limit: int, as_json: bool) -> None:
    """The open ones, the newest first."""
    states = None if everything else OPEN
    found = _run(lambda directives: directives.listed(states, agencies or None, None, limit))
    click.echo(orjson.dumps([asdict(one) for one in found])) if as_json else _print(found)


@command.command()
@click.argument("number", type=click.IntRange(1))
@click.argument("step", type=click.Choice([step.value for step in Step]))
@who_option
@note
@as_json
def move(number: int, step: str, who: str, note: str | None, as_json: bool) -> None:
    """Take a step: the agency has it, has answered, is sent back, is closed."""
    moved = _run(lambda directives: directives.move(number, Step(step), cli_actor(who), note))
    if moved is None:
        raise NhipError(f"there is no directive {number}: `nhip directives list --all` shows them")
    _show(moved, as_json)


def _run(work: Callable[[Directives], Awaitable[T]]) -> T:
    async def run() -> T:
        return await work(Directives(lambda: connected_async(load().database_url)))

    return asyncio.run(run())


def _show(directive: Directive, as_json: bool) -> None:
    said = f"directive {directive.number} to {directive.agency} is {directive.state}, due {_clock(directive.due_at)}"
    click.echo(orjson.dumps(asdict(directive)) if as_json else said)


def _print(found: list[Directive]) -> None:
    table = Table("number", "agency", "about", "due", "state", "what", "answer")
    now = datetime.now(PROVINCE_TIME)
    for one in found:
        about = f"{len(one.subjects)} {one.kind}"
        state = f"{one.state}, overdue" if one.overdue(now) else one.state
        table.add_row(str(one.number), one.agency, about, _clock(one.due_at), state, one.text, one.answer or "")
    Console().print(table)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(PROVINCE_TIME):%d/%m/%Y %H:%M}"
