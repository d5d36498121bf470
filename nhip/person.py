"""Who runs a command, for the audit."""

import getpass
import socket

import click

from streams.people.actor import Actor

who_option = click.option("--who", default=getpass.getuser, show_default="the user", help="who does it")


def cli_actor(who: str) -> Actor:
    """By the name that was given; the account and machine it was given on stand beside it."""
    return Actor(who, "cli", f"{getpass.getuser()}@{socket.gethostname()}")
