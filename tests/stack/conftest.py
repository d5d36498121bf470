"""What stack tests share: a store on TimescaleDB and on the plain PostgreSQL of the demo, and a browser."""

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import fresh_database
from tests.parts.timescale import Timescale
from tests.stack.store_tools import House, emptied, housed, settled
from tests.stack.wallboard_tools import CHROMIUM, require_chromium


@pytest.fixture(scope="session")
def timescaledb_store(timescale: Timescale) -> Iterator[str]:
    """The superuser's URL of a database that `nhip setup` has seen, for all tests that leave its schema as it is."""
    with fresh_database(timescale.url) as url:
        yield settled(url)


@pytest.fixture(scope="session")
def postgresql_store(embedded_server: str) -> Iterator[str]:
    """The same on plain PostgreSQL."""
    with fresh_database(embedded_server) as url:
        yield settled(url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once a file."""
    require_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=["timescaledb", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The superuser's URL of a set-up and empty database of either kind."""
    return emptied(request.getfixturevalue(f"{request.param}_store"))


@pytest.fixture
async def house(store_url: str) -> AsyncIterator[House]:
    """A worker's store on a database of either kind."""
    async with housed(store_url) as house:
        yield house


@pytest.fixture
async def plain_house(postgresql_store: str) -> AsyncIterator[House]:
    """A worker's store on plain PostgreSQL, where the kind of database makes no difference."""
    async with housed(emptied(postgresql_store)) as house:
        yield house
