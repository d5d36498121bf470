"""What a contender is: a process that stores the events of a load, pings but where it says otherwise."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.stack.gateway_tools import free_port

REPOSITORY = Path(__file__).parent.parent


@dataclass(frozen=True)
class Task:
    """Where the pings are and where they go. Every contender gets a database of its own, set up the same way."""

    bootstrap: str
    prefix: str
    database_url: str

    @property
    def topic(self) -> str:
        return f"{self.prefix}health-pings"

    def environment(self) -> dict[str, str]:
        return os.environ | {
            "NHIP_KAFKA_BROKERS": self.bootstrap,
            "NHIP_TOPIC_PREFIX": self.prefix,
            "NHIP_CONSUMER_GROUP": f"bench-{os.path.basename(self.database_url)}",
            "NHIP_DATABASE_URL": self.database_url,
            "NHIP_PSEUDONYM_KEY": "0123456789abcdef0123456789abcdef",
            "NHIP_METRICS_PORT": str(free_port()),
        }


@dataclass(frozen=True)
class Contender:
    """A command that stores until it is told to stop, and the query that tells how many pings it has stored."""

    name: str
    command: tuple[str, ...]
    stored: str
    poll_seconds: float
    load: str = "pings"

    def start(self, task: Task, log: Path) -> subprocess.Popen[bytes]:
        """Start the process, in a group of its own."""
        return subprocess.Popen(
            self.command, cwd=REPOSITORY, env=task.environment(), stdout=subprocess.DEVNULL, stderr=log.open("ab"),
            start_new_session=True,
        )  # fmt: skip


_WORKER = (sys.executable, "-m", "nhip", "worker")
_STORED = "SELECT coalesce(sum(stored), 0) FROM nhip.partition"
NHIP = Contender("nhip worker", _WORKER, _STORED, 0.05)
LIVES = Contender("nhip worker, dossiers and reports", _WORKER, _STORED, 0.05, "lives")
HANDWRITTEN = Contender(
    "hand-written getmany + COPY",
    (sys.executable, "-m", "benchmarks.handwritten"),
    "SELECT coalesce(sum(stored), 0) FROM handwritten_position",
    0.05,
)
STOCK_FAUST = Contender(
    "stock Faust, take + executemany",
    (sys.executable, "-m", "benchmarks.stock_faust", "--loop", "uvloop", "worker", "--without-web", "-l", "warn"),
    "SELECT count(*) FROM nhip.health_event",
    1.0,
)
CONTENDERS = (NHIP, LIVES, HANDWRITTEN, STOCK_FAUST)
