"""`nhip shift`: the shift log and its hand-overs."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

import click
import orjson
from rich.console import Console
from rich.table import Table

from connectors.timescale.shift import Shift
from nhip.database import connected_async
from nhip.person import cli_actor, who_option
from nhip.settings import load
from streams.contracts.types import PROVINCE_TIME
from streams.errors import NhipError
from streams.people.shift import Handover, Note

T = TypeVar("T")

as_json = click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")


@click.group()
def command() -> None:
    """The shift log: notes, and hand-overs that list what is open."""


@command.command()
@click.argument("text")
@click.option("--alert", "alerts", multiple=True, help="the id of an alert it is about; may be repeated")
@click.option("--subject", "subjects", multiple=True, help="a dossier, report or system; may be repeated")
@who_option
@as_json
def note(text: str, alerts: tuple[str, ...], subjects: tuple[str, ...], who: str, as_json: bool) -> None:
    """Note what happened."""
    kept = _run(lambda shift: shift.add(Note(text, alerts, subjects), cli_actor(who)))
    click.echo(orjson.dumps(kept._asdict()) if as_json else f"note {kept.number} by {kept.who}")


@command.command("list")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="the newest so many")
@as_json
def list_(limit: int, as_json: bool) -> None:
    """The notes and the hand-overs, the newest first."""

    async def read(shift: Shift) -> dict[str, list[dict[str, Any]]]:
        entries, handovers = await shift.entries(limit), await shift.handovers(limit)
        return {"entries": [one._asdict() for one in entries], "handovers": [asdict(one) for one in handovers]}

    found = _run(read)
    click.echo(orjson.dumps(found)) if as_json else _print(found)


@command.command("hand-over")
@click.argument("text")
@who_option
@as_json
def hand_over(text: str, who: str, as_json: bool) -> None:
    """Write a hand-over. Open alerts and directives go along by themselves."""
    _show(_run(lambda shift: shift.hand_over(text, cli_actor(who))), as_json)


@command.command()
@click.argument("number", type=click.IntRange(1))
@who_option
@as_json
def confirm(number: int, who: str, as_json: bool) -> None:
    """Take a hand-over: who comes does, not who wrote it."""
    taken = _run(lambda shift: shift.confirm(number, cli_actor(who)))
    if taken is None:
        raise NhipError(f"there is no hand-over {number}: see `nhip shift list`")
    _show(taken, as_json)


def _run(work: Callable[[Shift], Awaitable[T]]) -> T:
    async def run() -> T:
        return await work(Shift(lambda: connected_async(load().database_url)))

    return asyncio.run(run())


def _show(handover: Handover, as_json: bool) -> None:
    state = f"taken over by {handover.incoming}" if handover.incoming else "waits to be taken over"
    listed = f"{len(handover.alerts)} alerts, {len(handover.directives)} directives"
    said = f"hand-over {handover.number} by {handover.outgoing} ({listed}) {state}"
    click.echo(orjson.dumps(asdict(handover)) if as_json else said)


def _print(found: dict[str, list[dict[str, Any]]]) -> None:
    table = Table("at", "who", "what", "about")
    for one in found["entries"]:
        table.add_row(_clock(one["at"]), one["who"], one["text"], " ".join((*one["alerts"], *one["subjects"])))
    for one in found["handovers"]:
        listed = f"{len(one['alerts'])} alerts, {len(one['directives'])} directives"
        taken = f" → {one['incoming']}" if one["incoming"] else " → nobody yet"
        table.add_row(_clock(one["written_at"]), one["outgoing"] + taken, one["text"], listed)
    Console().print(table)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(PROVINCE_TIME):%d/%m %H:%M}"
