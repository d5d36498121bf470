"""The commands as people run them, on a real Kafka and a real TimescaleDB."""

import asyncio
import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cloudevents.core.bindings.http import to_binary, to_structured
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from streams.contracts import DOSSIERS, HEALTH, REPORTS
from streams.days import civil_day
from streams.indicators.registry import HEADLINES
from tests.parts.kafka import Kafka
from tests.stack.gateway_tools import KEY, answering, free_port, running
from tests.stack.kafka_tools import produce
from tests.stack.nhip_tools import Installation, installation, start_worker, until, working
from tests.stack.store_tools import dossier, encoded, ping, report

NOW = datetime.now(UTC) - timedelta(minutes=1)
DAY = civil_day(NOW)
PERIOD = ("--from", str(DAY - timedelta(days=1)), "--to", str(DAY + timedelta(days=1)))
AT_THE_LAST_PING = ("--as-of", NOW.isoformat())
"""Uptime as it stood then: later, the silence that follows counts too, and how much later depends on the machine."""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


@pytest.fixture
def bare(kafka: Kafka, database: str, topic_prefix: str) -> Installation:
    """Settings, and nothing made yet."""
    return installation(kafka.bootstrap, database, topic_prefix)


@pytest.fixture
def installed(bare: Installation) -> Installation:
    done = bare.run("setup", NHIP_KAFKA_PARTITIONS="3")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "ready"), done.stderr
    return bare


def test_an_event_of_each_stream_from_a_publisher_to_nhip_kpi(
    installed: Installation, kafka: Kafka, topic_prefix: str, log: Path
) -> None:
    received = (NOW - timedelta(hours=1)).isoformat()
    sent = {
        REPORTS: [report("PA-1", 1, at=NOW), report("PA-1", 2, "resolved", NOW)],
        DOSSIERS: [dossier("HS-1", 1, at=NOW, received_at=received, online_level=4, channel="online")],
        HEALTH: [ping("lgsp", n, NOW - timedelta(minutes=n)) for n in range(10)],
    }
    for stream, events in sent.items():
        asyncio.run(produce(kafka.bootstrap, topic_prefix + stream.topic, [encoded(event) for event in events]))
    with working(installed, log):
        installed.await_records(13)
        figures = {name: installed.answer("kpi", name, *PERIOD)[0] for name in HEADLINES}
        (figures["health.uptime"],) = installed.answer("kpi", "health.uptime", *PERIOD, *AT_THE_LAST_PING)
        assert {name: (one["numerator"], one["denominator"], one["shown"]) for name, one in figures.items()} == {
            "reports.received": (1, None, "1"),
            "reports.processed": (1, 1, "100,00 %"),
            "dossiers.received": (1, None, "1"),
            "dossiers.on_time": (1, 1, "100,00 %"),
            "dossiers.online_eligible": (1, 1, "100,00 %"),
            "health.uptime": (540, 540, "100,00 %"),
        }
        (by_system,) = installed.answer("kpi", "health.uptime", *PERIOD, *AT_THE_LAST_PING, "--group-by", "system")
        assert (by_system["group"], by_system["coverage"]) == ("lgsp", 100.0)
        earlier = installed.answer("kpi", "reports.received", *PERIOD, "--as-of", received)
        assert [one["numerator"] for one in earlier] == [0]
        assert installed.answer("verify")["differences"] == 0
    in_words = installed.run("kpi", "dossiers.on_time", *PERIOD)
    assert (in_words.returncode, "100,00 %" in in_words.stdout) == (0, True)


def test_verify_answers_no_when_something_differs(installed: Installation) -> None:
    with_nothing = installed.run("verify")
    assert (with_nothing.returncode, with_nothing.stdout.splitlines()[-1]) == (0, "0 differences")
    installed.rows("INSERT INTO nhip.cell VALUES (0, 0, %s, %s, 0, '{1}') RETURNING n", DAY, DAY)
    assert installed.answer("verify", code=1)["differences"] > 0


