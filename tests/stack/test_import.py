"""`nhip import` on a real Kafka and a real TimescaleDB: to the end, again, and through an interruption."""

import json
import signal
from pathlib import Path

import pytest

from tests.parts.kafka import Kafka
from tests.stack.nhip_tools import Installation, installation, until, working

ROWS = 15_000


@pytest.fixture
def installed(kafka: Kafka, database: str, topic_prefix: str) -> Installation:
    bare = installation(kafka.bootstrap, database, topic_prefix)
    done = bare.run("setup", NHIP_KAFKA_PARTITIONS="3")
    assert done.returncode == 0, done.stderr
    return bare


def dossiers(path: Path, number: int) -> Path:
    """Rows of the national exchange, three events each; the last row is broken."""
    row = {
        "MaTTHC": "1.001193", "MaLinhVuc": "ho-tich", "DonViXuLy": "so-tp", "NgayTiepNhan": "20250303080000",
        "NgayHenTra": "20250306170000", "TrangThaiHoSo": "10", "NgayKetThucXuLy": "20250305090000",
        "NgayTra": "20250305150000",
    }  # fmt: skip
    lines = [json.dumps({"MaHoSo": f"HS-{n}", **row}) for n in range(number)]
    path.write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    return path


def test_history_is_stored_once_through_an_interruption_and_a_repetition(
    installed: Installation, tmp_path: Path
) -> None:
    file, log = dossiers(tmp_path / "history.jsonl", ROWS), tmp_path / "import.log"
    with working(installed, tmp_path / "worker.log"):
        first = installed.start(log, "import", str(file), "--json")
        until(lambda: installed.records() > 0, first)
        first.send_signal(signal.SIGINT)
        assert first.wait() == 1, log.read_text()
        stopped = json.loads(log.read_text().splitlines()[-1])
        assert 0 < stopped["stopped_at"] < ROWS
        installed.await_records(stopped["events"])
        rest = installed.answer("import", str(file), "--wait", code=1)
        assert (rest["rows"], rest["events"], rest["refused"]) == (ROWS + 1, 3 * ROWS, 1)
        assert rest["reasons"][0]["first_line"] == ROWS + 1
        known = stopped["events"]
        assert rest["stored"] == {"stored": 3 * ROWS - known, "duplicates": known, "dead_letters": 0}
        again = installed.answer("import", str(file), "--wait", code=1)
        assert again["stored"] == {"stored": 0, "duplicates": 3 * ROWS, "dead_letters": 0}
        (received,) = installed.answer("kpi", "dossiers.received", "--from", "2025-03-03", "--to", "2025-03-04")
        assert received["numerator"] == ROWS


def test_what_stands_in_the_way_is_told(installed: Installation, tmp_path: Path) -> None:
    file = dossiers(tmp_path / "history.jsonl", 1)
    away = installed.run("import", str(file), NHIP_KAFKA_BROKERS="127.0.0.1:1")
    assert (away.returncode, "Kafka" in away.stderr) == (3, True), away.stderr
    (tmp_path / "unknown.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    unknown = installed.run("import", str(tmp_path / "unknown.csv"))
    assert (unknown.returncode, "write a mapping" in unknown.stderr) == (2, True), unknown.stderr
