"""`nhip gateway`: the HTTP door for publishers."""

from contextlib import closing, nullcontext

import click

from connectors.gateway.keys import settings_keys
from connectors.gateway.options import GatewayOptions, Limits
from connectors.gateway.server import serve
from connectors.timescale.answers import Answers
from connectors.timescale.gate import Gate
from nhip import logs
from nhip.kafka import security
from nhip.settings import Settings, load
from streams.errors import WrongUse

_NEW_KEY = "make one with `openssl rand -hex 32` and set it, or the file that holds it as"


@click.command()
def command() -> None:
    """Take events over HTTP and write them to Kafka, until SIGTERM."""
    settings = load()
    logs.to_stderr()
    keys = settings_keys(_api_key(settings), _operate_key(settings))
    url = settings.gateway_database_url
    with nullcontext() if url is None else closing(Answers(url, settings.qd766_formulas)) as answers:
        serve(_options(settings), keys, Gate(url) if url else None, answers)


def _api_key(settings: Settings) -> str:
    if settings.api_key is None:
        raise WrongUse(f"NHIP_API_KEY is not set, nobody could publish: {_NEW_KEY} NHIP_API_KEY_FILE")
    return settings.api_key.get_secret_value()


def _operate_key(settings: Settings) -> str | None:
    return settings.operate_key.get_secret_value() if settings.operate_key is not None else None


def _options(settings: Settings) -> GatewayOptions:
    if settings.pseudonym_key is None:
        raise WrongUse(
            f"NHIP_PSEUDONYM_KEY is not set, reporters could not be kept unknown: {_NEW_KEY} NHIP_PSEUDONYM_KEY_FILE;"
            " workers need the same one"
        )
    return GatewayOptions(
        host=settings.gateway_host,
        port=settings.gateway_port,
        brokers=tuple(settings.kafka_brokers.split(",")),
        topic_prefix=settings.topic_prefix,
        pseudonym_key=settings.pseudonym_key.get_secret_value().encode(),
        security=security(settings),
        idempotent=not settings.embedded,
        jurisdiction=settings.open311_jurisdiction,
        link_key=settings.link_key.get_secret_value().encode() if settings.link_key else None,
        limits=Limits(key_rate=settings.gateway_key_rate),
    )
