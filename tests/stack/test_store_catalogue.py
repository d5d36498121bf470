"""Catalogues in the database: one in force, all of them kept."""

import psycopg
import pytest

from connectors.timescale import catalogue as store
from connectors.timescale.catalogue import UnknownVersion
from connectors.timescale.setup import set_up
from streams.catalogue import Catalogue, Category
from tests.stack.store_tools import as_role

WASTE = Catalogue(name="một", categories=(Category(code="rac-thai", title="Rác thải"),))
NOISE = Catalogue(name="hai", categories=(Category(code="tieng-on", title="Tiếng ồn", kind="instant", resolve=30),))


async def current(url: str) -> Catalogue:
    async with await psycopg.AsyncConnection.connect(as_role(url, "nhip_writer")) as connection:
        return await store.current(connection.cursor())


def in_force(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [v for (v,) in connection.execute("SELECT version FROM nhip.catalogue_in_force ORDER BY number")]


async def test_until_a_province_is_loaded_the_default_holds(store_url: str) -> None:
    assert await current(store_url) == Catalogue.default()
    set_up(store_url, {})
    set_up(store_url, {})
    assert in_force(store_url) == [Catalogue.default().version]
    assert await current(store_url) == Catalogue.default()


async def test_the_last_one_loaded_is_in_force_and_the_others_are_kept(store_url: str) -> None:
    with psycopg.connect(store_url) as connection:
        assert store.load(connection, WASTE) == Catalogue.default()
        assert store.load(connection, NOISE) == WASTE
        assert store.load(connection, NOISE) is None
        assert store.load(connection, WASTE) == NOISE
        assert store.stored(connection, NOISE.version) == NOISE
    assert await current(store_url) == WASTE
    assert in_force(store_url) == [WASTE.version, NOISE.version, WASTE.version]


async def test_what_is_read_back_decides_as_what_was_loaded(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with psycopg.connect(store_url) as connection:
        store.load(connection, NOISE)
        monkeypatch.setattr(store, "_seen", {})
        read = store.in_force(connection)
    assert read.model_dump() == NOISE.model_dump()
    assert read.version == NOISE.version
    monkeypatch.setattr(store, "_seen", {})
    assert (await current(store_url)).model_dump() == NOISE.model_dump()


def test_a_version_that_was_never_loaded_is_an_error_that_says_what_to_do(store_url: str) -> None:
    with psycopg.connect(store_url) as connection, pytest.raises(UnknownVersion, match="nhip rebuild"):
        store.stored(connection, "0" * 32)
