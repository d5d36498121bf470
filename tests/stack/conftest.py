"""The store's tests run on TimescaleDB and on the plain PostgreSQL of the demo."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.conftest import fresh_database
from tests.parts.timescale import Timescale
from tests.stack.store_tools import House, emptied, housed, settled


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
