"""A tick of all rules, with many alerts open and many more in history.

    python -m benchmarks.ticks [--open N] [--history N] [--ticks N] [--pings N]

needs NHIP_TEST_TIMESCALE. So many systems are down by failures, told to the webhook and by the routes of Hậu Giang;
the ticker looks again and again, first while nothing changes, then with so many pings before every look, each of one
system. Printed is what a tick took, from looking to having written; the first, which finds everything, apart.
"""

import argparse
import asyncio
import itertools
import os
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta

import orjson
import psycopg
from psycopg import AsyncConnection

from benchmarks.database import fresh_database
from benchmarks.queries import queries
from connectors.catalogue import example, read_directory
from connectors.timescale import catalogue as store
from connectors.timescale.outbox import Outbox
from connectors.timescale.setup import set_up
from connectors.timescale.ticker import Ticker
from streams.catalogue import Check, System
from streams.days import microseconds
from streams.deciders import deciders
from streams.health import fold
from streams.health.beats import RANK, Beat

QUERIES = queries("ticks.sql")
CHANNELS = ("webhook", "duty-chat", "duty-phone")
MINUTE, TEN_MINUTES = 60_000_000, 600_000_000


class Systems:
    """Systems that fail, each heard in its turn."""

    def __init__(self, connection: psycopg.Connection, number: int) -> None:
        self._connection = connection
        self._folds = {f"system-{n:05}": fold.System() for n in range(number)}
        self._turns = itertools.cycle(self._folds)

    @property
    def names(self) -> list[str]:
        return list(self._folds)

    def begin(self) -> None:
        """Three failures of each."""
        now = datetime.now(UTC)
        for minutes in (3, 2, 1):
            self._fail(self.names, now - timedelta(minutes=minutes))

    def ping(self, number: int) -> None:
        """The next so many fail once more."""
        self._fail(list(itertools.islice(self._turns, number)), datetime.now(UTC))

    def _fail(self, names: list[str], at: datetime) -> None:
        beat = Beat(microseconds(at), RANK["fail"], "0" * 32, "web", "fail", TEN_MINUTES, MINUTE)
        for name in names:
            self._folds[name] = fold.fold(self._folds[name], [beat]).system
        folds = [orjson.dumps(self._folds[name].as_json()).decode() for name in names]
        self._connection.execute(QUERIES["systems"], [names, [at] * len(names), folds])
        self._connection.execute(QUERIES["pings"], [names, [at] * len(names)])


def main() -> int:
    """Build it, tick, print."""
    options = _options()
    server = os.environ.get("NHIP_TEST_TIMESCALE")
    if not server:
        print(__doc__, file=sys.stderr)
        return 2
    with fresh_database(server) as url:
        set_up(url, {})
        with psycopg.connect(url, autocommit=True) as connection:
            asyncio.run(_measure(url, _filled(connection, options), connection, options))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ticks")
    parser.add_argument("--open", type=int, default=5_000)
    parser.add_argument("--history", type=int, default=100_000)
    parser.add_argument("--ticks", type=int, default=40)
    parser.add_argument("--pings", type=int, default=1_000, help="before each tick: twice that a second")
    return parser.parse_args()


def _filled(connection: psycopg.Connection, options: argparse.Namespace) -> Systems:
    systems = Systems(connection, options.open)
    known = tuple(
        System(id=name, name=name, name_en=name, watch=("reachability",), checks=(Check(id="web"),))
        for name in systems.names
    )
    store.load(connection, read_directory(example()).model_copy(update={"systems": known}))
    connection.execute(QUERIES["partitions"])
    connection.execute(QUERIES["history"], [options.history])
    connection.execute(QUERIES["steps"])
    systems.begin()
    connection.execute("VACUUM ANALYZE")
    return systems


async def _measure(url: str, systems: Systems, connection: psycopg.Connection, options: argparse.Namespace) -> None:
    seconds: list[float] = []
    async with await AsyncConnection.connect(url, autocommit=True) as looking:
        ticker = Ticker(looking, deciders(), lambda _, took: seconds.append(took), Outbox(CHANNELS), lambda: None)
        connection.execute(QUERIES["observed"])
        await ticker.tick(time.monotonic())
        stand = connection.execute(QUERIES["standing"]).fetchone() or (0, 0)
        print(f"{stand[0]:,} alerts open, {stand[1]:,} in history; the first tick {1000 * seconds.pop():.0f} ms")
        for what, pings in (("nothing changes", 0), (f"{options.pings:,} pings before each", options.pings)):
            cpu = []
            for _ in range(options.ticks):
                connection.execute(QUERIES["observed"])
                systems.ping(pings)
                used = time.process_time()
                await ticker.tick(time.monotonic())
                cpu.append(time.process_time() - used)
            print(f"{what:28} {_shown(seconds)}   of it {1000 * statistics.median(cpu):.0f} ms Python", flush=True)
            seconds.clear()


def _shown(seconds: list[float]) -> str:
    ordered = sorted(1000 * one for one in seconds)
    p95 = ordered[int(0.95 * len(ordered)) - 1]
    return f"median {statistics.median(ordered):5.0f} ms   p95 {p95:5.0f} ms   most {ordered[-1]:5.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
