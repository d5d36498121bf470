"""The demo's own processes: set-up, worker, gateway, notifier, wallboard, each a command of Nhịp."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from connectors.embedded import Child
from connectors.embedded.errors import PartFailed
from connectors.embedded.ports import LOOPBACK
from nhip.settings import Settings

_READY_SECONDS = 60.0
_STOP_SECONDS = 15.0


@contextmanager
def processes(settings: Settings, directory: Path) -> Iterator[list[Child]]:
    """Set everything up, start the processes, and yield them when each says it is ready. Raises PartFailed."""
    ports = {
        "gateway": settings.gateway_port,
        "worker": settings.metrics_port,
        "notifier": settings.notifier_port,
        "wallboard": settings.wallboard_port,
    }
    with ExitStack() as stack:
        gateway = _started(stack, "gateway", directory)  # loads while the database is set up; it needs the topics only
        run("setup", directory)
        children = [gateway, *(_started(stack, name, directory) for name in ("worker", "notifier", "wallboard"))]
        for child in children:
            _wait_until_ready(child, ports[child.name])
        yield children


def run(name: str, directory: Path, *options: str) -> str:
    """Run one command to its end: what it wrote. Raises PartFailed if it did not end with 0, or 1: the answer is no."""
    child = _start(name, directory, *options)
    try:
        code = child.process.wait()
    finally:
        child.stop(patience=1.0)
    output = child.log.read_text(encoding="utf-8")
    if code not in (0, 1) or (name == "setup" and code):
        raise PartFailed(f"nhip {name} ended with exit code {code}\n{child.last_lines()}")
    return output


def fail_if_ended(children: Sequence[Child]) -> None:
    """Raise PartFailed with the last words of a process that is no longer there."""
    for child in children:
        if child.exit_code is not None:
            raise PartFailed(f"nhip {child.name} ended with exit code {child.exit_code}\n{child.last_lines()}")


def _started(stack: ExitStack, name: str, directory: Path) -> Child:
    child = _start(name, directory)
    stack.callback(child.stop, patience=_STOP_SECONDS)
    return child


def _start(name: str, directory: Path, *options: str) -> Child:
    program = Path(sys.executable).with_name("nhip")
    log = directory / f"{name}.log"
    return Child.start(name, [str(program), name, *options], log)


def _wait_until_ready(child: Child, port: int) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not _is_ready(port):
        fail_if_ended([child])
        if time.monotonic() > deadline:
            raise PartFailed(f"nhip {child.name} was not ready after {_READY_SECONDS:.0f} s\n{child.last_lines()}")
        time.sleep(0.05)


def _is_ready(port: int) -> bool:
    connection = HTTPConnection(LOOPBACK, port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
