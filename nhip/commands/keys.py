"""`nhip keys`: create, list, rotate and revoke the keys that let publishers, readers and operators in."""

import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table

from connectors.gateway.keys import OPERATE, PUBLISH, READ, hashed
from connectors.timescale import keys as store
from connectors.timescale.keys import Key, Terms
from nhip.database import connected
from nhip.settings import load
from streams.contracts import STREAMS
from streams.errors import NhipError, WrongUse

SCOPES = (PUBLISH, *(f"{PUBLISH}:{stream.name}" for stream in STREAMS), READ, OPERATE)
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_OF_SETTINGS = (PUBLISH, OPERATE)

as_json = click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")


@click.group()
def command() -> None:
    """Keys for the gateway: shown once, kept as a hash. Needs NHIP_OWNER_DATABASE_URL."""


@command.command()
@click.argument("name")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, required=True, help="may be repeated")
@click.option("--agency", "agencies", multiple=True, help="only events of this agency; may be repeated")
@click.option("--days", type=click.IntRange(1, 3650), help="expire after so many days")
@click.option("--sandbox", is_flag=True, help="check and answer as always, and store nothing")
@as_json
def create(
    name: str, scopes: tuple[str, ...], agencies: tuple[str, ...], days: int | None, sandbox: bool, as_json: bool
) -> None:
    """Make a key and print it, once."""
    if not _NAME.fullmatch(name) or name in _OF_SETTINGS:
        raise WrongUse(f"{name!r} cannot name a key: use lower-case letters, digits, . _ -, not publish or operate")
    expires_at = datetime.now(UTC) + timedelta(days=days) if days else None
    token = _token()
    with connected(load().owner_url) as connection:
        terms = Terms(list(scopes), list(agencies) or None, sandbox, expires_at)
        if not store.create(connection, name, hashed(token), terms):
            raise NhipError(f"there is a key {name!r} already: `nhip keys rotate {name}`, or choose another name")
    _show(name, token, as_json)


@command.command("list")
@as_json
def list_(as_json: bool) -> None:
    """All keys, with their last use; never the keys themselves."""
    with connected(load().owner_url) as connection:
        found = store.listed(connection)
    click.echo(orjson.dumps([key._asdict() for key in found])) if as_json else _print(found)


@command.command()
@click.argument("name")
@click.option(
    "--overlap", type=click.IntRange(0, 720), default=24, show_default=True, help="hours the old one lives on"
)
@as_json
def rotate(name: str, overlap: int, as_json: bool) -> None:
    """Give a key a new secret and print it, once. The old one lets in for a while yet."""
    token = _token()
    with connected(load().owner_url) as connection:
        if not store.rotate(connection, name, hashed(token), timedelta(hours=overlap)):
            raise _missing(name)
    _show(name, token, as_json)


@command.command()
@click.argument("name")
def revoke(name: str) -> None:
    """End a key: gateways know within seconds."""
    with connected(load().owner_url) as connection:
        if not store.revoke(connection, name):
            raise _missing(name)
    click.echo(f"{name} revoked")


def _token() -> str:
    """256 random bits, marked so that scanners of source code find a key that was left lying about."""
    return f"nhip_{secrets.token_urlsafe(32)}"


def _missing(name: str) -> NhipError:
    return NhipError(f"there is no live key {name!r}: see `nhip keys list`")


def _show(name: str, token: str, as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps({"name": name, "key": token}))
        return
    click.echo("Keep it now: it is shown this once.", err=True)
    click.echo(token)


def _print(keys: list[Key]) -> None:
    table = Table("name", "scopes", "agencies", "state", "last use")
    for key in keys:
        table.add_row(
            key.name, " ".join(key.scopes), " ".join(key.agencies or ("all",)), _state(key), _day(key.used_at)
        )
    Console().print(table)


def _state(key: Key) -> str:
    if key.revoked_at is not None:
        return f"revoked {_day(key.revoked_at)}"
    until = f"until {_day(key.expires_at)}" if key.expires_at else "live"
    return f"{until}, sandbox" if key.sandbox else until


def _day(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "never"
