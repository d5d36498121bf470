"""A wallboard on a real port with a reader that tests steer, and a real browser to look at it."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dashboards.wallboard import Reading, Snapshot, StreamPulse, make_wallboard
from dashboards.wallboard.answer import Answer
from dashboards.wallboard.server import Server
from tests.parts.machine import install_packages

CHROMIUM = "/usr/bin/chromium"


def require_chromium() -> None:
    """Install Debian's Chromium if it is not there. Raises PartUnavailable."""
    if not os.path.exists(CHROMIUM):
        install_packages("chromium")


@dataclass
class Province:
    """What the reader finds; tests change it while the page is open."""

    reports: int = 1242
    age: float = 0.5
    names: list[str] = field(default_factory=lambda: ["reports.received"])
    online: tuple[int, int, str] = (4810, 27873, "17,25 %")
    away: bool = False
    answers: dict[str, Answer] = field(default_factory=dict)

    async def read(self) -> Snapshot:
        if self.away:
            raise OSError("connection refused")
        now = datetime.now(UTC)
        streams = [StreamPulse(name, 100, 3, 2, now, self.age) for name in ("dossiers", "health", "reports")]
        counts = [Reading(name, self.reports, None, f"{self.reports:,}".replace(",", ".")) for name in self.names]
        ratios = [
            Reading("dossiers.online_eligible", *self.online),
            Reading("reports.processed", 45, 70, "64,28 %"),
            Reading("dossiers.on_time", 237_630, 238_539, "99,61 %"),
            Reading("dossiers.received", 238_539, None, "238.539"),
            Reading("health.uptime", 86_012, 86_400, "99,55 %"),
        ]
        return Snapshot(now, streams, [*counts, *ratios])

    async def ask(self, sql: str) -> Answer:
        """What a statement of a board finds: what a test has put there for some of its words."""
        if self.away:
            raise OSError("connection refused")
        for words, answer in self.answers.items():
            if words in sql:
                return answer
        return Answer([], [])


class Wallboard:
    """The page served by uvicorn in a thread; `stop` and `start` are a server that goes away and comes back."""

    def __init__(self, province: Province) -> None:
        self._province = province
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/"

    def start(self) -> None:
        app = make_wallboard(self._province.read, self._province.ask, "vi", interval=0.2)
        listening = socket.create_server(("127.0.0.1", self._port))
        self._server = Server(app)
        self._thread = threading.Thread(target=self._server.run, args=([listening],), daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()


@contextmanager
def wallboard(province: Province) -> Iterator[Wallboard]:
    served = Wallboard(province)
    served.start()
    try:
        yield served
    finally:
        served.stop()
