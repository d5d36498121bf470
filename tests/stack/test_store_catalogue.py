"""Catalogues in the database: one in force, all of them kept."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from connectors.catalogue import example, read_directory
from connectors.timescale import catalogue as store
from connectors.timescale.catalogue import UnknownVersion
from connectors.timescale.codes import strays
from connectors.timescale.setup import set_up
from streams.catalogue import Agency, Catalogue, Category, Check, System
from streams.contracts import DOSSIERS, HEALTH, REPORTS
from tests.stack.store_tools import NOW, House, as_role, dossier, ping, report

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


async def test_what_is_read_back_is_what_was_loaded(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    province = read_directory(example())
    with psycopg.connect(store_url) as connection:
        store.load(connection, province)
        monkeypatch.setattr(store, "_seen", {})
        read = store.in_force(connection)
    monkeypatch.setattr(store, "_seen", {})
    for again in (read, await current(store_url)):
        assert again is not province
        assert again.model_dump() == province.model_dump()
        assert again.version == province.version


def test_a_version_that_was_never_loaded_is_an_error_that_says_what_to_do(store_url: str) -> None:
    with psycopg.connect(store_url) as connection, pytest.raises(UnknownVersion, match="nhip rebuild"):
        store.stored(connection, "0" * 32)


async def test_codes_in_the_data_that_the_catalogue_lacks_are_listed_with_their_number(house: House) -> None:
    ended = Category(code="rac-thai", title="Rác thải", valid_to=NOW.date() - timedelta(days=30))
    lgsp = System(id="lgsp", name="LGSP", name_en="LGSP", watch=("errors",), checks=(Check(id="http"),))
    catalogue = Catalogue(categories=(ended,), agencies=(Agency(code="so-gtvt", name="Sở"),), systems=(lgsp,))
    await house.take(
        REPORTS,
        [report(f"PA-{n}", n, category="chieu-sang") for n in range(3)]
        + [report("PA-9", 9, "dispatched", agency="so-gtvt"), report("PA-9", 10, category="rac-thai")],
    )
    await house.take(DOSSIERS, [dossier("HS-1", 1, agency="so-xyz")])
    await house.take(HEALTH, [ping("lgsp", 1), ping("ghost", 2)])
    with psycopg.connect(house.url) as connection:
        found = [(s.section, s.code, s.events, s.known) for s in strays(connection, catalogue)]
    assert found == [
        ("categories", "chieu-sang", 3, False),
        ("agencies", "so-xyz", 1, False),
        ("categories", "rac-thai", 1, True),
        ("systems", "ghost", 1, False),
    ]


def nhip(url: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """A command that needs nothing but the database."""
    environment = os.environ | {"NHIP_DATABASE_URL": as_role(url, "nhip_writer"), "NHIP_OWNER_DATABASE_URL": url}
    return subprocess.run([sys.executable, "-m", "nhip", *words], env=environment, capture_output=True, text=True)


async def test_loading_says_what_changes_and_whether_it_reaches_into_the_past(
    plain_house: House, tmp_path: Path
) -> None:
    (tmp_path / "all.toml").write_text('name = "một"\n[[categories]]\ncode = "rac-thai"\ntitle = "Rác thải"\n')
    first = nhip(plain_house.url, "catalogue", "load", str(tmp_path))
    assert (first.returncode, first.stderr) == (0, "")
    assert "categories rac-thai added\n" in first.stdout
    assert "nhip rebuild" not in first.stdout
    assert "is in force already" in nhip(plain_house.url, "catalogue", "load", str(tmp_path)).stdout
    await plain_house.take(REPORTS, [report("PA-1", 1)])
    (tmp_path / "more.toml").write_text('[[categories]]\ncode = "tieng-on"\ntitle = "Tiếng ồn"\n')
    assert "run `nhip rebuild`" in nhip(plain_house.url, "catalogue", "load", str(tmp_path)).stdout
    checked = nhip(plain_house.url, "catalogue", "check", "--against-data")
    assert (checked.returncode, checked.stdout) == (0, "0 codes in the data are not in the catalogue\n")


def test_a_wrong_catalogue_is_not_loaded(plain_house: House, tmp_path: Path) -> None:
    url = plain_house.url
    (tmp_path / "all.toml").write_text('[[agencies]]\ncode = "a"\nname = "A"\nsucessor = "b"\n')
    for word in ("check", "load"):
        done = nhip(url, "catalogue", word, str(tmp_path))
        assert (done.returncode, done.stdout) == (1, "")
        assert f'{tmp_path}/all.toml:4: agencies "a" sucessor: nobody knows this key; did you mean' in done.stderr
    assert in_force(url) == []
    assert nhip(url, "catalogue", "load").returncode == 2
    assert nhip(url, "catalogue", "check", str(tmp_path / "nowhere")).returncode == 2
