"""Real input at its real volume: what account 003 published comes out of its events, exactly."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from connectors.embedded.ports import free_port
from connectors.kafka.producer import Producer
from connectors.kafka.security import Security
from tests import published
from tests.parts.kafka import Kafka

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def house(kafka: Kafka, database: str, topic_prefix: str) -> dict[str, str]:
    """The environment of every command, with topics and tables made."""
    environment = os.environ | {
        "NHIP_KAFKA_BROKERS": kafka.bootstrap,
        "NHIP_TOPIC_PREFIX": topic_prefix,
        "NHIP_CONSUMER_GROUP": topic_prefix,
        "NHIP_DATABASE_URL": database,
        "NHIP_PSEUDONYM_KEY": "0123456789abcdef0123456789abcdef",
        "NHIP_METRICS_PORT": str(free_port()),
    }
    assert nhip(environment, "setup").returncode == 0
    return environment


def nhip(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nhip", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "nhip", "worker"], cwd=REPOSITORY, env=environment)
    try:
        yield
    finally:
        process.terminate()
        assert process.wait(120) == 0


async def _send(bootstrap: str, topic: str) -> None:
    async with Producer([bootstrap], Security()) as kafka:
        pending = [await kafka.send(topic, value, key=key.encode()) for key, value in published.dossiers()]
        await asyncio.gather(*pending)


def _kpi(environment: dict[str, str], name: str) -> tuple[str, int, int]:
    period = ["--from", str(published.FIRST), "--to", str(published.PAST)]
    (figure,) = json.loads(nhip(environment, "kpi", name, *period, "--json").stdout)
    return figure["shown"], figure["numerator"], figure["denominator"]


def test_the_published_figures_of_account_003_come_out_exactly(house: dict[str, str]) -> None:
    asyncio.run(_send(house["NHIP_KAFKA_BROKERS"], house["NHIP_TOPIC_PREFIX"] + "dossiers"))
    begun = time.monotonic()
    with worker(house), psycopg.connect(house["NHIP_DATABASE_URL"], autocommit=True) as connection:
        while _stored(connection) < published.DOSSIERS:
            time.sleep(0.5)
    print(f"{published.DOSSIERS} dossiers stored {time.monotonic() - begun:.1f} s after the worker's start")
    assert _kpi(house, "dossiers.on_time") == ("99,61 %", 237_630, 238_539)
    assert _kpi(house, "dossiers.settled_on_time") == ("99,61 %", 237_630, 238_539)
    assert _kpi(house, "dossiers.online_eligible") == ("17,25 %", 4_810, 27_873)
    assert _kpi(house, "dossiers.online") == ("2,01 %", 4_810, 238_539)
    verified = nhip(house, "verify", "--json")
    assert json.loads(verified.stdout)["differences"] == 0, verified.stdout


def _stored(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT coalesce(sum(stored), 0) FROM nhip.partition").fetchone()
    assert row is not None
    return int(row[0])
