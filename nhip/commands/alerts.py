"""`nhip alerts`: list, acknowledge, silence or resolve, and everything that became of one."""

from datetime import UTC, datetime, timedelta

import click
import orjson
from rich.console import Console
from rich.table import Table

from connectors.gateway.alerts import document
from connectors.timescale import alerts as store
from connectors.timescale.alerts import Alert
from connectors.timescale.catalogue import in_force
from nhip.database import connected
from nhip.person import cli_actor
from nhip.person import who_option as who
from nhip.settings import load
from streams.alerts.incidents import joined
from streams.alerts.message import arrivals
from streams.contracts.types import PROVINCE_TIME
from streams.errors import NhipError

OPEN = ("firing", "acknowledged", "suppressed")

as_json = click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
note = click.option("--note", help="why, for those who come after")


@click.group()
def command() -> None:
    """What is wrong now, and what somebody does about it."""


@command.command("list")
@click.option("--state", "states", type=click.Choice([*OPEN, "resolved"]), multiple=True, help="may be repeated")
@click.option("--all", "everything", is_flag=True, help="those that are over too")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="the newest so many")
@as_json
def list_(states: tuple[str, ...], everything: bool, limit: int, as_json: bool) -> None:
    """The open ones, the newest first."""
    wanted = states or (None if everything else OPEN)
    with connected(load().database_url) as connection:
        found = store.listed(connection, wanted, limit)
    click.echo(orjson.dumps([document(alert) for alert in found])) if as_json else _print(found)


@command.command()
@as_json
def incidents(as_json: bool) -> None:
    """The open ones with what they caused, the root first. Joined along parents and what systems carry."""
    with connected(load().database_url) as connection:
        found = joined(store.listed(connection, OPEN, 10_000))
        known = in_force(connection)
    if as_json:
        rows = [{"root": document(one.root), "members": list(map(document, one.members))} for one in found]
        click.echo(orjson.dumps(rows))
        return
    for one in found:
        click.echo(_line(one.root))
        for words in arrivals(one.root.evidence, known):
            click.echo(f"    {words.en}")
        for member in one.members:
            click.echo(f"    └ {_line(member)}")


@command.command()
@click.argument("id")
@who
@note
@as_json
def ack(id: str, who: str, note: str | None, as_json: bool) -> None:
    """Say that somebody is on it. No more reminders until it is over, or worse."""
    _act(id, "ack", who, note, None, as_json)


@command.command()
@click.argument("id")
@click.option("--minutes", type=click.IntRange(1, 43_200), default=60, show_default=True, help="how long")
@who
@note
@as_json
def silence(id: str, minutes: int, who: str, note: str | None, as_json: bool) -> None:
    """Tell nobody for a while; it is watched on."""
    _act(id, "silence", who, note, datetime.now(UTC) + timedelta(minutes=minutes), as_json)


@command.command()
@click.argument("id")
@who
@note
@as_json
def resolve(id: str, who: str, note: str | None, as_json: bool) -> None:
    """Say that it is over. What never ceases to be wrong is opened again after an hour."""
    _act(id, "resolve", who, note, None, as_json)


@command.command()
@click.argument("id")
@click.argument("text")
@who
@as_json
def comment(id: str, text: str, who: str, as_json: bool) -> None:
    """Say something to those who come after. Also when it is over."""
    _act(id, "comment", who, text, None, as_json)


@command.command()
@click.argument("id")
@as_json
def history(id: str, as_json: bool) -> None:
    """Every step of an alert, and who took it."""
    with connected(load().database_url) as connection:
        steps = store.history(connection, id)
    if not steps:
        raise _missing(id)
    if as_json:
        click.echo(orjson.dumps([step._asdict() for step in steps]))
        return
    table = Table("episode", "at", "step", "who", "note")
    for step in steps:
        table.add_row(str(step.episode), _clock(step.at), step.step, step.who or "", step.note or "")
    Console().print(table)


def _act(id: str, action: str, who: str, note: str | None, until: datetime | None, as_json: bool) -> None:
    with connected(load().database_url) as connection:
        done = store.act(connection, id, action, cli_actor(who), note, until)
        alert = store.found(connection, id)
    if alert is None:
        raise _missing(id)
    if not done:
        raise NhipError(f"alert {id} is {alert.state}: only an open one can be acted on")
    click.echo(orjson.dumps(document(alert)) if as_json else f"{id} {alert.rule} is {alert.state}")


def _missing(id: str) -> NhipError:
    return NhipError(f"there is no alert {id}: `nhip alerts list --all` shows the newest")


def _print(alerts: list[Alert]) -> None:
    table = Table("id", "severity", "state", "since", "rule", "about", "why")
    for alert in alerts:
        by = alert.acknowledged_by if alert.state == "acknowledged" else alert.suppressed_by or alert.silenced_by
        state = f"{alert.state} ({by})" if by and alert.state != "firing" else alert.state
        about = " ".join(alert.labels.values())
        table.add_row(alert.id, alert.severity, state, _clock(alert.since), alert.rule, about, alert.reason_en)
    Console().print(table)


def _line(alert: Alert) -> str:
    about = " ".join(alert.labels.values())
    return f"{_clock(alert.since)} {alert.rule} {about}, {alert.state}: {alert.reason_en}"


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(PROVINCE_TIME):%d/%m %H:%M:%S}"
