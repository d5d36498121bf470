"""The demo as people run it: it accounts for every event, says what is in its way, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import Request, urlopen

import httpx
import psycopg
import pytest

from connectors.catalogue import example, read_directory
from connectors.embedded.ports import free_port
from nhip.simulator.province import province
from tests.stack.test_embedded import running

NHIP = str(Path(sys.executable).with_name("nhip"))
PATIENCE_SECONDS = 120


@contextmanager
def demo(*options: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([NHIP, "demo", *options], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)  # a process that was told its end already does not mind
        with suppress(subprocess.TimeoutExpired):
            print(process.communicate(timeout=30)[1])  # pytest shows it when the test failed
        process.kill()
        process.communicate()


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "demo.env"


def read(settings: Path) -> dict[str, str]:
    """The settings of a demo, once it has written them: then it is ready."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not settings.exists() or not settings.read_text().endswith("\n"):
        assert time.monotonic() < deadline, "the demo did not start"
        time.sleep(0.1)
    return dict(line.split("=", 1) for line in settings.read_text().splitlines())


def directory_of(variables: dict[str, str]) -> str:
    return variables["NHIP_DATABASE_URL"].partition("host=")[2].replace("%2F", "/").removesuffix("/postgres")


def assert_gone(variables: dict[str, str]) -> None:
    directory = directory_of(variables)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and (running(directory) or running(variables["NHIP_KAFKA_BROKERS"])):
        time.sleep(0.2)
    assert running(directory) == []
    assert running(variables["NHIP_KAFKA_BROKERS"]) == []
    while time.monotonic() < deadline and Path(directory).exists():
        time.sleep(0.2)
    assert not Path(directory).exists()


def test_with_trouble_every_record_is_accounted_for_and_nothing_differs() -> None:
    port = str(free_port())
    options = ("--for", "8", "--rate", "750", "--trouble", "--seed", "3", "--port", port, "--json")
    done = subprocess.run([NHIP, "demo", *options], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["produced"] == summary["stored"] + summary["duplicates"] + summary["dead_letters"]
    assert summary["produced"] > 4000
    assert summary["differences"] == 0
    assert summary["conflicts"] > 0
    assert summary["dead_letters"] > summary["conflicts"]
    assert summary["duplicates"] > 0


@pytest.mark.parametrize(("end", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 0), (signal.SIGKILL, -9)])
def test_it_leaves_no_process_and_no_file(settings: Path, end: signal.Signals, code: int) -> None:
    with demo("--env-file", str(settings), "--port", str(free_port())) as process:
        variables = read(settings)
        assert running(directory_of(variables))
        process.send_signal(end)
        assert process.wait(PATIENCE_SECONDS) == code
        assert_gone(variables)


def sign_in(port: int, name: str, password: str) -> str:
    """The page that the demo's own operator is led to."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True, timeout=30) as browser:
        form = browser.get("/sign-in").text.partition('name="form" value="')[2][:64]
        return browser.post("/sign-in", data={"form": form, "name": name, "password": password}).text


def test_others_reach_it_by_the_settings_it_writes(settings: Path) -> None:
    port = free_port()
    with demo("--no-traffic", "--env-file", str(settings), "--port", str(port)) as process:
        variables = read(settings)
        assert settings.stat().st_mode & 0o777 == 0o600
        environment = {**os.environ, **variables}
        sent = subprocess.run(
            [NHIP, "simulate", "--events", "300", "--rate", "400", "--gateway", "--json"],
            env=environment, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert sent.returncode == 0, sent.stderr
        assert stored(port, 300) == 300
        assert watched(variables["NHIP_OWNER_DATABASE_URL"]) == {system.id for system in province().systems}
        systems = decided(environment)
        assert len(systems) == len(read_directory(example()).systems)
        assert None not in systems.values()
        signed = sign_in(port, variables["NHIP_DEMO_OPERATOR"], variables["NHIP_DEMO_PASSWORD"])
        assert "truc-ban · trực ban" in signed
        asked = Request(
            f"{variables['NHIP_GATEWAY_URL']}/v1/kpis/dossiers.received",
            headers={"Authorization": f"Bearer {variables['NHIP_OPERATE_KEY']}"},
        )
        with urlopen(asked, timeout=30) as answer:
            (figure,) = json.load(answer)["items"]
        assert figure["numerator"] > 0
        doctor = subprocess.run([NHIP, "doctor"], env=environment, capture_output=True, text=True, timeout=120)
        assert (doctor.returncode, doctor.stdout.splitlines()[-1]) == (0, "all is well")
        verified = subprocess.run([NHIP, "verify"], env=environment, capture_output=True, text=True, timeout=120)
        assert verified.returncode == 0, verified.stdout
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_SECONDS) == 0
        assert_gone(variables)


def decided(environment: dict[str, str]) -> dict[str, str | None]:
    """What each system is, once the ticker has looked at the pings that are stored: it does so beside."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        listed = subprocess.run(
            [NHIP, "catalogue", "systems", "--json"], env=environment, capture_output=True, text=True, timeout=120
        )
        systems = {system["id"]: system["state"] for system in json.loads(listed.stdout)}
        if "up" in systems.values():
            return systems
        assert time.monotonic() < deadline, f"nothing is up: {systems}"


def watched(url: str) -> set[str]:
    """The systems of which something is known."""
    with psycopg.connect(url) as connection:
        return {str(system) for (system,) in connection.execute("SELECT subject FROM nhip.system_state")}


def stored(port: int, wanted: int) -> int:
    """What the wallboard's feed counts, when it has reached what is wanted or after a while."""
    count, deadline = 0, time.monotonic() + PATIENCE_SECONDS
    with urlopen(f"http://127.0.0.1:{port}/feed", timeout=30) as feed:
        while count < wanted and time.monotonic() < deadline:
            line = feed.readline()
            assert line, "the demo ended"
            if line.startswith(b"data: "):
                count = sum(pulse["stream"]["stored"] for pulse in json.loads(line[6:])["streams"])
    return count


def test_a_taken_port_is_named_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run([NHIP, "demo", "--port", str(port)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert str(port) in done.stderr
    assert "--port" in done.stderr


def test_it_ends_with_the_last_words_of_a_process_that_ended(settings: Path) -> None:
    with demo("--env-file", str(settings), "--port", str(free_port())) as process:
        variables = read(settings)
        os.kill(child(process.pid, "worker"), signal.SIGKILL)
        _, errors = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == 3
        assert "nhip worker ended" in errors
        assert_gone(variables)


def child(parent: int, name: str) -> int:
    """The process of one of the demo's commands."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, ppid = int(status.parent.name), int(status.read_text().rpartition(")")[2].split()[1])
            command = (status.parent / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if ppid == parent and name.encode() in command:
            return number
    raise AssertionError(f"no {name} below {parent}")
