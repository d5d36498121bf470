"""`python -m tests.faults.alerts_long`: workers and notifiers are killed for five minutes while systems fail."""

import asyncio
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

import click

from tests.conftest import fresh_database
from tests.faults.alarms import Alarms, Plan
from tests.parts import stack
from tests.parts.machine import PartUnavailable
from tests.stack.nhip_tools import installation
from tests.stack.receiver_tools import receiving


@click.command()
@click.option("--seconds", type=click.FloatRange(10), default=300.0, show_default=True)
@click.option("--troubled", type=click.IntRange(1), default=20, show_default=True, help="systems that fail at a time")
@click.option("--rate", type=click.IntRange(50), default=500, show_default=True, help="other events a second")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--dir", "directory", type=click.Path(path_type=Path), default=stack.DIRECTORY, help="where the parts live"
)
def main(seconds: float, troubled: int, rate: int, seed: int, directory: Path) -> None:
    """Hold what the receiver was sent against the audit: nothing lost, nothing invented, one id for one message."""
    parts = [stack.kafka(directory), stack.timescale(directory)]
    started = []
    try:
        started = [part for part in parts if part.up()]
        run(*parts, Plan(seconds, troubled, rate, seed))  # type: ignore[arg-type]  # click's values, as its options say
    except PartUnavailable as reason:
        sys.exit(str(reason))
    finally:
        for part in started:
            part.down()


def run(kafka: stack.Kafka, timescale: stack.Timescale, plan: Plan) -> None:
    print(plan)
    with (
        fresh_database(timescale.url) as url,
        tempfile.TemporaryDirectory(prefix="nhip-") as logs,
        receiving(503, 429, 500) as receiver,
    ):
        installed = installation(kafka.bootstrap, url, f"long-{uuid4().hex[:12]}-")
        done = installed.run("setup")
        assert done.returncode == 0, done.stderr
        asyncio.run(Alarms(installed, receiver, plan, Path(logs)).run())


if __name__ == "__main__":
    main()
