"""`python -m tests.faults.long`: the ordeal at full length, on parts of its own. Takes about three minutes."""

import asyncio
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

import click

from tests.conftest import fresh_database
from tests.faults.ordeal import Ordeal, Plan
from tests.parts import stack
from tests.parts.machine import PartUnavailable
from tests.stack.nhip_tools import installation


@click.command()
@click.option("--events", type=click.IntRange(1), default=300_000, show_default=True)
@click.option("--rate", type=click.FloatRange(1), default=4000.0, show_default=True, help="published a second")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--dir", "directory", type=click.Path(path_type=Path), default=stack.DIRECTORY, help="where the parts live"
)
def main(events: int, rate: float, seed: int, directory: Path) -> None:
    """Kill workers and crash the database while events are published, then account for every one of them."""
    parts = [stack.kafka(directory), stack.timescale(directory)]
    started = []
    try:
        started = [part for part in parts if part.up()]
        run(*parts, Plan(events, rate, seed))  # type: ignore[arg-type]  # click's values, as its options say
    except PartUnavailable as reason:
        sys.exit(str(reason))
    finally:
        for part in started:
            part.down()


def run(kafka: stack.Kafka, timescale: stack.Timescale, plan: Plan) -> None:
    print(plan)
    with fresh_database(timescale.url) as url, tempfile.TemporaryDirectory(prefix="nhip-") as logs:
        installed = installation(kafka.bootstrap, url, f"long-{uuid4().hex[:12]}-")
        done = installed.run("setup")
        assert done.returncode == 0, done.stderr
        asyncio.run(Ordeal(installed, kafka.bootstrap, timescale, plan, Path(logs)).run())


if __name__ == "__main__":
    main()
