"""The command line: `nhip COMMAND`. Exit codes: 0 done, 1 the answer is no, 2 wrong use, 3 a part cannot be reached."""

import importlib
import sys
from keyword import iskeyword
from typing import Any

import click

from streams.errors import NhipError, Unreachable, WrongUse

COMMANDS = {
    "demo": "everything on embedded parts, with a simulated province",
    "setup": "topics, migrations, roles; safe to repeat",
    "worker": "Kafka to TimescaleDB, one process of any number",
    "gateway": "the HTTP door for publishers",
    "notifier": "what is wrong, decided twice a second, and who hears of it",
    "wallboard": "the built-in board",
    "probe": "looks at systems that cannot ping by themselves",
    "simulate": "a province's traffic, the same for the same seed",
    "import": "history from a file: JSONL, JSON or CSV",
    "one-stop": "what is new in a one-stop system's export",
    "kpi": "indicators of a period",
    "show": "one subject with its whole history",
    "report": "the form people sign: draft, closed, signed",
    "brief": "one page about a day, for the morning after",
    "reconcile": "the national portal's list of dossiers held against ours",
    "verify": "recompute everything from the events and compare",
    "rebuild": "fold everything again with the catalogue in force",
    "prune": "take away pings older than the retention",
    "alerts": "list, acknowledge, silence, resolve or comment on alerts, and their history",
    "directives": "what agencies are told to settle, followed until it is closed",
    "shift": "the shift log and its hand-overs",
    "users": "create, list, change or disable those who sign in to the wallboard",
    "audit": "who did what, when and from where",
    "keys": "create, list, rotate or revoke keys for the gateway",
    "dead-letters": "list, show, retry or drop refused events",
    "adopt": "let a refused or paused partition go on",
    "boards": "write, check or push the Grafana boards",
    "catalogue": "check a province's catalogue, or put it in force",
    "schema": "the contract as JSON Schema, AsyncAPI and OpenAPI",
    "doctor": "the settings in force and what is wrong with them",
}
"""A new command is one module in nhip/commands and one line here; modules load only when their command runs."""

EXIT_CODES = "Exit codes: 0 done, 1 the answer is no, 2 wrong use, 3 a part that is needed cannot be reached."


class Commands(click.Group):
    """Loads a command's module when it is asked for, so that `nhip --help` does not import the world."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        module = importlib.import_module(f"nhip.commands.{name}_" if iskeyword(name) else f"nhip.commands.{name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(package_name="nhip")
def cli(**_: Any) -> None:
    """Nhịp: an event-stream backend for a Vietnamese province's operations centre."""


def main() -> None:
    """Run one command; every error Nhịp can explain becomes one line and its exit code."""
    try:
        code = cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except NhipError as error:
        click.echo(f"nhip: {error}", err=True)
        sys.exit(_exit_code(error))
    sys.exit(code if isinstance(code, int) else 0)


def _exit_code(error: NhipError) -> int:
    match error:
        case WrongUse():
            return 2
        case Unreachable():
            return 3
        case _:
            return 1
