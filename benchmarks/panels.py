"""How long every panel of every board takes to answer: `python -m benchmarks.panels NAME [--asked N] [--all]`.

needs NHIP_TEST_TIMESCALE and the database NAME (`python -m benchmarks.large` makes one). Asks as Grafana and the
wallboard do: as the reader role, over the time range a board opens with, with nothing chosen. Prints p50 and p95 in
milliseconds, the slowest panel first; exit code 1 if one needs more than 50 ms at p95.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import psycopg

from dashboards.grafana.files import documents
from dashboards.grafana.lint import queries_of
from dashboards.grafana.macros import View, choices, expand
from streams.days import civil_day, day_start

BUDGET_MS = 50.0
SHOWN = 15


class Taken(NamedTuple):
    """What a panel took, in milliseconds."""

    p95: float
    p50: float
    board: str
    panel: str

    def __str__(self) -> str:
        return f"p50 {self.p50:7.1f} ms   p95 {self.p95:7.1f} ms   {self.board} · {self.panel}"


def main() -> int:
    """Ask every panel, print the slowest."""
    options = _options()
    server = os.environ.get("NHIP_TEST_TIMESCALE")
    if not server:
        print(__doc__, file=sys.stderr)
        return 2
    parts = urlsplit(server)
    url = parts._replace(netloc=f"nhip_reader@{parts.netloc.rpartition('@')[2]}", path=f"/{options.name}").geturl()
    with psycopg.connect(url, autocommit=True) as connection:
        taken = sorted(_taken(connection, options.asked), reverse=True)
    for one in taken if options.all else taken[:SHOWN]:
        print(one)
    slow = sum(one.p95 > BUDGET_MS for one in taken)
    print(f"{len(taken)} panels, {slow} of them need more than {BUDGET_MS:.0f} ms at p95")
    return 1 if slow else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.panels")
    parser.add_argument("name")
    parser.add_argument("--asked", type=int, default=20, help="how often each panel is asked")
    parser.add_argument("--all", action="store_true", help="print every panel")
    return parser.parse_args()


def _taken(connection: psycopg.Connection, asked: int) -> Iterator[Taken]:
    for name, text in documents().items():
        if not name.endswith(".vi.json"):
            continue  # the other language asks the same
        board = json.loads(text)
        for query in queries_of(board):
            variables = next(iter(choices(query.sql, board)))
            statement = expand(query.sql, _view(board), variables)
            times = sorted(_ask(connection, statement) for _ in range(asked))
            yield Taken(times[int(0.95 * asked) - 1], statistics.median(times), board["title"], query.panel)


def _view(board: dict[str, Any]) -> View:
    """The range that a board opens with: `now/d`, or `now-7d` and the like."""
    now, since = datetime.now(UTC), board["time"]["from"]
    if since == "now/d":
        return View(day_start(civil_day(now)), now, "10m")
    length = timedelta(**{{"h": "hours", "d": "days"}[since[-1]]: int(since.removeprefix("now-")[:-1])})
    return View(now - length, now, "1h")


def _ask(connection: psycopg.Connection, statement: str) -> float:
    begun = time.perf_counter()
    connection.execute(statement.encode()).fetchall()
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    sys.exit(main())
