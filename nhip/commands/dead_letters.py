"""`nhip dead-letters`: list, show, retry or drop refused events."""

import asyncio

import click
import orjson
import psycopg
from rich.console import Console
from rich.table import Table

from connectors.timescale import dead_letters as store
from connectors.timescale.dead_letters import Address, Letter
from connectors.timescale.forgetting import KEEP
from nhip.database import connected
from nhip.kafka import producer, translated
from nhip.settings import Settings, load
from streams.deadletters import Reason
from streams.errors import NhipError, WrongUse


@click.group()
def command() -> None:
    """Events that could not be applied, with the reason and the raw bytes."""


@command.command("list")
@click.option("--reason", type=click.Choice([*Reason]), help="only this reason")
@click.option("--stream", type=click.Choice(["reports", "dossiers", "health"]), help="only of this stream")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="the newest so many")
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def list_(reason: str | None, stream: str | None, limit: int, as_json: bool) -> None:
    """The newest first."""
    with connected(load().database_url) as connection:
        letters = store.newest(connection, reason, stream, limit)
    click.echo(orjson.dumps([_document(letter) for letter in letters])) if as_json else _print(letters)


@command.command()
@click.argument("address")
@click.option("--raw", is_flag=True, help="the value's bytes alone, all of them")
def show(address: str, raw: bool) -> None:
    """One dead letter, as ADDRESS topic/partition/offset.

    With the beginning of its bytes.
    """
    with connected(load().database_url) as connection:
        letter, key, value = _find(connection, address)
    if raw:
        click.get_binary_stream("stdout").write(value or b"")
        return
    document = _document(letter) | {"key": _text(key), "value": _text(value)}
    click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))


@command.command()
@click.argument("addresses", nargs=-1, required=True)
def retry(addresses: tuple[str, ...]) -> None:
    """Send records to their topics again, once what refused them is mended."""
    settings = load()
    with connected(settings.database_url) as connection:
        found = [_whole(connection, address) for address in addresses]
        asyncio.run(_send(settings, found))
        for letter, _, _ in found:
            store.mark_retried(connection, letter.address)
            click.echo(f"{letter.address} sent again")


@command.command()
@click.argument("addresses", nargs=-1, required=True)
def drop(addresses: tuple[str, ...]) -> None:
    """Erase the bytes of dead letters and list them no more."""
    with connected(load().database_url) as connection:
        for address in addresses:
            letter, _, _ = _find(connection, address)
            store.drop(connection, letter.address)
            click.echo(f"{letter.address} dropped")


async def _send(settings: Settings, found: list[tuple[Letter, bytes | None, bytes | None]]) -> None:
    with translated():
        async with producer(settings) as kafka:
            for letter, key, value in found:
                await (await kafka.send(letter.address.topic, value, key=key))


def _whole(connection: psycopg.Connection, text: str) -> tuple[Letter, bytes | None, bytes | None]:
    letter, key, value = _find(connection, text)
    if value is None:
        raise NhipError(f"{text} has no value to send: it came without, or was erased after {KEEP.days} days")
    return letter, key, value


def _find(connection: psycopg.Connection, text: str) -> tuple[Letter, bytes | None, bytes | None]:
    found = store.find(connection, _address(text))
    if found is None:
        raise NhipError(f"there is no dead letter {text}: `nhip dead-letters list` shows the newest")
    return found


def _address(text: str) -> Address:
    topic, _, rest = text.rpartition("/")
    topic, _, partition = topic.rpartition("/")
    if not (topic and partition.isdigit() and rest.isdigit()):
        raise WrongUse(f"{text!r} is not topic/partition/offset, for example nhip.dossiers/3/1207")
    return Address(topic, int(partition), int(rest))


def _document(letter: Letter) -> dict[str, object]:
    return letter._asdict() | {"address": str(letter.address)}


SHOWN_BYTES = 2000


def _text(raw: bytes | None) -> str | None:
    if raw is None:
        return None
    text = raw[:SHOWN_BYTES].decode("utf-8", "backslashreplace")
    return text if len(raw) <= SHOWN_BYTES else f"{text} … ({len(raw)} bytes in all: --raw)"


def _print(letters: list[Letter]) -> None:
    table = Table("address", "reason", "path", "detail", "recorded")
    for letter in letters:
        retried = " (sent again)" if letter.retried_at else ""
        table.add_row(
            str(letter.address),
            letter.reason + retried,
            letter.path,
            letter.detail,
            f"{letter.recorded_at:%m-%d %H:%M:%S}",
        )
    Console().print(table)
