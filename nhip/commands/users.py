"""`nhip users`: those who sign in to the wallboard by a password of ours."""

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click
import orjson
from psycopg import AsyncConnection
from rich.console import Console
from rich.table import Table

from connectors.people.passwords import hashed
from connectors.timescale import users as store
from connectors.timescale.users import User
from nhip.database import connected_async
from nhip.person import cli_actor, who_option
from nhip.settings import load
from streams.contracts.types import PROVINCE_TIME
from streams.errors import NhipError, WrongUse
from streams.people.actor import Role

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
T = TypeVar("T")

role = click.option(
    "--role", type=click.Choice([role.value for role in Role]), required=True, help="look; act; see the audit too"
)
password_file = click.option(
    "--password-file", type=click.Path(dir_okay=False, path_type=Path), help="else it is asked, or read from stdin"
)


@click.group()
def command() -> None:
    """Local users of the wallboard. Needs NHIP_OWNER_DATABASE_URL. Every change ends the user's sessions."""


@command.command()
@click.argument("name")
@role
@password_file
@who_option
def create(name: str, role: str, password_file: Path | None, who: str) -> None:
    """Make a user. The password never stands on the command line, where others of this machine could read it."""
    if not _NAME.fullmatch(name):
        raise WrongUse(f"{name!r} cannot name a user: use lower-case letters, digits, . _ @ -")
    kept = hashed(_password(password_file))
    if not _run(lambda connection: store.create(connection, name, Role(role), kept, cli_actor(who))):
        raise NhipError(f"there is a user {name!r} already: `nhip users password {name}`, or choose another name")
    click.echo(f"{name} may sign in as {role}")


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def list_(as_json: bool) -> None:
    """All users. Also those whom a provider signs in, and those who are disabled."""
    found = _run(store.listed)
    click.echo(orjson.dumps([user._asdict() for user in found])) if as_json else _print(found)


@command.command()
@click.argument("name")
@password_file
@who_option
def password(name: str, password_file: Path | None, who: str) -> None:
    """Give a user a new password."""
    kept = hashed(_password(password_file))
    _run(lambda connection: store.set_password(connection, name, kept, cli_actor(who)))
    click.echo(f"{name} has a new password")


@command.command("role")
@click.argument("name")
@role
@who_option
def role_(name: str, role: str, who: str) -> None:
    """Give a user another role. A provider's word is asked again at each sign-in, and wins."""
    _run(lambda connection: store.set_role(connection, name, Role(role), cli_actor(who)))
    click.echo(f"{name} is {role}")


@command.command()
@click.argument("name")
@who_option
def disable(name: str, who: str) -> None:
    """Let a user in no more. Also one whom a provider signs in; what they did stays in the audit."""
    _run(lambda connection: store.disable(connection, name, cli_actor(who)))
    click.echo(f"{name} is disabled")


@command.command()
@click.argument("name")
@who_option
def enable(name: str, who: str) -> None:
    """Let a disabled user in again."""
    _run(lambda connection: store.disable(connection, name, cli_actor(who), disabled=False))
    click.echo(f"{name} may sign in again")


def _run(work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    async def run() -> T:
        async with connected_async(load().owner_url) as connection:
            return await work(connection)

    return asyncio.run(run())


def _password(file: Path | None) -> str:
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").rstrip("\r\n")
        except OSError as error:
            raise WrongUse(f"--password-file: {file} cannot be read ({error.strerror})") from error
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _print(users: list[User]) -> None:
    table = Table("name", "role", "signs in by", "state", "last sign-in")
    for user in users:
        at = f"{user.signed_in_at.astimezone(PROVINCE_TIME):%Y-%m-%d %H:%M}" if user.signed_in_at else "never"
        state = "disabled" if user.disabled_at else "live"
        table.add_row(user.name, user.role, user.issuer or "password", state, at)
    Console().print(table)
