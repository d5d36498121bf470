"""A database as large as a province's after years: `python -m benchmarks.large NAME [--pings N] [--dossier-events N]`.

needs NHIP_TEST_KAFKA and NHIP_TEST_TIMESCALE; makes the database NAME anew. A year of people's events at a tenth of
their number and ten days of pings from the simulator go through Kafka and a worker, as all events do. What the worker
wrote is then copied in SQL (large.sql) until there is as much as was asked for: dossiers and reports under other names,
with counters that count them; pings, intervals and days ten days earlier each time. A ticker looks at it once.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from aiokafka import AIOKafkaProducer
from psycopg import AsyncConnection, sql

from benchmarks.contender import NHIP, Task
from benchmarks.queries import queries
from connectors.catalogue import example
from connectors.kafka.security import Security
from connectors.kafka.topics import ensure_topics
from connectors.notify import Bell
from connectors.timescale.outbox import Outbox
from connectors.timescale.setup import set_up
from connectors.timescale.ticker import Ticker
from nhip.catalogue import put_in_force
from nhip.simulator import Record, at_their_times, history
from streams.days import civil_day, day_start
from streams.deciders import deciders

PEOPLE_DAYS, PEOPLE_SCALE = 365, 0.125
PING_DAYS = 10
PARTITIONS = 6
QUERIES = queries("large.sql")


def main() -> int:
    """Build it, and say how large it is."""
    options = _options()
    kafka, server = os.environ.get("NHIP_TEST_KAFKA"), os.environ.get("NHIP_TEST_TIMESCALE")
    if not kafka or not server:
        print(__doc__, file=sys.stderr)
        return 2
    url = urlsplit(server)._replace(path=f"/{options.name}").geturl()
    _create(server, options.name)
    set_up(url, {})
    put_in_force(example(), url)
    _through_a_worker(Task(kafka, f"{options.name}-{time.time_ns()}.", url))
    with psycopg.connect(url, autocommit=True) as connection:
        _grow(connection, options.pings, options.dossier_events)
        asyncio.run(_tick(url))
        for table, rows, size in connection.execute(QUERIES["sizes"]):
            print(f"{table:16} {rows:12,} rows  {size}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large")
    parser.add_argument("name")
    parser.add_argument("--pings", type=int, default=20_000_000)
    parser.add_argument("--dossier-events", type=int, default=2_000_000)
    return parser.parse_args()


def _create(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        for statement in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}"):
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _records(now: datetime) -> Iterator[Record]:
    """People's events of a year, then the pings of the last days, up to now."""
    today = day_start(civil_day(now))
    people = history(1, today - timedelta(PEOPLE_DAYS), now, PEOPLE_SCALE, 24 * 3600)
    yield from at_their_times(event for event in people if not event["type"].startswith("vn.nhip.health."))
    pings = history(1, today - timedelta(PING_DAYS), now, 1e-9, None)
    yield from at_their_times(event for event in pings if event["type"].startswith("vn.nhip.health."))


async def _send(task: Task) -> int:
    await ensure_topics([task.bootstrap], Security(), task.prefix, partitions=PARTITIONS, replication=1)
    sent = 0
    async with AIOKafkaProducer(bootstrap_servers=task.bootstrap, linger_ms=20, max_batch_size=1 << 18) as kafka:
        for record in _records(datetime.now(UTC)):
            await kafka.send(task.prefix + record.topic, record.value, record.key)
            sent += 1
        await kafka.flush()
    return sent


def _through_a_worker(task: Task) -> None:
    sent = asyncio.run(_send(task))
    log = Path(tempfile.gettempdir()) / "large-worker.log"
    worker = NHIP.start(task, log)
    try:
        with psycopg.connect(task.database_url, autocommit=True) as connection:
            while (stored := _stored(connection)) < sent:
                if worker.poll() is not None:
                    raise SystemExit(f"the worker ended with {stored} of {sent} events stored: see {log}")
                time.sleep(1)
    finally:
        worker.terminate()
        worker.wait()
    print(f"{sent} events went through a worker", flush=True)


def _stored(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT coalesce(sum(records), 0) FROM nhip.partition").fetchone()
    return int(row[0]) if row else 0


def _grow(connection: psycopg.Connection, pings: int, dossier_events: int) -> None:
    there: dict[str, int] = dict(connection.execute(QUERIES["there"]).fetchall())
    times = max(round(dossier_events / there["dossiers"]), 1)
    for copy in range(1, times):
        for stream in ("dossier", "report"):
            for name in ("copy_events", "copy_states"):
                table = sql.Identifier(f"{stream}_{'event' if name == 'copy_events' else 'state'}")
                connection.execute(sql.SQL(QUERIES[name]).format(table=table), {"copy": f"-copy-{copy}"})
    for name in ("count_copies", "count_copies_ahead"):
        connection.execute(QUERIES[name], {"times": times})
    copies = max(round(pings / there["health"]), 1)
    today = civil_day(datetime.now(UTC))
    first = today - timedelta(PING_DAYS)
    for copy in range(1, copies):
        days = copy * PING_DAYS
        span = {"first": first, "past": today, "days": days, "back": timedelta(days)}
        span |= {"begin": day_start(first), "end": day_start(today)}
        for name in ("copy_pings", "copy_intervals", "copy_days"):
            connection.execute(QUERIES[name], span)
    connection.execute(QUERIES["known_since"], {"first": day_start(first) - (copies - 1) * timedelta(PING_DAYS)})
    connection.execute(QUERIES["observed"])
    connection.execute("VACUUM ANALYZE")


async def _tick(url: str) -> None:
    async with await AsyncConnection.connect(url) as connection:
        stop = asyncio.Event()
        ticker = Ticker(connection, deciders(), lambda _scene, _seconds: stop.set(), Outbox(()), Bell().ring)
        with suppress(asyncio.CancelledError):
            await ticker.run(stop)


if __name__ == "__main__":
    sys.exit(main())
