"""Dossiers with a catalogue in force: due dates of our own, unknown codes, procedures, and the index of QĐ 766."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

from connectors.timescale.catalogue import load
from streams.catalogue import Agency, Catalogue, Procedure
from streams.contracts import DOSSIERS
from streams.days import civil_day
from tests.stack.nhip_tools import Installation
from tests.stack.store_tools import NOW, House, as_role, dossier

DAY = civil_day(NOW)
PERIOD = ("--from", str(DAY - timedelta(days=60)), "--to", str(DAY + timedelta(days=1)))

CATALOGUE = Catalogue(
    agencies=(Agency(code="so-tttt", name="Sở Thông tin và Truyền thông"),),
    procedures=tuple(
        Procedure(code=code, title="Thủ tục", field="dat-dai", working_days=3, online_level=level, fee=fee, **more)
        for code, level, fee, more in (
            ("1.001193", 4, 20_000, {"online_payment": True}),
            ("1.001194", 3, 0, {}),
            ("1.001195", 2, 0, {}),
            ("1.001196", 2, 0, {}),
        )
    ),
)


async def in_force(house: House) -> Installation:
    """Nhịp's commands on a database with the catalogue and three dossiers, as a worker stores them."""
    with psycopg.connect(as_role(house.url, "nhip_writer")) as connection:
        load(connection, CATALOGUE)
    received = NOW - timedelta(days=30)
    told = {"received_at": received.isoformat(), "synced_at": received.isoformat()}
    await house.take(
        DOSSIERS,
        [
            dossier("HS-1", 1, at=received, channel="online", paid_online=True, digitised_in=True, **told),
            dossier("HS-1", 2, "result_ready", received + timedelta(hours=1), digitised_result=True),
            dossier("HS-2", 3, at=received, channel="counter", **told),
            dossier("HS-3", 4, at=received, agency="nobody", procedure="nothing", **told),
        ],
    )
    return Installation(house.url, os.environ | {"NHIP_DATABASE_URL": as_role(house.url, "nhip_writer")})


async def test_the_catalogue_in_force_gives_due_dates_and_knows_agencies(plain_house: House) -> None:
    installed = await in_force(plain_house)
    flags = dict(plain_house.rows("SELECT subject, flags FROM nhip.dossier_state"))
    assert flags["HS-2"] == ["due_self_computed"]
    assert flags["HS-3"] == ["unknown_agency", "unknown_procedure"]
    by_agency = installed.answer("kpi", "dossiers.received", *PERIOD, "--group-by", "agency")
    assert {one["group"]: one["numerator"] for one in by_agency} == {"so-tttt": 2, "unassigned": 1}
    (overdue,) = installed.answer("kpi", "dossiers.overdue", *PERIOD)
    assert overdue["numerator"] == 1
    plain_house.assert_true()


async def test_procedures_are_counted_in_the_catalogue_and_by_their_dossiers(plain_house: House) -> None:
    installed = await in_force(plain_house)
    names = ("services", "procedures_payable_online", "procedures_filed_online", "procedures_paid_online")
    found: dict[str, Any] = {name: installed.answer("kpi", f"dossiers.{name}", *PERIOD)[0] for name in names}
    assert {name: (one["numerator"], one["denominator"], one["shown"]) for name, one in found.items()} == {
        "services": (4, None, "4"),
        "procedures_payable_online": (1, 4, "25,00 %"),
        "procedures_filed_online": (1, 2, "50,00 %"),
        "procedures_paid_online": (1, 1, "100,00 %"),
    }
    assert installed.run("kpi", "dossiers.services", "--group-by", "agency").returncode == 2


async def test_the_index_of_qd_766_says_of_how_many_points_it_is_and_what_is_missing(plain_house: House) -> None:
    installed = await in_force(plain_house)
    whole, *components = installed.answer("kpi", "qd766", *PERIOD)
    assert (whole["name"], whole["maximum"], len(whole["missing"])) == ("qd766", 76, 8)
    points = {one["name"]: one["shown"] for one in components}
    assert (points["qd766.synced"], points["qd766.on_time"], points["qd766.feedback_on_time"]) == (
        "6,00",
        "13,33",
        "6,00",
    )
    assert (points["qd766.offered"], points["qd766.used"], points["qd766.reused"]) == ("1,25", "2,00", "N/A")
    assert abs(whole["value"] - sum(one["value"] or 0 for one in components)) < 1e-6
    printed = {
        language: installed.run("kpi", "qd766", *PERIOD, NHIP_LANGUAGE=language).stdout for language in ("vi", "en")
    }
    assert ("13,33" in printed["vi"], "Quyết định 766" in printed["vi"], "Decision 766" in printed["en"]) == (True,) * 3
    assert installed.run("kpi", "qd766", "--group-by", "agency").returncode == 2


async def test_formulas_of_ones_own_take_the_place_of_those_that_come_with_nhip(
    plain_house: House, tmp_path: Path
) -> None:
    installed = await in_force(plain_house)
    revised = tmp_path / "qd766.toml"
    revised.write_text("[[group]]\nid = 'all'\n", encoding="utf-8")
    done = installed.run("kpi", "qd766", *PERIOD, NHIP_QD766_FORMULAS=str(revised))
    assert (done.returncode, str(revised) in done.stderr) == (2, True)
    named = "id = 'synced'\ntitle_vi = 'Đồng bộ'\ntitle_en = 'Synced'\npoints = 100\n"
    share = "indicator = 'dossiers.synced'\nsource = 'a decision to come'\n"
    revised.write_text(f"[[group]]\n{named}[[group.component]]\n{named}{share}", encoding="utf-8")
    whole, _ = json.loads(installed.run("kpi", "qd766", *PERIOD, "--json", NHIP_QD766_FORMULAS=str(revised)).stdout)
    assert (whole["value"], whole["maximum"]) == (100.0, 100)
