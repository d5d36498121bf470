"""A day's indicators of a province, from rollups, at one and at ten times the events.

    python -m benchmarks.boards [--agencies N] [--fields N] [--a-day N] [--years N] [--asked N]

needs NHIP_TEST_TIMESCALE. A year's rows of counters are made in SQL (boards.sql) from dossiers drawn at random, on
every axis and at every grain as the store would write them; of the years before only what is read of them. Events are
not sent: what a board reads does not depend on how its rows came about. Every question is asked of the `board` schema
as the reader role, of days drawn from the year; it prints p50 and p95, of the time and of PostgreSQL's processor time.
"""

import argparse
import os
import random
import statistics
import sys
import time
from datetime import date, timedelta
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from benchmarks.database import fresh_database
from benchmarks.meter import backend_seconds
from benchmarks.queries import queries
from connectors.timescale.setup import set_up

EVENTS_EACH = 6
"""Events of one dossier: snapshot, statuses, a supplement or a fee, result, return."""

FIRST = date(2026, 1, 1)
AXES = {
    "agency": ("''", "agency"),
    "field": ("''", "field"),
    "procedure": ("''", "procedure"),
    "channel": ("''", "channel"),
    "agency,field": ("agency", "field"),
}
GRAINS = {"D": "day", "M": "month", "Y": "year"}

Question = tuple[str, str, str | None, bool]
"""What is asked, of which indicator, on which axis, within one agency or not."""

QUESTIONS: tuple[Question, ...] = (
    ("the whole province", "dossiers.on_time", None, False),
    ("by agency", "dossiers.on_time", "agency", False),
    ("by field", "dossiers.on_time", "field", False),
    ("one agency's fields", "dossiers.on_time", "agency,field", True),
    ("overdue by agency", "dossiers.overdue", "agency", False),
    ("received by agency", "dossiers.received", "agency", False),
)


def main() -> int:
    """Build both tables, ask, print."""
    options = _options()
    server = os.environ.get("NHIP_TEST_TIMESCALE")
    if not server:
        print(__doc__, file=sys.stderr)
        return 2
    print(f"{options.agencies} agencies × {options.fields} fields, {os.cpu_count()} cores")
    for times in (1, 10):
        with fresh_database(server) as url:
            _measure(url, options, times)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.boards")
    parser.add_argument("--agencies", type=int, default=500)
    parser.add_argument("--fields", type=int, default=200)
    parser.add_argument("--a-day", type=int, default=100, help="dossiers received a day, at one time the events")
    parser.add_argument("--years", type=int, default=9, help="of history before the year that is asked about")
    parser.add_argument("--asked", type=int, default=100, help="how often each question is asked")
    return parser.parse_args()


def _measure(url: str, options: argparse.Namespace, times: int) -> None:
    set_up(url, {})
    dossiers = options.a_day * times * 365
    with psycopg.connect(url, autocommit=True) as connection:
        _fill(connection, options, dossiers)
        size = "SELECT count(*), pg_size_pretty(pg_total_relation_size('nhip.cell')) FROM nhip.cell"
        found = " rows of counters, ".join(map(str, connection.execute(size).fetchone() or ()))
        print(f"\n{dossiers * EVENTS_EACH:,} events a year: {found}", flush=True)
    parts = urlsplit(url)
    reader = parts._replace(netloc=f"nhip_reader@{parts.netloc.rpartition('@')[2]}").geturl()
    with psycopg.connect(reader, autocommit=True) as connection:
        for question in QUESTIONS:
            _ask(connection, question, options)


def _fill(connection: psycopg.Connection, options: argparse.Namespace, dossiers: int) -> None:
    named = queries("boards.sql")
    sizes = {"agencies": options.agencies, "fields": options.fields, "dossiers": dossiers, "years": options.years}
    connection.execute(named["touched"], sizes)
    connection.execute(named["codes"])
    for axis, (within, who) in AXES.items():
        for grain, length in GRAINS.items():
            connection.execute(named["series"], {"axis": axis, "grain": grain})
            query = sql.SQL(named["rows"]).format(within=sql.SQL(within), who=sql.SQL(who))
            connection.execute(query, {"axis": axis, "grain": grain, "length": length})
    connection.execute(named["years_before"], sizes)
    connection.execute("DROP TABLE touched")
    connection.execute("VACUUM ANALYZE nhip.cell")


def _ask(connection: psycopg.Connection, question: Question, options: argparse.Namespace) -> None:
    what, name, axis, within = question
    draw = random.Random(7)
    taken, spent, groups = [], [], 0
    for _ in range(options.asked):
        day = FIRST + timedelta(draw.randrange(365))
        agencies = [f"agency-{int(options.agencies * draw.random() ** 2)}"] if within else None
        begun, before = time.perf_counter(), backend_seconds(connection)
        answer = connection.execute(
            "SELECT * FROM board.indicator(%s, %s, %s, '2027-01-01 00:00+07', %s, %s)",
            [name, day, day + timedelta(1), axis, agencies],
        ).fetchall()
        taken.append(1000 * (time.perf_counter() - begun))
        spent.append(1000 * (backend_seconds(connection) - before))
        groups = max(groups, len(answer))
    (p50, p95), (cpu50, cpu95) = _quantiles(taken), _quantiles(spent)
    said = f"{what:22} {name:20} {groups:6} groups   p50 {p50:6.1f} ms   p95 {p95:6.1f} ms"
    print(f"{said}   of which PostgreSQL's processor {cpu50:6.1f} and {cpu95:6.1f} ms", flush=True)


def _quantiles(values: list[float]) -> tuple[float, float]:
    return statistics.median(values), sorted(values)[int(0.95 * len(values)) - 1]


if __name__ == "__main__":
    sys.exit(main())
