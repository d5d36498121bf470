"""How long an event takes from the gateway's 202 to the wallboard, and what fifty viewers cost.

    python -m benchmarks.live [--rate EVENTS] [--seconds S] [--viewers N]

needs NHIP_TEST_KAFKA and NHIP_TEST_TIMESCALE. Gateway, worker, notifier and wallboard run as processes; pings are the
load. Beside them one report after the other is sent, each when the one before is on the page: a client that reads the
page's own feed sees the number of reports go up. Then one viewer and many watch the page and a board for as long, and
the database's own count of transactions is compared, and the wallboard's processor time. Then Chromium opens them anew.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, sync_playwright

from benchmarks.meter import processor_seconds
from benchmarks.publishing import Event, distribution, load, post, publisher
from tests.conftest import fresh_database
from tests.stack.gateway_tools import free_port
from tests.stack.nhip_tools import Installation, get, installation, until
from tests.stack.store_tools import ping
from tests.stack.wallboard_tools import CHROMIUM, require_chromium

SYSTEMS = 50
WATCHED = ("/feed", "/board/overview/feed")
OPENED = 7
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]"


def main() -> int:
    """Print both."""
    options = _options()
    kafka, timescale = os.environ.get("NHIP_TEST_KAFKA"), os.environ.get("NHIP_TEST_TIMESCALE")
    if not kafka or not timescale:
        print(__doc__, file=sys.stderr)
        return 2
    with fresh_database(timescale) as url, _running(kafka, url) as (installed, gateway, wallboard, pid):
        taken = asyncio.run(_measure(gateway, wallboard, options))
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {options.rate} events/s beside")
        print(f"from the gateway's answer to the page's feed, {len(taken)} reports: {distribution(taken)}")
        for viewers in (1, options.viewers):
            transactions, seconds = asyncio.run(_watched(installed, wallboard, pid, viewers, options.seconds))
            print(
                f"{viewers:3} viewers: {transactions:6.1f} transactions/s, {seconds:5.1%} of a core for the wallboard"
            )
        for path, painted in _paints(wallboard):
            print(f"first paint of {path}: {painted / 1000:.2f} s, the median of {OPENED} openings in Chromium")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live")
    parser.add_argument("--rate", type=int, default=2000, help="events a second beside what is measured")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--viewers", type=int, default=50)
    return parser.parse_args()


@contextmanager
def _running(kafka: str, url: str) -> Iterator[tuple[Installation, str, str, int]]:
    """Everything up: the installation, the addresses of gateway and wallboard, and the latter's process."""
    installed = installation(kafka, url, f"bench-{uuid.uuid4().hex[:8]}.")
    done = installed.run("setup")
    assert done.returncode == 0, done.stderr
    ports = {name: free_port() for name in ("GATEWAY", "METRICS", "NOTIFIER", "WALLBOARD")}
    settings = {f"NHIP_{name}_PORT": str(port) for name, port in ports.items()}
    with ExitStack() as ending:
        log = Path(ending.enter_context(tempfile.TemporaryDirectory())) / "log"
        for name, port in zip(("gateway", "worker", "notifier", "wallboard"), ports.values(), strict=True):
            process = installed.start(log, name, **settings)
            ending.callback(process.wait)
            ending.callback(process.kill)
            until(lambda port=port: get(f"http://127.0.0.1:{port}/readyz")[0] == 200, process)
        yield installed, f"http://127.0.0.1:{ports['GATEWAY']}", f"http://127.0.0.1:{ports['WALLBOARD']}", process.pid


async def _measure(gateway: str, wallboard: str, options: argparse.Namespace) -> list[float]:
    taken: list[float] = []
    async with publisher(gateway) as http, asyncio.TaskGroup() as group:
        loading = group.create_task(load(http, options.rate, _ping))
        await asyncio.sleep(5)
        counted = _reports_on(wallboard)
        sent, deadline = 0, time.monotonic() + options.seconds
        while time.monotonic() < deadline:
            await asyncio.sleep(random.uniform(0, 1))  # or each would be sent just after a reading
            await post(http, [_report(sent)])
            sent, begun = sent + 1, time.monotonic()
            async for number in counted:
                if number >= sent:
                    break
            taken.append(time.monotonic() - begun)
        await counted.aclose()
        loading.cancel()
    return taken


def _ping(number: int) -> Event:
    return ping(f"system-{number % SYSTEMS}", f"load-{number}", datetime.now(UTC), interval_s=3600)


def _report(number: int) -> Event:
    now = datetime.now(UTC).isoformat()
    data = {"report_id": f"r-{number}", "category": "light", "area": "area", "channel": "app", "received_at": now}
    return {
        "specversion": "1.0", "id": f"r-{number}", "source": "/app", "type": "vn.nhip.report.submitted",
        "subject": f"r-{number}", "time": now, "data": data,
    }  # fmt: skip


async def _reports_on(wallboard: str) -> Any:
    """How many reports are stored, by each message of the page's feed."""
    async for message in _messages(wallboard, "/feed"):
        for one in json.loads(message)["streams"]:
            if one["stream"]["name"] == "reports":
                yield one["stream"]["stored"]


async def _messages(wallboard: str, feed: str) -> AsyncIterator[str]:
    async with httpx.AsyncClient(base_url=wallboard, timeout=30) as http, http.stream("GET", feed) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data: "):
                yield line.removeprefix("data: ")


async def _watched(
    installed: Installation, wallboard: str, pid: int, viewers: int, seconds: float
) -> tuple[float, float]:
    """The database's transactions a second, those of the other processes among them, and the wallboard's share of a
    core."""

    async def watch(feed: str) -> None:
        async for _ in _messages(wallboard, feed):
            pass

    async with asyncio.TaskGroup() as group:
        watching = [group.create_task(watch(feed)) for feed in WATCHED for _ in range(viewers)]
        await asyncio.sleep(3)
        transactions, spent, begun = _transactions(installed), processor_seconds(pid), time.monotonic()
        await asyncio.sleep(seconds)
        length = time.monotonic() - begun
        found = (_transactions(installed) - transactions) / length, (processor_seconds(pid) - spent) / length
        for task in watching:
            task.cancel()
    return found


def _paints(wallboard: str) -> Iterator[tuple[str, float]]:
    """The first contentful paint of each page in milliseconds, with nothing kept from the time before."""
    require_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for path in ("/", "/board/overview"):
            yield path, statistics.median(_paint(browser, wallboard + path) for _ in range(OPENED))
        browser.close()


def _paint(browser: Browser, url: str) -> float:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(url)
        page.wait_for_function(f"{PAINT} !== undefined")
        return float(page.evaluate(f"{PAINT}.startTime"))


def _transactions(installed: Installation) -> int:
    query = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"
    return int(installed.rows(query)[0][0])


if __name__ == "__main__":
    sys.exit(main())
