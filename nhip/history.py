"""An import: every row of a file to Kafka, and the wait until workers have stored it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import click
import psycopg

from connectors.backfill.conversion import Converter, Refused
from connectors.backfill.refusals import Refusals
from connectors.backfill.rows import Rows
from connectors.backfill.sending import Sender
from connectors.timescale.paused import paused
from connectors.timescale.reached import Counts, Offsets, behind
from nhip.kafka import producer, translated
from nhip.progress import Meter
from nhip.settings import Settings
from nhip.signals import stop_on_signals
from streams.errors import NhipError

_SHOW_EVERY = 1000  # rows
_POLL_SECONDS = 0.5
_SILENT_SECONDS = 60.0


@dataclass
class Report:
    """What was imported. `stopped_at` is the line after which it was interrupted, `stored` what workers made of it."""

    refusals: Refusals
    rows: int = 0
    events: int = 0
    stopped_at: int | None = None
    reached: Offsets = field(default_factory=dict)
    stored: Counts | None = None

    @property
    def complete(self) -> bool:
        """Whether every row is in."""
        lost = self.stored.dead_letters if self.stored else 0
        return self.stopped_at is None and not self.refusals.rows and not lost


async def send(settings: Settings, rows: Rows, converter: Converter, refusals: Refusals) -> Report:
    """Send every row, until interrupted; all that was sent is acknowledged on return. Raises Unreachable."""
    stop = stop_on_signals()
    report = Report(refusals)
    with translated(), refusals:
        async with producer(settings) as kafka:
            sender = Sender(kafka, settings.topic_prefix)
            with Meter("sending", rows.size, "rows") as meter:
                await _rows(rows, converter, sender, report, meter, stop.is_set)
                await sender.settle()
    report.events, report.reached = sender.sent, sender.reached
    return report


async def _rows(
    rows: Rows, converter: Converter, sender: Sender, report: Report, meter: Meter, stopped: Callable[[], bool]
) -> None:
    for row in rows:
        converted = converter.convert(row, datetime.now(UTC))
        if isinstance(converted, Refused):
            report.refusals.add(converted)
        else:
            for record in converted:
                await sender.send(record)
        report.rows += 1
        if report.rows % _SHOW_EVERY == 0:
            meter.show(rows.position, report.rows)
            await asyncio.sleep(0)  # nothing above needs to wait: signals want their turn
        if stopped():
            report.stopped_at = row.line
            return


def await_stored(connection: psycopg.Connection, reached: Offsets) -> None:
    """Return when workers have applied everything up to these offsets. Raises NhipError if a partition is paused."""
    connection.autocommit = True
    total = left = behind(connection, reached)
    moved = time.monotonic()
    with Meter("storing", total, "records") as meter:
        while left:
            _check_paused(connection, reached)
            time.sleep(_POLL_SECONDS)
            before, left = left, behind(connection, reached)
            if left != before:
                moved = time.monotonic()
            elif time.monotonic() - moved > _SILENT_SECONDS:
                moved = time.monotonic()
                click.echo(f"{left} records wait, none was stored for a minute: is a `nhip worker` running?", err=True)
            meter.show(total - left, total - left)


def _check_paused(connection: psycopg.Connection, reached: Offsets) -> None:
    for one in paused(connection):
        if (one.topic, one.partition) in reached:
            raise NhipError(f"{one.topic} {one.partition} is paused, see `nhip doctor`: {one.reason}")
