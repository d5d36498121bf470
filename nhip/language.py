"""`--language`, for commands that print what people read."""

import click

from streams.words import LANGUAGES

option = click.option("--language", type=click.Choice(LANGUAGES), help="default: NHIP_LANGUAGE, else vi")