def test_setup_may_be_repeated(installed: Installation) -> None:
    again = installed.run("setup", NHIP_KAFKA_PARTITIONS="3")
    assert (again.returncode, "made" in again.stdout) == (0, False), again.stderr


def test_probes_of_a_worker(installed: Installation, log: Path) -> None:
    with working(installed, log) as worker:
        assert worker.get("/healthz") == (200, "ok\n")
        until(lambda: worker.get("/readyz") == (200, "ok\n"), worker.process)
        assert worker.get("/elsewhere")[0] == 404
        until(lambda: len(worker.assigned()) == 9, worker.process)
        metrics = worker.get("/metrics")[1]
        assert "process_resident_memory_bytes" in metrics


def test_a_paused_partition_is_told_by_readyz_and_the_others_go_on(
    installed: Installation, kafka: Kafka, topic_prefix: str, log: Path
) -> None:
    topic = topic_prefix + REPORTS.topic
    asyncio.run(produce(kafka.bootstrap, topic, [b"not an event"] * 1500, partitions=1))
    asyncio.run(produce(kafka.bootstrap, topic_prefix + HEALTH.topic, [encoded(ping("lgsp", 1, NOW))]))
    worker = start_worker(installed, log)
    try:
        until(
            lambda: worker.get("/readyz") == (503, f"paused or refused, see nhip doctor: {topic}:0\n"), worker.process
        )
        installed.await_records(1)
        assert installed.records() == 1
        adopted = installed.run("adopt", topic, "0")
        assert adopted.returncode == 0, adopted.stderr
        installed.await_records(1501)
        until(lambda: worker.get("/readyz")[0] == 200, worker.process)
    finally:
        assert worker.end() == 0


def test_setup_loads_the_catalogue_it_is_told_of_and_doctor_sees_when_another_is_in_force(
    installed: Installation, tmp_path: Path
) -> None:
    (tmp_path / "province.toml").write_text('name = "một"\n')
    told = {"NHIP_CATALOGUE": str(tmp_path)}
    assert "is not the one in force: nhip catalogue load" in installed.run("doctor", **told).stdout
    assert "catalogue: một" in installed.run("setup", **told).stdout
    assert installed.run("doctor", **told).stdout.splitlines()[-1] == "all is well"


