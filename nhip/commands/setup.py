"""`nhip setup`: topics, migrations, roles, the catalogue; safe to repeat."""

import asyncio

import click

from connectors.kafka.topics import ensure_topics
from connectors.timescale.setup import set_up
from nhip.catalogue import put_in_force
from nhip.kafka import security, translated
from nhip.settings import Settings, load


@click.command()
def command() -> None:
    """Make what is missing in Kafka and the database, and say what was done. Safe to repeat."""
    settings = load()
    click.echo(f"database: {set_up(settings.owner_url, _passwords(settings))}")
    if settings.catalogue:
        for line in put_in_force(settings.catalogue, settings.owner_url):
            click.echo(f"catalogue: {line.strip()}")
    for done in asyncio.run(_topics(settings)):
        click.echo(f"kafka: {done}")
    click.echo("ready")


async def _topics(settings: Settings) -> list[str]:
    with translated():
        return await ensure_topics(
            settings.kafka_brokers.split(","),
            security(settings),
            settings.topic_prefix,
            partitions=settings.kafka_partitions,
            replication=settings.kafka_replication,
            append_time=not settings.embedded,
        )


def _passwords(settings: Settings) -> dict[str, str | None]:
    given = {
        "nhip_writer": settings.writer_password,
        "nhip_reader": settings.reader_password,
        "nhip_gateway": settings.gateway_password,
        "nhip_people": settings.people_password,
    }
    return {role: secret.get_secret_value() if secret else None for role, secret in given.items()}
