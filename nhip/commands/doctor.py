"""`nhip doctor`: the settings in force and what is wrong with them."""

import asyncio
import os
from collections.abc import Iterator

import click
import psycopg
from pydantic import SecretStr

from connectors.catalogue import read_directory
from connectors.kafka.topics import check_topics
from connectors.timescale.catalogue import in_force
from connectors.timescale.errors import without_password
from connectors.timescale.paused import paused
from nhip.channels import urls_of
from nhip.database import connected
from nhip.kafka import security, translated
from nhip.settings import Settings, load
from streams.catalogue import Catalogue
from streams.errors import NhipError


@click.command()
def command() -> int:
    """Show every setting and where it comes from, then try Kafka and the database. Exit code 1 if anything is wrong."""
    settings = load()
    for line in _settings(settings):
        click.echo(line)
    faults = [*_unknown(), *_kafka(settings), *_database(settings)]
    for fault in faults:
        click.echo(f"wrong: {fault}")
    click.echo(f"{len(faults)} things are wrong" if faults else "all is well")
    return 1 if faults else 0


def _settings(settings: Settings) -> Iterator[str]:
    for name in Settings.model_fields:
        value = getattr(settings, name)
        variable = f"NHIP_{name.upper()}"
        source = variable if variable in os.environ else f"{variable}_FILE" if f"{variable}_FILE" in os.environ else ""
        yield f"{variable} = {_shown(value)}{f'   (from {source})' if source else '   (default)'}"


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "set, not shown"
    return without_password(value) if isinstance(value, str) and "://" in value else str(value)


def _unknown() -> Iterator[str]:
    known = {f"NHIP_{name.upper()}" for name in Settings.model_fields}
    known |= {f"{name}_FILE" for name in known}
    for name in sorted(os.environ):
        if name.startswith("NHIP_") and not name.startswith(("NHIP_TEST_", "NHIP_PARTS_")) and name not in known:
            yield f"{name} is no setting of Nhịp: a misspelling?"


def _kafka(settings: Settings) -> Iterator[str]:
    try:
        with translated():
            yield from asyncio.run(
                check_topics(
                    settings.kafka_brokers.split(","),
                    security(settings),
                    settings.topic_prefix,
                    append_time=not settings.embedded,
                )
            )
    except NhipError as error:
        yield str(error)


def _database(settings: Settings) -> Iterator[str]:
    try:
        with connected(settings.database_url) as connection:
            for one in paused(connection):
                yield f"{one.topic} {one.partition} waits for `nhip adopt`: {one.reason}"
            yield from _routes(settings, in_force(connection))
            if settings.catalogue and in_force(connection) != read_directory(settings.catalogue):
                yield f"the catalogue in {settings.catalogue} is not the one in force: nhip catalogue load"
        with connected(settings.reader_url) as connection:
            connection.execute("SELECT count(*) FROM board.stream_pulse")
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        yield f"the database {without_password(settings.database_url)} is not set up: nhip setup"
    except NhipError as error:
        yield str(error)


def _routes(settings: Settings, catalogue: Catalogue) -> Iterator[str]:
    """Routes that reach nobody, once there are channels to people."""
    channels = urls_of(settings.channels.get_secret_value()) if settings.channels else {}
    for route in catalogue.routes if channels else ():
        wanted = [step.channel for step in route.steps]
        if not channels.keys() & set(wanted):
            yield f"route {route.name!r} reaches nobody: put {' or '.join(wanted)} into NHIP_CHANNELS"
