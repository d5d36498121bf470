"""`nhip schema`: the contract for publishers as JSON Schema, AsyncAPI and OpenAPI, generated from the models."""

from importlib.metadata import version

import click
import orjson
from pydantic.json_schema import models_json_schema

from connectors.gateway.app import make_app
from connectors.gateway.keys import FixedKeys
from connectors.gateway.options import GatewayOptions
from connectors.gateway.publisher import KafkaPublisher
from connectors.gateway.readiness import KafkaReadiness
from connectors.kafka.asyncapi import asyncapi
from connectors.kafka.producer import Producer
from connectors.kafka.security import Security
from nhip.settings import load
from streams.contracts import STREAMS


@click.group()
def command() -> None:
    """The contract as documents that tools read."""


@command.command()
def jsonschema() -> None:
    """JSON Schema (2020-12) of every event type. Keyed by its CloudEvents type."""
    events = {name: event for stream in STREAMS for name, event in stream.by_type.items()}
    references, document = models_json_schema(
        [(event, "validation") for event in events.values()], title="Nhịp events", ref_template="#/$defs/{model}"
    )
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    document["oneOf"] = [references[event, "validation"] for event in events.values()]
    click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))


@command.command("asyncapi")
def asyncapi_() -> None:
    """AsyncAPI 3.0 of the topics. For those who produce to Kafka directly."""
    click.echo(orjson.dumps(asyncapi(load().topic_prefix, version("nhip")), option=orjson.OPT_INDENT_2))


@command.command("openapi")
def openapi_() -> None:
    """OpenAPI 3.1 of the gateway. The same that it shows at /openapi.json."""
    nowhere = GatewayOptions("", 0, (), "", b"")
    publisher = KafkaPublisher(lambda: Producer([], Security()), 0)  # never entered, so nothing is connected to
    app = make_app(nowhere, FixedKeys([]), publisher, KafkaReadiness((), "", {}))
    click.echo(orjson.dumps(app.openapi(), option=orjson.OPT_INDENT_2))
