"""What Kafka and TimescaleDB have in common: installed once, started when asked, one state per directory."""

import fcntl
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.parts.machine import PartUnavailable, last_line, progress

_PATIENCE_S = 120.0  # a cold JVM, or PostgreSQL replaying its log after a crash, on a busy machine
_PAUSE_S = 0.05


class Part(ABC):
    """A server that lives in a directory of its own and listens on the loopback interface."""

    name: str
    setting: str
    """The environment variable by which tests and benchmarks are told of such a part."""

    def __init__(self, home: Path) -> None:
        self.home = home.absolute()

    @property
    @abstractmethod
    def address(self) -> str:
        """What a client connects to. Only known once the part has been started."""

    @property
    @abstractmethod
    def log(self) -> Path:
        """The file that the server writes its log to."""

    @abstractmethod
    def is_running(self) -> bool:
        """Whether the server's process is alive."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether the server does what it is there for."""

    @abstractmethod
    def install(self) -> None:
        """Get everything that is needed to start; nothing to do the second time. Raises PartUnavailable."""

    @abstractmethod
    def launch(self) -> None:
        """Start the server's process without waiting for it to answer. Raises PartUnavailable."""

    @abstractmethod
    def stop(self) -> None:
        """Stop the server in an orderly way and return once its process is gone."""

    @abstractmethod
    def kill(self) -> None:
        """End the server at once, as a crash would, and return once its process is gone."""

    def start(self) -> None:
        """Start the server and return once it answers. Raises PartUnavailable."""
        try:
            self.launch()
            self._wait_until_it_answers()
        except BaseException as reason:  # Ctrl-C too: nobody would know of the server, nor stop it
            if self.is_running():
                self.kill()
            if isinstance(reason, PartUnavailable):
                raise PartUnavailable(f"{self.name} did not start: {reason}") from None
            raise

    def restart(self) -> None:
        """Stop in an orderly way, then start with the same port and data."""
        self.stop()
        self.start()

    def crash(self) -> None:
        """Kill, then start with the same port and data; the server recovers from its log."""
        self.kill()
        self.start()

    def up(self) -> bool:
        """Install and start what is not there yet. True when this call started the server.

        Raises:
            PartUnavailable: this machine cannot provide it; the message names the part.
        """
        with self._alone():
            if self.is_running():
                return False
            try:
                self.install()
            except PartUnavailable as reason:
                raise PartUnavailable(f"{self.name} cannot be installed: {reason}") from None
            progress(f"starting {self.name}")
            self.start()
            return True

    def down(self) -> None:
        """Stop the server if it runs."""
        if self.is_running():
            with self._alone():
                self.stop()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not self.answers():
            if not self.is_running() or time.monotonic() > deadline:
                written = self.log.read_text(errors="replace") if self.log.exists() else ""
                raise PartUnavailable(f"its log ends with: {last_line(written)}")
            time.sleep(_PAUSE_S)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two test runs in one directory must not install or start at the same time."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
