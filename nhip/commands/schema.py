"""`nhip schema jsonschema`: the event contract for publishers, generated from the models."""

import click
import orjson
from pydantic.json_schema import models_json_schema

from streams.contracts import STREAMS


@click.group()
def command() -> None:
    """The contract as documents that tools read."""


@command.command()
def jsonschema() -> None:
    """JSON Schema (2020-12) of every event type, keyed by its CloudEvents type."""
    events = {name: event for stream in STREAMS for name, event in stream.by_type.items()}
    references, document = models_json_schema(
        [(event, "validation") for event in events.values()], title="Nhịp events", ref_template="#/$defs/{model}"
    )
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    document["oneOf"] = [references[event, "validation"] for event in events.values()]
    click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))