def assert_explained(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """One line, or one with a line for each setting; never a traceback."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize("command", ["worker", "setup", "verify", "gateway"])
def test_wrong_settings_are_named(bare: Installation, command: str) -> None:
    done = bare.run(command, NHIP_METRICS_PORT="many", NHIP_DATABASE_URL="mysql://localhost")
    assert_explained(done, 2, "NHIP_METRICS_PORT", "NHIP_DATABASE_URL", "must begin with postgresql://")


def test_a_worker_needs_the_pseudonym_key(bare: Installation) -> None:
    del bare.environment["NHIP_PSEUDONYM_KEY"]
    assert_explained(bare.run("worker"), 2, "NHIP_PSEUDONYM_KEY", "openssl rand -hex 32")


def test_a_file_that_a_setting_names_and_that_is_not_there(bare: Installation) -> None:
    assert_explained(bare.run("worker", NHIP_API_KEY_FILE="/nowhere/key"), 2, "NHIP_API_KEY_FILE", "/nowhere/key")


def test_a_taken_port_is_named(installed: Installation, log: Path) -> None:
    with working(installed, log) as worker:
        done = installed.run("worker", NHIP_METRICS_PORT=str(worker.port))
        assert_explained(done, 2, "NHIP_METRICS_PORT", str(worker.port))


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("kpi", "dossiers.on_tme"), "dossiers.on_time"),
        (("kpi", "dossiers.on_time", "--from", "31/12/2026"), "--from"),
        (("kpi", "dossiers.on_time", "--from", "2026-02-01", "--to", "2026-01-01"), "--to"),
        (("kpi", "dossiers.on_time", "--group-by", "mood"), "agency"),
        (("kpi", "dossiers.on_time", "--as-of", "noon"), "--as-of"),
        (("kip",), "kip"),
    ],
)
def test_wrong_use_says_what_is_right(bare: Installation, words: tuple[str, ...], fault: str) -> None:
    assert_explained(bare.run(*words), 2, fault)


@pytest.mark.parametrize("words", [("worker",), ("setup",), ("verify",), ("kpi", "dossiers.on_time"), ("adopt",)])
def test_without_a_database(bare: Installation, words: tuple[str, ...]) -> None:
    away = f"postgresql://nhip:secret-word@127.0.0.1:{free_port()}/nhip"
    urls = dict.fromkeys(["NHIP_DATABASE_URL", "NHIP_OWNER_DATABASE_URL", "NHIP_READER_DATABASE_URL"], away)
    done = bare.run(*words, **urls)
    assert_explained(done, 3, "cannot be reached", "127.0.0.1")
    assert "secret-word" not in done.stderr


@pytest.mark.parametrize("command", ["setup", "worker"])
def test_without_kafka(installed: Installation, command: str) -> None:
    done = installed.run(command, NHIP_KAFKA_BROKERS=f"127.0.0.1:{free_port()}")
    assert_explained(done, 3, "Kafka")


@pytest.mark.parametrize("words", [("worker",), ("verify",), ("kpi", "dossiers.on_time"), ("adopt",)])
def test_before_setup(bare: Installation, words: tuple[str, ...]) -> None:
    for role in ("OWNER_", "READER_", ""):
        bare.environment[f"NHIP_{role}DATABASE_URL"] = bare.url
    assert_explained(bare.run(*words), 3, "nhip setup")


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
async def test_an_event_of_plain_curl_and_of_the_cloudevents_sdk_are_stored(
    installed: Installation, kafka: Kafka, topic_prefix: str, log: Path
) -> None:
    async with running(kafka.bootstrap, topic_prefix) as gateway:
        await answering(gateway, "/readyz")
        curl = ["curl", "-sS", "--retry", "5", "-w", "%{http_code}", f"{gateway.url}/v1/events"]  # again after a 503
        curl += ["-d", json.dumps(report("PA-1", "curl"))]
        curl += ["-H", f"Authorization: Bearer {KEY}", "-H", "Content-Type: application/cloudevents+json"]
        answer = await asyncio.to_thread(subprocess.run, curl, capture_output=True, text=True, check=True)
        assert answer.stdout.endswith("202")
        for number, to_message in enumerate((to_structured, to_binary)):
            message = to_message(of_the_sdk(number), JSONFormat())
            async with gateway.client() as http:
                posted: httpx.Response = await http.post("/v1/events", content=message.body, headers=message.headers)
            assert posted.status_code == 202
        with working(installed, log):
            await asyncio.to_thread(installed.await_records, 3)
    stored = installed.rows(
        "SELECT subject, event_id, data ->> 'category' FROM nhip.report_event UNION ALL"
        " SELECT subject, event_id, data ->> 'procedure' FROM nhip.dossier_event ORDER BY 2"
    )
    assert stored == [
        ("PA-1", "curl", "rac-thai"),
        ("HS-0", "sdk-0", "1.001193"),
        ("HS-1", "sdk-1", "1.001193"),
    ]


def of_the_sdk(number: int) -> CloudEvent:
    attributes = {
        "id": f"sdk-{number}",
        "source": "một cửa",
        "type": "vn.nhip.dossier.upserted",
        "subject": f"HS-{number}",
        "time": datetime.now(UTC),
        "datacontenttype": "application/json",
    }
    return CloudEvent(attributes, {"procedure": "1.001193", "agency": "so-tttt", "status": 2})
