"""The demo's own PostgreSQL and broker: reachable while we live, gone when we are, however we end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from connectors.embedded import broker, postgres, scratch
from connectors.embedded.errors import PartFailed
from connectors.embedded.ports import answers

HOLD = """
import time
from connectors.embedded import broker, postgres, scratch
with scratch() as directory, postgres(directory) as url, broker(directory) as address:
    print(directory, flush=True)
    time.sleep(60)
"""


def running(directory: str) -> list[str]:
    """The command lines of processes that mention a directory."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = process.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if directory in line:
            found.append(line)
    return found


def test_both_parts_answer_and_leave_nothing_behind() -> None:
    with scratch() as directory, postgres(directory) as url, broker(directory) as address:
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT lower('ĐỨC'), current_database()").fetchone() == ("đức", "nhip")
        port = int(address.rpartition(":")[2])
        assert answers(port)
    assert not directory.exists()
    assert not answers(port)
    assert running(str(directory)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_the_parent_is_killed(end: signal.Signals) -> None:
    parent = subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    directory = parent.stdout.readline().strip()
    assert running(directory)
    os.kill(parent.pid, end)
    parent.wait(60)
    deadline = time.monotonic() + 60
    while (running(directory) or Path(directory).exists()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running(directory) == []
    assert not Path(directory).exists()


def test_a_broker_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CALF_TANSU_BIN", "/bin/false")
    with pytest.raises(PartFailed, match="did not start on port"), broker(tmp_path):
        pass
