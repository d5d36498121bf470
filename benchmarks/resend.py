"""Whether the re-send to Alertmanager keeps up: every 30 s all alerts that are open, to a real one.

    python -m benchmarks.resend [--open N] [--rounds N]

needs NHIP_TEST_TIMESCALE; Alertmanager is started for it (or NHIP_TEST_ALERTMANAGER).
"""

import argparse
import asyncio
import os
import statistics
import sys
import time
from datetime import UTC, datetime

import httpx
import psycopg

from benchmarks.database import fresh_database
from benchmarks.queries import queries
from connectors.alertmanager import Alertmanager
from connectors.timescale.outbox import Mail, mail_pool
from connectors.timescale.setup import set_up
from tests.parts import stack

QUERIES = queries("resend.sql")


def main() -> int:
    """Fill, send round after round, and ask Alertmanager what it has."""
    options = _options()
    server = os.environ.get("NHIP_TEST_TIMESCALE")
    if not server:
        print(__doc__, file=sys.stderr)
        return 2
    part = stack.alertmanager()
    started = part.up()
    try:
        with fresh_database(server) as url:
            set_up(url, {})
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(QUERIES["open"], [options.open])
                connection.execute("VACUUM ANALYZE nhip.alert")
            asyncio.run(_measure(url, part.address, options))
    finally:
        if started:
            part.down()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resend")
    parser.add_argument("--open", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=10)
    return parser.parse_args()


async def _measure(url: str, address: str, options: argparse.Namespace) -> None:
    looks, posts = [], []
    async with mail_pool(url) as pool, httpx.AsyncClient(timeout=60) as client:
        mail, manager = Mail(pool), Alertmanager(address, client)
        for _ in range(options.rounds):
            began = time.monotonic()
            rows = await mail.active()
            looked = time.monotonic()
            await manager.post(rows, True, datetime.now(UTC))
            looks.append(looked - began)
            posts.append(time.monotonic() - looked)
        has = len((await client.get(f"{address}/api/v2/alerts")).json())
    print(f"{len(rows):,} alerts open, Alertmanager has {has:,} with the heartbeat; {options.rounds} rounds")
    for what, seconds in (("a look (twice a second)", looks), ("a post (every 30 s)", posts)):
        print(f"{what:24} median {1000 * statistics.median(seconds):5.0f} ms   most {1000 * max(seconds):5.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
