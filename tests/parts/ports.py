"""Ports on the loopback interface, chosen so that several directories of parts can run side by side."""

import socket
from pathlib import Path

from tests.parts.machine import PartUnavailable

HOST = "127.0.0.1"
_STEP = 10
_EPHEMERAL = 32768  # from here on the kernel lends ports to outgoing connections, while a part is down even this part's


def choose(record: Path, default: int, demanded: str | None = None) -> int:
    """The port to listen on: the one demanded, else the recorded one, else the first free from the default on.

    The choice is written to ``record``, so that a part keeps its port when it is stopped or killed and started again.

    Raises:
        PartUnavailable: the demanded port is taken.
    """
    if demanded and not is_free(int(demanded)):
        raise PartUnavailable(f"port {demanded} is taken by another process")
    recorded = [recall(record)] if record.exists() else []
    candidates = [int(demanded)] if demanded else [*recorded, *range(default, _EPHEMERAL, _STEP)]
    port = next(port for port in candidates if is_free(port))
    record.write_text(str(port))
    return port


def recall(record: Path) -> int:
    """The port chosen last."""
    return int(record.read_text())


def is_free(port: int) -> bool:
    """Whether a server could listen on this port now; connections of a server that just ended do not count."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
