"""``python -m tests.parts up|down|status|run``: real parts by hand. Exit code 3: a part cannot be had, or is down."""

import os
import subprocess
import sys
from pathlib import Path

import click

from tests.parts import stack
from tests.parts.machine import PartUnavailable, progress
from tests.parts.part import Part

_UNREACHABLE = 3


_in_directory = click.option(
    "--dir",
    "parts",
    type=click.Path(path_type=Path),
    default=stack.DIRECTORY,
    callback=lambda _context, _option, directory: [stack.kafka(directory), stack.timescale(directory)],
    help="Where the parts live.",
)


@click.group()
def main() -> None:
    """Real Apache Kafka and TimescaleDB on this machine."""


@main.command()
@_in_directory
def up(parts: list[Part]) -> None:
    """Install and start; prints the settings by which tests and benchmarks find the parts."""
    _start(parts)
    for part in parts:
        click.echo(f"{part.setting}={part.address}")


@main.command()
@_in_directory
def down(parts: list[Part]) -> None:
    """Stop, Alertmanager too, which tests start; data and packages stay for the next time."""
    for part in [*parts, stack.alertmanager(parts[0].home.parent)]:
        part.down()


@main.command()
@_in_directory
def status(parts: list[Part]) -> None:
    """Say what runs where; exit code 3 unless everything runs."""
    for part in parts:
        click.echo(f"{part.name}: {part.address if part.is_running() else 'down'}")
    if not all(part.is_running() for part in parts):
        sys.exit(_UNREACHABLE)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
@_in_directory
def run(parts: list[Part], words: tuple[str, ...]) -> None:
    """Run a command with the parts' settings in its environment; afterwards stop what was started for it."""
    started = _start(parts)
    try:
        settings = {part.setting: part.address for part in parts}
        code = subprocess.run(words, env={**os.environ, **settings}).returncode
    finally:
        for part in started:
            part.down()
    sys.exit(code)


def _start(parts: list[Part]) -> list[Part]:
    """Start what does not run, and return just that. All or nothing: a part alone is no use and would be forgotten."""
    started: list[Part] = []
    try:
        for part in parts:
            if part.up():
                started.append(part)
    except PartUnavailable as reason:
        for part in started:
            part.down()
        progress(str(reason))
        sys.exit(_UNREACHABLE)
    return started


if __name__ == "__main__":
    main(prog_name="python -m tests.parts")
