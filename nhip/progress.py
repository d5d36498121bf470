"""How far long work is: a bar on a terminal, elsewhere a line now and then. Always on stderr."""

import time

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

_LINE_SECONDS = 10.0


class Meter:
    """Shows a rate and the remaining time. Use it as a context manager."""

    def __init__(self, title: str, total: int, unit: str) -> None:
        """`total` is what `done` will reach, bytes say; `unit` what is counted beside it."""
        console = Console(stderr=True)
        self._title, self._total, self._unit = title, total, unit
        self._begun = self._shown = time.monotonic()
        self._terminal = console.is_terminal
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[counted]}"),
            TimeRemainingColumn(compact=True),
            console=console,
            disable=not self._terminal,
        )
        self._task = self._progress.add_task(title, total=total, counted="")

    def __enter__(self) -> "Meter":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, done: int, count: int) -> None:
        """Say how far it is; call it as often as convenient."""
        now = time.monotonic()
        rate = count / max(now - self._begun, 0.001)
        counted = f"{_grouped(count)} {self._unit}, {_grouped(rate)}/s"
        if self._terminal:
            self._progress.update(self._task, completed=done, counted=counted)
        elif now - self._shown >= _LINE_SECONDS:
            self._shown = now
            left = (now - self._begun) * (self._total - done) / max(done, 1)
            percent = 100 * done // max(self._total, 1)
            click.echo(f"{self._title}: {percent} %, {counted}, {left:.0f} s left", err=True)


def _grouped(number: float) -> str:
    return f"{number:_.0f}".replace("_", " ")
