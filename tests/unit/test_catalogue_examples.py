"""The two example catalogues: complete, as published, and one the successor of the other."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from connectors.catalogue import read_directory
from nhip.simulator.applications import DEPARTMENTS, OFTEN
from nhip.simulator.complaints import KNOWN
from nhip.simulator.places import PEOPLE
from streams.catalogue import Catalogue
from streams.catalogue.warnings import warnings
from tests.unit.event_tools import at

ROOM = Path(__file__).parents[2] / "catalogue"
HAU_GIANG = read_directory(ROOM / "hau-giang")
CAN_THO = read_directory(ROOM / "can-tho-2025")
BEFORE, BETWEEN, AFTER = at("2025-01-01 09:00"), at("2025-05-01 09:00"), at("2025-07-01 00:00")


class Row(NamedTuple):
    """One row of DOMAIN §4: the account, the system as it calls it, our ids for it, what to watch, what is printed."""

    account: str
    name: str
    ids: str
    watch: str
    printed: str = ""


TABLE = [
    Row("000", "LAN and Internet of agencies", "lan", "reachability", "100 %"),
    Row("000", "Data network TSLCD", "tslcd", "reachability", "63; 33"),
    Row("000", "Data integration centre", "data-centre", "reachability capacity", "13"),
    Row("000", "e-office", "e-office", "reachability queue", "100 %; 80 %"),
    Row("000", "Exchange of electronic documents", "edoc", "share", "95 %; 90 %; 30 %"),
    Row("000", "Digital signature", "signature", "certificate errors", "100"),
    Row("000", "Portal and sites", "web-portal", "reachability", "80"),
    Row("000", "HR records", "hr", "reachability"),
    Row("000", "Citizen reception and complaints", "citizen-reception", "deadlines"),
    Row("000", "Construction certificates, estimates, real estate", "construction", "reachability"),
    Row("000", "Civil status", "civil-status", "reachability errors"),
    Row("000", "One-stop and public administration centre", "one-stop", "deadlines", "100"),
    Row("000", "Public service portal", "dvc-portal", "reachability volume", "2 020; 317; 4"),
    Row("001", "Document management", "edoc", "queue volume", "50; 8 098; 1 366 349"),
    Row("001", "National document axis", "doc-axis", "queue errors"),
    Row("001", "Official mail", "mail", "reachability queue", "4 000"),
    Row("001", "Signatures, SIM signing", "signature", "certificate", "1 753; 1 265; 488"),
    Row("001", "Portal + one-stop", "dvc-portal one-stop", "deadlines volume reachability",
        "2 081; 1 950/59/72; 195 948; 21 140; 95 %"),
    Row("001", "Treasury and social-insurance payment", "insurance-payment", "errors"),
    Row("001", "Web portal", "web-portal", "reachability volume", "54 508 655; 6 394"),
    Row("001", "Internet coverage", "internet", "reachability", "8/8; 08/108; 29 534"),
    Row("001", "Queue tickets, kiosks, cameras, counters", "queue-kiosks cameras", "heartbeat"),
    Row("002", "Web portal", "web-portal", "reachability", "9"),
    Row("002", "e-office", "e-office", "reachability queue", "100 %; 60 %"),
    Row("002", "Mail", "mail", "queue", "60"),
    Row("002", "Executive site", "executive-site", "reachability", "60"),
    Row("002", "One-stop", "one-stop", "deadlines", "6"),
    Row("002", "Tax–Treasury–Customs–Finance link", "tax-link", "errors certificate", "40"),
    Row("002", "Video conferencing", "meetings", "reachability"),
    Row("002", "Data centre and backup", "data-centre backup", "heartbeat"),
    Row("003", "Document management + axis, SDK 2.0", "edoc doc-axis", "queue", "4; 2.0"),
    Row("003", "Signing tool of the Government Cipher Committee", "signing-tool", "certificate"),
    Row("003", "One-stop", "one-stop", "deadlines", "100"),
    Row("003", "Portal", "dvc-portal", "deadlines volume", "551; 193; 237 630/238 539; 4 810/27 873"),
    Row("003", "National payment", "payment", "errors volume", "1 344/1 722"),
    Row("003", "Zalo look-up and notices", "zalo", "errors"),
    Row("004", "Operations centre (IOC)", "ioc", "data_age"),
    Row("004", "Data integration centre", "data-centre", "reachability capacity", "24/24"),
    Row("004", "LGSP ↔ NGSP", "lgsp", "reachability errors queue", "10"),
    Row("004", "Single sign-on", "identity sso", "reachability errors", "5"),
    Row("004", "Mail", "mail", "reachability queue", "9 800; 80 %"),
    Row("004", "Document management + axis", "edoc doc-axis", "queue", "372; 4 000"),
    Row("004", "HauGiang App", "app", "volume deadlines"),
    Row("004", "Smart health, smart education", "smart-health smart-education", "reachability"),
    Row("004", "Socio-economic reporting and forecasts", "reporting", "completeness"),
    Row("004", "Digital signature", "signature", "certificate"),
    Row("004", "HR records", "hr", "completeness", "707; 15 946; 7 000"),
    Row("004", "Online meetings and video conferencing", "meetings", "reachability"),
    Row("004", "Web portals, the Party committee's too", "web-portal party-portal component-portals",
        "reachability certificate", "31; 5"),
    Row("004", "Public service portal + one-stop", "dvc-portal one-stop", "deadlines volume", "18/8/75; 1 933; 14"),
    Row("004", "Data network TSLCD", "tslcd", "reachability"),
    Row("002", "National public service portal", "national-portal", "sync_gap"),
    Row("003", "National public service portal", "national-portal", "sync_gap"),
    Row("004", "National public service portal", "national-portal", "sync_gap"),
]  # fmt: skip

BASELINES = {
    "reachability": "latency_ms", "queue": "queue_length", "certificate": "cert_days", "errors": "error_percent",
    "capacity": "disk_percent", "data_age": "data_age_s", "sync_gap": "sync_gap_s",
}  # fmt: skip
"""What a system must have a baseline for, by what is watched."""


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.account} {row.name}")
def test_every_row_of_the_table_is_a_watched_system(row: Row) -> None:
    systems = [HAU_GIANG.system(id) for id in row.ids.split()]
    found = [system for system in systems if system is not None and row.account in system.accounts]
    assert [system.id for system in found] == row.ids.split()
    assert set(row.watch.split()) <= {watch for system in found for watch in system.watch}
    scales = " ".join(system.accounts[row.account] for system in found)
    assert [figure for figure in row.printed.split("; ") if figure not in scales] == []


@pytest.mark.parametrize("catalogue", [HAU_GIANG, CAN_THO], ids=lambda catalogue: catalogue.name)
def test_every_system_has_checks_metrics_and_a_baseline_for_what_is_watched(catalogue: Catalogue) -> None:
    for system in catalogue.systems:
        baselines = {metric.name for metric in system.metrics}
        assert system.checks
        assert "latency_ms" in baselines, system.id
        assert {BASELINES[watch] for watch in system.watch if watch in BASELINES} <= baselines, system.id


def test_a_row_that_is_not_watched_would_be_missed() -> None:
    with pytest.raises(AssertionError):
        test_every_row_of_the_table_is_a_watched_system(Row("004", "Smart traffic", "smart-traffic", "reachability"))
    with pytest.raises(AssertionError):
        test_every_row_of_the_table_is_a_watched_system(Row("003", "IOC", "ioc", "data_age"))


def test_lgsp_checks_each_of_its_ten_services_and_the_app_each_of_its_six() -> None:
    lgsp, app = HAU_GIANG.system("lgsp"), HAU_GIANG.system("app")
    assert lgsp is not None
    assert app is not None
    assert (len(lgsp.checks), len(app.checks)) == (10, 6)


def test_identity_stands_above_single_sign_on_and_mail() -> None:
    for id in ("sso", "mail"):
        system = HAU_GIANG.system(id)
        assert system is not None
        assert system.parent == "identity"


def test_hau_giang_has_the_published_units() -> None:
    levels = Counter(area.level for area in HAU_GIANG.areas)
    assert levels == {"province": 1, "district": 8, "commune": 75}
    departments = [agency for agency in HAU_GIANG.agencies if agency.level == "province"]
    assert len(departments) - len({"ca-tinh", "dien-luc", "cap-nuoc"}) == 18
    assert all(agency.duty_phone for agency in departments)


def test_can_tho_has_two_levels() -> None:
    levels = Counter(area.level for area in CAN_THO.areas if area.holds_on(AFTER.date()))
    assert levels == {"province": 1, "commune": 103}


@pytest.mark.parametrize("catalogue", [HAU_GIANG, CAN_THO], ids=lambda catalogue: catalogue.name)
def test_the_simulator_knows_its_ways_in_both(catalogue: Catalogue) -> None:
    departments = {*DEPARTMENTS.values(), *(one.agency for one in KNOWN.values() if one.agency)}
    assert [code for code in departments if catalogue.agency(code, BEFORE) is None] == []
    assert [code for code in DEPARTMENTS if catalogue.field(code, BEFORE) is None] == []
    assert [code for code in PEOPLE if catalogue.area(code, BEFORE) is None] == []
    assert [code for code in KNOWN if catalogue.category(code, BEFORE) is None] == []
    assert [code for code in OFTEN if catalogue.procedure(code, BEFORE) is None] == []


@pytest.mark.parametrize(
    ("code", "moment", "successor"),
    [
        ("so-tnmt", BEFORE, "so-tnmt"),
        ("so-tnmt", BETWEEN, "so-nnmt"),  # merged inside the province
        ("so-tnmt", AFTER, "ct-so-nnmt"),  # and then with the city's
        ("so-gtvt", AFTER, "ct-so-xd"),
        ("ubnd-h-chau-thanh", AFTER, "ubnd-ct-x-chau-thanh"),
        ("ubnd-x-phu-tan", AFTER, "ubnd-ct-x-phu-huu"),
        ("cap-nuoc", AFTER, "cap-nuoc"),
        ("nobody-knows", AFTER, "nobody-knows"),
    ],
)
def test_what_an_agency_did_its_successor_does(code: str, moment: datetime, successor: str) -> None:
    assert CAN_THO.successor(code, moment) == successor


def test_every_agency_and_area_of_hau_giang_has_somebody_after_it() -> None:
    for agency in HAU_GIANG.agencies:
        assert CAN_THO.agency(agency.code, BEFORE) is not None, agency.code
        assert CAN_THO.agency(CAN_THO.successor(agency.code, AFTER), AFTER) is not None, agency.code
    for area in HAU_GIANG.areas:
        assert CAN_THO.area(CAN_THO.area_successor(area.code, AFTER), AFTER) is not None, area.code


def test_a_procedure_changes_on_its_day() -> None:
    before = CAN_THO.procedure("1.002809", at("2025-02-28 23:59"))
    after = CAN_THO.procedure("1.002809", at("2025-03-01 00:00"))
    assert before is not None
    assert after is not None
    assert before.title != after.title


@pytest.mark.parametrize("catalogue", [HAU_GIANG, CAN_THO], ids=lambda catalogue: catalogue.name)
def test_nothing_about_their_alerts_is_odd(catalogue: Catalogue) -> None:
    assert [str(warning) for warning in warnings(catalogue)] == []
